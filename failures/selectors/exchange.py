"""Post-mortems as rows of a file, by the columns of `failures.exchange.columns`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import Person
from failures.exchange.columns import DETAILS, PROSE
from failures.exchange.parts import ACTION, CODED, SOURCE, STEP
from failures.models import (
    CauseCoding,
    Postmortem,
    PostmortemDetail,
    PostmortemText,
)
from failures.models.amounts import amounts_of
from failures.models.stated import STATED
from failures.permissions import can_see_causes
from failures.selectors.records import steps_of

BATCH = 250
Row = dict[str, Any]


def rows_of(records: Iterable[Postmortem], user: Person) -> Iterator[Row]:
    """Yield each record as a row, with what `user` is told of its causes.

    Empty values are left out. Each batch of records takes the same number of queries.
    """
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH)):
        load(batch, user)
        for record in batch:
            yield row_of(record, with_causes=can_see_causes(user, record))


def load(records: Sequence[Postmortem], user: Person | None) -> None:
    """Fetch all that belongs to these records; None is told everything."""
    codings = CauseCoding.objects.select_related("cause")
    if user is not None:
        codings = codings.told_to(user)
    prefetch_related_objects(
        records,
        "texts",
        "detail",
        "timeline",
        "actions",
        "sources",
        Prefetch("codings", codings),
    )


def row_of(record: Postmortem, *, with_causes: bool = True) -> Row:
    """Return a loaded record as a row; nothing names a person or the unit."""
    texts = {text.language: text for text in record.texts.all()}
    own = texts.pop(record.language, None) or PostmortemText()
    detail = getattr(record, "detail", None) or PostmortemDetail()
    row = {
        "external_id": record.external_id or record.reference,
        **{name: getattr(record, name) for name in STATED},
        **{name: getattr(own, name) for name in PROSE},
        **{name: getattr(detail, name) for name in DETAILS},
        **amounts_of(record),
        "currency": record.currency,
        "causes": [_cause(coding) for coding in record.codings.all()],
        "timeline": [_said(step, STEP) for step in steps_of(record)],
        "actions": [_said(action, ACTION) for action in record.actions.all()],
        "sources": [_said(source, SOURCE) for source in record.sources.all()],
        "translations": {
            language: _said(text, PROSE) for language, text in sorted(texts.items())
        },
    }
    if not with_causes:
        for action in row["actions"]:
            action.pop("cause_slug", None)
    return said(row)


def said(row: Mapping[str, Any]) -> Row:
    """Return the row without what says nothing."""
    return {
        name: value for name, value in row.items() if value not in (None, "", [], {})
    }


def _said(part: Any, names: Iterable[str]) -> Row:
    return said({name: getattr(part, name) for name in names})


def _cause(coding: CauseCoding) -> Row:
    return {"cause": coding.cause.slug, **_said(coding, CODED)}
