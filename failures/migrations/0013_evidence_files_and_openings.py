"""Evidence may be a file; when a blind coding came to be readable; bounds of dates."""

import datetime
import django.core.validators
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
        migrations.AddField(
            model_name="secondcoding",
            name="opened_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="actionitem",
            name="due_on",
            field=models.DateField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(datetime.date(1950, 1, 1)),
                    django.core.validators.MaxValueValidator(
                        datetime.date(2199, 12, 31)
                    ),
                ],
                verbose_name="due on",
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="stage",
            field=models.CharField(
                choices=[
                    ("uploaded", "Uploaded"),
                    ("waiting", "Under way"),
                    ("checked", "Checked, nothing imported"),
                    ("imported", "Imported"),
                    ("refused", "Nothing imported: rows are at fault"),
                    ("failed", "It did not come to its end"),
                ],
                default="uploaded",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="timelineentry",
            name="on",
            field=models.DateField(
                validators=[
                    django.core.validators.MinValueValidator(datetime.date(1950, 1, 1)),
                    django.core.validators.MaxValueValidator(
                        datetime.date(2199, 12, 31)
                    ),
                ],
                verbose_name="date",
            ),
        ),
    ]
