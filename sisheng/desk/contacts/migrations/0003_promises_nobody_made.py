from django.db import migrations


def say_what_became_of_them(apps, schema_editor):
    """“Call back promised” was logged before the promise was: where none followed, the question was not answered."""
    contacts = apps.get_model("contacts", "Contact").objects.using(schema_editor.connection.alias)
    contacts.filter(outcome="inquiry", case=None).update(outcome="unanswered")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_comment_book_and_box")]

    operations = [migrations.RunPython(say_what_became_of_them, migrations.RunPython.noop)]
