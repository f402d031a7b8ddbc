from django.db import migrations

from sisheng.ground.events.triggers import put_up


def refuse_changes(apps, schema_editor):
    put_up(schema_editor.connection)


class Migration(migrations.Migration):
    """What happened stays as it is. There is no way back: the triggers go when the tables go."""

    dependencies = [("events", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes)]
