"""Each date takes the precision that all of its record had."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

DATES = (
    "introduced",
    "detectable",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "reviewed",
)
BATCH = 5_000


def copy(apps, schema_editor):
    records = apps.get_model("failures", "Postmortem").objects.using(
        schema_editor.connection.alias
    )
    for precision in ("month", "year"):
        told = dict.fromkeys((f"{date}_precision" for date in DATES), precision)
        waiting = records.filter(date_precision=precision).exclude(**told)
        while batch := list(waiting.order_by().values_list("pk", flat=True)[:BATCH]):
            records.filter(pk__in=batch).update(**told)


def gather(apps, schema_editor):
    records = apps.get_model("failures", "Postmortem").objects.using(
        schema_editor.connection.alias
    )
    for precision in ("month", "year"):
        waiting = records.filter(detected_precision=precision)
        waiting = waiting.exclude(date_precision=precision)
        while batch := list(waiting.order_by().values_list("pk", flat=True)[:BATCH]):
            records.filter(pk__in=batch).update(date_precision=precision)


class Migration(migrations.Migration):
    # Each step by itself: a batch, not the table, is what a write may wait for.
    atomic = False

    dependencies = [("failures", "0010_amounts_and_precisions")]

    operations = [
        migrations.RunPython(copy, gather),
        ValidateConstraint("postmortem", "postmortem_cost_has_currency"),
        ValidateConstraint("postmortem", "postmortem_amounts_not_negative"),
        ValidateConstraint("postmortem", "postmortem_wasted_of_spent"),
        migrations.RemoveField("postmortem", "date_precision"),
    ]
