from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_comment_book_and_box")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["mall", "turn", "next_due_at"],
                name="cases_open_by_turn",
                condition=models.Q(closed_at=None),
            ),
        )
    ]
