from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_promises_nobody_made"), ("cases", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=~Q(outcome="inquiry") | Q(case__isnull=False), name="contacts_contact_promise_is_a_case"
            ),
        ),
    ]
