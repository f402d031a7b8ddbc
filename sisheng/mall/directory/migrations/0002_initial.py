from django.db import migrations


class Migration(migrations.Migration):
    """Nothing: a name on which migrations of other apps still lean."""

    dependencies = [("directory", "0001_initial")]
    operations = []
