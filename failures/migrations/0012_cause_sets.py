"""The different sets of causes, kept by the database so that each is compared once."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

FILL = """
INSERT INTO failures_causeset (digest, slugs)
SELECT DISTINCT md5(array_to_string(cause_slugs, ' '))::uuid, cause_slugs
FROM failures_postmortem WHERE cause_slugs <> '{}'
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    # An index that is built aside holds up no write.
    atomic = False

    dependencies = [
        ("failures", "0011_precision_of_each_date"),
    ]

    operations = [
        migrations.CreateModel(
            name="CauseSet",
            fields=[
                (
                    "digest",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                (
                    "slugs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), size=None
                    ),
                ),
            ],
        ),
        AddIndexConcurrently(
            model_name="postmortem",
            index=django.contrib.postgres.indexes.HashIndex(
                fields=["cause_slugs"], name="postmortem_cause_set"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postmortem",
            trigger=pgtrigger.compiler.Trigger(
                name="cause_sets_of_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nINSERT INTO failures_causeset (digest, slugs)\nSELECT DISTINCT md5(array_to_string(cause_slugs, ' '))::uuid, cause_slugs\nFROM written WHERE cause_slugs <> '{}'\nORDER BY 1 ON CONFLICT DO NOTHING;\nRETURN NULL;\n",
                    hash="25897777a6c2fc268884cde626938a5cd4113f8d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_cause_sets_of_inserted_cd454",
                    referencing="REFERENCING NEW TABLE AS written ",
                    table="failures_postmortem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postmortem",
            trigger=pgtrigger.compiler.Trigger(
                name="cause_sets_of_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nINSERT INTO failures_causeset (digest, slugs)\nSELECT DISTINCT md5(array_to_string(cause_slugs, ' '))::uuid, cause_slugs\nFROM written WHERE cause_slugs <> '{}'\nORDER BY 1 ON CONFLICT DO NOTHING;\nRETURN NULL;\n",
                    hash="016cf33d93abfa8522ae85f11b71e2b6a7d9581a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_cause_sets_of_updated_95433",
                    referencing="REFERENCING NEW TABLE AS written ",
                    table="failures_postmortem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="causeset",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["slugs"], name="causeset_slugs"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
