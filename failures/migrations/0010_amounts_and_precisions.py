"""Parts of the cost, and a precision for each date; what exists follows in the next."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

AMOUNTS = {
    "spent": "spent on the project",
    "wasted": "of that, wasted",
    "remediation": "spent on putting it right",
    "opportunity": "missed meanwhile",
}
DATES = {
    "introduced": "introduced on: precision",
    "detectable": "detectable from: precision",
    "detected": "detected on: precision",
    "acknowledged": "acknowledged on: precision",
    "mitigated": "mitigated on: precision",
    "resolved": "resolved on: precision",
    "reviewed": "reviewed on: precision",
}
COLUMNS = [f"{name}_minor" for name in ("cost", *AMOUNTS)]
UNPRICED = models.Q(*((f"{column}__isnull", True) for column in COLUMNS))
NOT_NEGATIVE = models.Q(
    *(
        models.Q((f"{column}__isnull", True)) | models.Q((f"{column}__gte", 0))
        for column in COLUMNS
    )
)


class Migration(migrations.Migration):
    dependencies = [("failures", "0009_discussion_sharing_and_proposals")]

    operations = [
        *(
            migrations.AddField(
                "postmortem",
                f"{name}_minor",
                models.BigIntegerField(label, null=True, blank=True),
            )
            for name, label in AMOUNTS.items()
        ),
        *(
            migrations.AddField(
                "postmortem",
                f"{name}_precision",
                models.CharField(
                    label,
                    max_length=5,
                    choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                    default="day",
                ),
            )
            for name, label in DATES.items()
        ),
        migrations.RemoveConstraint("postmortem", "postmortem_cost_has_currency"),
        # Not checked against what exists here: that would hold up every write.
        AddConstraintNotValid(
            "postmortem",
            models.CheckConstraint(
                condition=UNPRICED & models.Q(currency="")
                | ~UNPRICED & ~models.Q(currency=""),
                name="postmortem_cost_has_currency",
                violation_error_message="Give both the cost and its currency.",
            ),
        ),
        AddConstraintNotValid(
            "postmortem",
            models.CheckConstraint(
                condition=NOT_NEGATIVE, name="postmortem_amounts_not_negative"
            ),
        ),
        AddConstraintNotValid(
            "postmortem",
            models.CheckConstraint(
                condition=models.Q(spent_minor__isnull=True)
                | models.Q(wasted_minor__isnull=True)
                | models.Q(wasted_minor__lte=models.F("spent_minor")),
                name="postmortem_wasted_of_spent",
                violation_error_message="More cannot be wasted than was spent.",
            ),
        ),
    ]
