"""The columns of a post-mortem in a file, made from the fields that hold them."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from failures.choices import FIRST_DAY, LAST_DAY
from failures.coding.amounts import AMOUNTS
from failures.models import Postmortem, PostmortemDetail, PostmortemText
from failures.models.amounts import label_of
from failures.models.stated import STATED
from riskbase.shared.money import COMMON, HIGHEST, OTHERS
from riskbase.shared.tabular import Column, Kind

LONGEST_TEXT = 20_000
LARGEST = Decimal(10) ** 12
PROSE = tuple(
    field.name
    for field in PostmortemText._meta.get_fields()
    if field.name not in {"id", "postmortem", "language", "search"}
)
DETAILS = tuple(
    field.name
    for field in PostmortemDetail._meta.get_fields()
    if field.name != "postmortem"
)
PARTS = {
    "causes": _("Causes"),
    "timeline": _("Timeline"),
    "actions": _("Follow-ups"),
    "sources": _("Sources"),
    "translations": _("Other languages"),
}
REQUIRED = frozenset({"title", "summary"})
ALIASES = {
    "external_id": ("id", "number", "incident_id", "key"),
    "summary": ("description", "abstract"),
    "detected_on": ("date", "incident_date"),
    "causes": ("cause", "root_cause"),
    "title": ("name",),
}


def column_of(field: Any) -> Column:
    """Return the column that holds what a field of a model holds."""
    kind = next(kind for model, kind in KINDS if isinstance(field, model))
    if field.choices:
        kind = Kind.CHOICE
    return Column(
        name=field.name,
        kind=kind,
        label=field.verbose_name,
        is_required=field.name in REQUIRED,
        aliases=ALIASES.get(field.name, ()),
        choices=dict(field.choices or ()),
        **_bounds(kind, field),
    )


KINDS = (
    (models.BooleanField, Kind.BOOLEAN),
    (models.DateField, Kind.DATE),
    (models.FloatField, Kind.DECIMAL),
    (models.IntegerField, Kind.INTEGER),
    (models.URLField, Kind.URL),
    (models.Field, Kind.TEXT),
)


def _bounds(kind: Kind, field: Any) -> dict[str, Any]:
    if kind == Kind.DATE:
        return {"least": Decimal(FIRST_DAY.year), "most": Decimal(LAST_DAY.year)}
    if kind == Kind.DECIMAL:
        return {"least": -LARGEST, "most": LARGEST}
    if kind == Kind.INTEGER:
        return _range(field)
    return {"longest": field.max_length or LONGEST_TEXT}


def _range(field: Any) -> dict[str, Decimal]:
    if field.name == "plumbing_percent":
        return {"least": Decimal(0), "most": Decimal(100)}
    is_small = isinstance(field, models.PositiveSmallIntegerField)
    return {"least": Decimal(0), "most": Decimal(32_767 if is_small else 2**31 - 1)}


def _made() -> tuple[Column, ...]:
    currencies = {code: code for code in (*COMMON, *OTHERS)}
    own = (
        Column(
            "external_id",
            Kind.TEXT,
            _("Number in the file"),
            is_required=True,
            longest=100,
            aliases=ALIASES["external_id"],
        ),
    )
    cost = (
        *(
            Column(
                name,
                Kind.DECIMAL,
                label_of(name),
                least=Decimal(0),
                most=HIGHEST,
            )
            for name in AMOUNTS
        ),
        Column("currency", Kind.CHOICE, _("Currency"), choices=currencies),
    )
    return (
        *own,
        *(column_of(PostmortemText._meta.get_field(name)) for name in PROSE[:2]),
        *(column_of(Postmortem._meta.get_field(name)) for name in STATED),
        *cost,
        *(column_of(PostmortemText._meta.get_field(name)) for name in PROSE[2:]),
        *(column_of(PostmortemDetail._meta.get_field(name)) for name in DETAILS),
        *(
            Column(name, Kind.JSON, label, aliases=ALIASES.get(name, ()))
            for name, label in PARTS.items()
        ),
    )


COLUMNS = _made()
NAMES = tuple(column.name for column in COLUMNS)
BY_NAME = {column.name: column for column in COLUMNS}
