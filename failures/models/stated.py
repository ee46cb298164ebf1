"""The facts that people state of a record, and the fields that many of them share."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from failures.choices import CostBasis, Precision
from failures.coding.amounts import AMOUNTS, COLUMN, loss
from failures.coding.dates import DATES, PRECISION, Dated

STATED = (
    "language", "outcome", "severity", "sector", "task", "modality", "sourcing",
    "stage_introduced", "stage_detectable", "stage_detected", "detection",
    *(name for date in DATES for name in (date, PRECISION[date])),
    "cost_basis", "harmed_count", "affected_low", "affected_high",
)  # fmt: skip
"""In the order of files and schema; amounts are apart, for they share a currency."""
UNPRICED = models.Q(*((f"{column}__isnull", True) for column in COLUMN.values()))
NOT_NEGATIVE = models.Q(
    *(
        models.Q((f"{column}__isnull", True)) | models.Q((f"{column}__gte", 0))
        for column in COLUMN.values()
    )
)


def _precision(label: Any) -> Any:
    """Return the field that says how exactly a date is known."""
    return models.CharField(
        label, max_length=5, choices=Precision, default=Precision.DAY
    )


def _amount(label: Any) -> Any:
    """Return a field of minor units of the record's currency, null when not known."""
    return models.BigIntegerField(label, null=True, blank=True)


class DatedRow(models.Model):
    """When it came about, and how exactly each date is known."""

    introduced_on = models.DateField(_("introduced on"), null=True, blank=True)
    introduced_precision = _precision(_("introduced on: precision"))
    detectable_on = models.DateField(_("detectable from"), null=True, blank=True)
    detectable_precision = _precision(_("detectable from: precision"))
    detected_on = models.DateField(_("detected on"), null=True, blank=True)
    detected_precision = _precision(_("detected on: precision"))
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    acknowledged_precision = _precision(_("acknowledged on: precision"))
    mitigated_on = models.DateField(_("mitigated on"), null=True, blank=True)
    mitigated_precision = _precision(_("mitigated on: precision"))
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    resolved_precision = _precision(_("resolved on: precision"))
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_precision = _precision(_("reviewed on: precision"))

    class Meta:
        abstract = True

    def known_dates(self) -> dict[str, Dated]:
        """Return the dates that are given, each with its precision."""
        return {
            name: (day, getattr(self, PRECISION[name]))
            for name in DATES
            if (day := getattr(self, name)) is not None
        }


class PricedRow(models.Model):
    """What it cost: all amounts in one currency, measured or estimated."""

    cost_minor = _amount(_("cost"))
    spent_minor = _amount(_("spent on the project"))
    wasted_minor = _amount(_("of that, wasted"))
    remediation_minor = _amount(_("spent on putting it right"))
    opportunity_minor = _amount(_("missed meanwhile"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    cost_basis = models.CharField(
        _("basis of the cost"), max_length=10, choices=CostBasis, blank=True
    )

    class Meta:
        abstract = True

    def loss_minor(self) -> int | None:
        """Return the loss altogether in minor units of the currency."""
        return loss({name: getattr(self, COLUMN[name]) for name in AMOUNTS})
