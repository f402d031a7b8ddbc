import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('knowledge', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact', models.CharField(max_length=20)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('gap', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='askings', to='knowledge.gap')),
                ('mall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.mall')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mall', 'contact'), name='knowledge_asking_once'), models.CheckConstraint(condition=models.Q(('gap__isnull', False), ('taken_back_at__isnull', False), _connector='OR'), name='knowledge_asking_counts_somewhere')],
            },
        ),
    ]
