"""What belongs to a record in a file: causes, steps, follow-ups, sources, languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from failures.choices import ActionState, Priority, StepKind
from failures.exchange.columns import BY_NAME, PROSE, column_of
from failures.models import ActionItem, CauseCoding, Source, TimelineEntry
from riskbase.shared.tabular import CellRefused, Column, Kind
from riskbase.shared.tabular.cells import converted

MOST = 200
"""Parts of one kind that a record may have."""
CODED = (
    "role",
    "confidence",
    "mechanism",
    "evidence",
    "evidence_url",
    "evidence_file",
    "quote",
    "stage_detectable",
)
STEP = ("on", "kind", "text", "known_then", "evidence_url")
ACTION = (
    "text", "kind", "cause_slug", "due_on", "priority", "link", "success_check", "state",
    "refusal_reason", "verification", "verification_url",
)  # fmt: skip
SOURCE = ("publisher", "title", "year", "url")


def _columns(model: Any, names: Sequence[str], *required: str) -> dict[str, Column]:
    made = (column_of(model._meta.get_field(name)) for name in names)
    return {
        column.name: Column(
            column.name,
            column.kind,
            column.label,
            is_required=column.name in required,
            longest=column.longest,
            least=column.least,
            most=column.most,
            choices=column.choices,
        )
        for column in made
    }


CAUSE = {
    "cause": Column("cause", Kind.TEXT, "cause", is_required=True, longest=60),
    **_columns(CauseCoding, CODED),
}
SHAPES = {
    "timeline": _columns(TimelineEntry, STEP, "on", "text"),
    "actions": _columns(ActionItem, ACTION, "text", "kind"),
    "sources": _columns(Source, SOURCE, "title"),
}
DEFAULTS: dict[str, dict[str, str]] = {
    "timeline": {"kind": StepKind.EVENT.value},
    "actions": {"state": ActionState.OPEN.value, "priority": Priority.NORMAL.value},
    "sources": {},
}
"""What the record would say where the file says nothing."""
WORDS = {name: column for name, column in BY_NAME.items() if name in PROSE}


def part_of(name: str, value: Any) -> Any:
    """Return the parts of one kind as a record holds them, blanks left out.

    Raises CellRefused naming the number of the faulty item and its member.
    """
    if name == "translations":
        return _translations(value)
    if name == "causes":
        return _causes(value)
    return [{**DEFAULTS[name], **each} for each in _items(value, SHAPES[name])]


def _items(value: Any, shape: Mapping[str, Column]) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise CellRefused("not_json")
    if len(value) > MOST:
        raise CellRefused("too_many_parts", most=MOST)
    return [_item(number, each, shape) for number, each in enumerate(value, start=1)]


def _item(number: int, value: Any, shape: Mapping[str, Column]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CellRefused("part", number=number, name="", of=("not_object", {}))
    if strangers := sorted(set(value) - set(shape)):
        raise CellRefused("unknown_member", number=number, name=str(strangers[0])[:60])
    found = {}
    for name, column in shape.items():
        try:
            said = converted(value.get(name), column)
        except CellRefused as refusal:
            within = (refusal.code, refusal.params)
            raise CellRefused("part", number=number, name=name, of=within) from refusal
        if said is not None:
            found[name] = said
    return found


def _causes(value: Any) -> list[dict[str, Any]]:
    """Read causes: objects, or slugs alone, of which the first is the root.

    A slug may be followed by role and confidence: `leakage:root:known`.
    """
    if not isinstance(value, list):
        raise CellRefused("not_json")
    named = [
        _short(each, is_first=not at) if isinstance(each, str) else each
        for at, each in enumerate(value)
    ]
    found = _items(named, CAUSE)
    for each in found:
        each.setdefault("role", "contributing")
        each.setdefault("confidence", "probable")
    return found


def _short(text: str, *, is_first: bool) -> dict[str, str]:
    cause, *rest = (part.strip() for part in text.split(":"))
    role, confidence = [*rest, "", ""][:2]
    return {
        "cause": cause,
        "role": role or ("root" if is_first else "contributing"),
        "confidence": confidence or "probable",
    }


def _translations(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        raise CellRefused("not_json")
    languages = dict(settings.LANGUAGES)
    found = {}
    for number, (language, words) in enumerate(sorted(value.items()), start=1):
        if language not in languages:
            raise CellRefused("unknown_member", number=number, name=str(language)[:60])
        said = _item(
            number,
            words,
            {**WORDS, **{n: _free(WORDS[n]) for n in ("title", "summary")}},
        )
        if said:
            found[language] = said
    return found


def _free(column: Column) -> Column:
    """Return the column without its need for a value."""
    return Column(column.name, column.kind, column.label, longest=column.longest)
