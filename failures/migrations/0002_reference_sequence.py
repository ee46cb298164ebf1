"""Numbers for references; a sequence never gives a number twice."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("failures", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE postmortem_reference",
            "DROP SEQUENCE postmortem_reference",
            elidable=False,
        ),
    ]
