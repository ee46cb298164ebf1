"""Bringing what belongs to a record in line with a file, keeping what did not change.

A follow-up that the file tells as before keeps its row, and with it owner, date of
verification and reminders; so do codings their coders. Steps of the timeline are only
appended: those that the file lacks are withdrawn.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from failures.choices import ActionState
from failures.exchange.columns import DETAILS, PROSE
from failures.exchange.parts import ACTION, CODED, STEP
from failures.models import (
    ActionItem,
    CauseCoding,
    FailureCause,
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Source,
    TimelineEntry,
)
from failures.selectors.exchange import said
from failures.selectors.records import steps_of

Said = Mapping[str, Any]
Held = TypeVar("Held")


def texts(record: Postmortem, wanted: Mapping[str, Said]) -> None:
    """Tell the record in the languages of `wanted`, and in no other."""
    held = {text.language: text for text in record.texts.all()}
    for language in held.keys() - wanted.keys():
        held[language].delete()
    for language, words in wanted.items():
        text = held.get(language) or PostmortemText.objects.create(
            postmortem=record, language=language
        )
        _set(text, {name: words.get(name, "") for name in PROSE})


def detail(record: Postmortem, wanted: Said) -> None:
    """Store the measured details; what the file does not say is not known."""
    row, _created = PostmortemDetail.objects.get_or_create(postmortem=record)
    fields = {name: PostmortemDetail._meta.get_field(name) for name in DETAILS}
    _set(
        row,
        {
            name: wanted.get(name, None if getattr(field, "null", False) else "")
            for name, field in fields.items()
        },
    )


def sources(record: Postmortem, wanted: Sequence[Said]) -> None:
    """Write the sources anew: they have no history of their own."""
    record.sources.all().delete()
    Source.objects.bulk_create(Source(postmortem=record, **each) for each in wanted)


def actions(record: Postmortem, wanted: Sequence[Said]) -> None:
    """Change follow-ups by their words, add those that are new, drop the others."""
    held = list(record.actions.all())
    pairs, gone, added = paired(
        held, wanted, lambda row: _told(row, ACTION), lambda each: each["text"]
    )
    for row in gone:
        row.delete()
    for row, each in pairs:
        values = {name: each.get(name, _blank(ActionItem, name)) for name in ACTION}
        if values["state"] != ActionState.VERIFIED:
            values |= {"verified_at": None, "verified_by": None}
        if _differs(row, values):
            row.version += 1
            _set(row, values)
    ActionItem.objects.bulk_create(
        ActionItem(postmortem=record, **each) for each in added
    )


def codings(
    record: Postmortem,
    wanted: Sequence[Said],
    causes: Mapping[str, FailureCause],
    by: User | None,
) -> None:
    """Change codings by their cause and role, add those that are new, drop the others."""
    held = list(record.codings.all())
    pairs, gone, added = paired(
        held,
        wanted,
        lambda row: {"cause": row.cause.slug, **_told(row, CODED)},
        lambda each: (each["cause"], each["role"]),
    )
    for row in gone:
        row.delete()
    facts = {"quarter": record.quarter, "sector": record.sector}
    for row, each in pairs:
        values = {name: each.get(name, "") for name in CODED}
        if _differs(row, values):
            row.version += 1
        _set(row, {**values, **facts})
    CauseCoding.objects.bulk_create(
        CauseCoding(
            postmortem=record,
            coder=by,
            **{**facts, **each, "cause": causes[each["cause"]]},
        )
        for each in added
    )


def timeline(record: Postmortem, wanted: Sequence[Said], by: User | None) -> None:
    """Correct steps of the same day, append what is new, withdraw what the file lacks."""
    held = steps_of(record)
    pairs, gone, added = paired(
        held, wanted, lambda step: _told(step, STEP), lambda each: each["on"]
    )
    for entry in gone:
        kept = {name: getattr(entry, name) for name in STEP}
        _follow(entry, kept, by, is_withdrawn=True)
    for entry, each in pairs:
        if _told(entry, STEP) != each:
            _follow(entry, each, by)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(postmortem=record, author=by, **each) for each in added
    )


def _follow(entry: TimelineEntry, values: Said, by: User | None, **more: Any) -> None:
    """Append what comes in the place of an entry in force."""
    TimelineEntry.objects.create(
        postmortem=entry.postmortem,
        author=by,
        corrects=entry,
        version=entry.version + 1,
        **values,
        **more,
    )


def paired(
    held: Iterable[Held],
    wanted: Iterable[Said],
    told: Callable[[Held], Said],
    key: Callable[[Said], Any],
) -> tuple[list[tuple[Held, Said]], list[Held], list[Said]]:
    """Return (row, what is wanted of it), the rows without, and what has no row.

    Rows that say the same come first, then those with the same key, each once.
    """
    pairs: list[tuple[Held, Said]] = []
    rows, rest = list(held), list(wanted)
    matches: tuple[Callable[[Said, Said], bool], ...] = (
        lambda one, other: one == other,
        lambda one, other: bool(key(one) == key(other)),
    )
    for match in matches:
        for each in list(rest):
            row = next((row for row in rows if match(told(row), each)), None)
            if row is not None:
                pairs.append((row, each))
                rows.remove(row)
                rest.remove(each)
    return pairs, rows, rest


def _told(row: models.Model, names: Iterable[str]) -> Said:
    return said({name: getattr(row, name) for name in names})


def _differs(row: models.Model, values: Said) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _set(row: models.Model, values: Said) -> None:
    """Store the values if any of them differs."""
    if _differs(row, values):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def _blank(model: type[models.Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    if field.has_default():
        return field.get_default()
    return None if field.null else ""
