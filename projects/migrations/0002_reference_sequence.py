"""Numbers for references; a sequence never gives a number twice."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE project_reference",
            "DROP SEQUENCE project_reference",
            elidable=False,
        ),
    ]
