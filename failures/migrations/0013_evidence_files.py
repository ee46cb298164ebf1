"""A coding may name a file beside its record as evidence."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("failures", "0012_cause_sets"),
    ]

    operations = [
        migrations.AddField(
            model_name="causecoding",
            name="evidence_file",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="file of evidence"
            ),
        ),
    ]
