"""A post-mortem as its page shows it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person, User
from failures.choices import Precision
from failures.coding.amounts import COLUMN, PARTS
from failures.models import (
    ActionItem,
    CauseCoding,
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Source,
    TimelineEntry,
    best_text,
)
from failures.models.coding import CauseCodingQuerySet
from failures.permissions import can_see_versions
from failures.selectors.attachments import files_of
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.money import amount_of

STORY = (
    "intended", "acceptance_statement", "system", "actual", "diagnosis",
    "context", "data_difference", "data_misunderstood", "bias_origin", "upstream_change",
    "counterexamples", "environment", "detection_story", "impact", "severity_rationale",
    "affected_groups", "loss",
    "long_term_effect", "declared_success", "value_delivered", "surprise",
)  # fmt: skip
LESSONS = ("lessons", "went_well", "lucky")
FACTS = (
    "outcome", "severity", "sector", "task", "modality", "sourcing", "detection",
    "stage_introduced", "stage_detectable", "stage_detected",
)  # fmt: skip
HISTORY_LENGTH = 50
Part = CauseCoding | ActionItem | TimelineEntry
PART_RELATIONS: dict[Any, tuple[str, ...]] = {CauseCoding: ("cause", "coder")}


@dataclass(frozen=True)
class PostmortemSheet:
    """Everything the page of a record shows."""

    postmortem: Postmortem
    text: PostmortemText
    languages: Sequence[str]
    story: Sequence[tuple[str, str]]
    lessons: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str]]
    measurements: Sequence[tuple[str, str]]
    timeline: Sequence[TimelineEntry]
    codings: Sequence[CauseCoding]
    actions: Sequence[ActionItem]
    sources: Sequence[Source]
    history: Sequence[AuditEvent]
    in_full: bool
    """Whether the reader may know what was taken out."""


def postmortem_sheet(
    postmortem: Postmortem, *, user: User, language: str
) -> PostmortemSheet:
    """Return the record in the reader's language where it is told in it."""
    texts = list(postmortem.texts.all())
    text = best_text(texts, language, postmortem.language)
    detail = PostmortemDetail.objects.filter(postmortem=postmortem).first()
    in_full = can_see_versions(user, postmortem)
    return PostmortemSheet(
        postmortem=postmortem,
        text=text,
        languages=[each.get_language_display() for each in texts],
        story=filled(text, STORY),
        lessons=filled(text, LESSONS),
        facts=[*facts_of(postmortem, text), *_dates(postmortem)],
        measurements=_measurements(detail),
        timeline=steps_of(postmortem, with_earlier=in_full),
        codings=codings_of(postmortem, user),
        actions=actions_of(postmortem),
        sources=list(postmortem.sources.all()),
        history=history_of(postmortem, user),
        in_full=in_full,
    )


def steps_of(
    postmortem: Postmortem, *, with_earlier: bool = True
) -> list[TimelineEntry]:
    """Return the steps in force by date, each with `earlier`, its former wordings.

    Without them for whom it is not to tell what was taken out.
    """
    rows = list(postmortem.timeline.all())
    by_id = {row.pk: row for row in rows}
    replaced = {row.corrects_id for row in rows}
    standing = [row for row in rows if row.pk not in replaced and not row.is_withdrawn]
    for row in standing:
        former, earlier = row.corrects_id, []
        while with_earlier and former is not None:
            earlier.append(by_id[former])
            former = by_id[former].corrects_id
        row.earlier = earlier  # type: ignore[attr-defined]
    return standing


def codings_of(postmortem: Postmortem, user: User) -> list[CauseCoding]:
    """Return the codings of the record that `user` is told, with causes and coders.

    Each has `file`, the file that it names as evidence, None when that is gone.
    """
    codings = list(
        CauseCoding.objects.filter(postmortem=postmortem)
        .told_to(user)
        .select_related("cause__parent", "coder")
    )
    is_shown = any(coding.evidence_file for coding in codings)
    files = files_of(postmortem) if is_shown else {}
    for coding in codings:
        coding.file = files.get(coding.evidence_file)  # type: ignore[attr-defined]
    return codings


def actions_of(postmortem: Postmortem) -> list[ActionItem]:
    """Return the record's follow-ups with their owners."""
    return list(postmortem.actions.select_related("owner"))


def own_text(postmortem: Postmortem) -> PostmortemText:
    """Return the prose in the record's own language, blank when there is none."""
    text = PostmortemText.objects.filter(
        postmortem=postmortem, language=postmortem.language
    ).first()
    return text or PostmortemText(postmortem=postmortem, language=postmortem.language)


def own_detail(postmortem: Postmortem) -> PostmortemDetail:
    """Return the record's measured details, blank when there are none."""
    detail = PostmortemDetail.objects.filter(postmortem=postmortem).first()
    return detail or PostmortemDetail(postmortem=postmortem)


def filled(text: PostmortemText, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return (label, prose) of the named fields that say something."""
    return [
        (str(text._meta.get_field(name).verbose_name), value)  # type: ignore[union-attr]
        for name in names
        if (value := getattr(text, name).strip())
    ]


def facts_of(postmortem: Postmortem, text: PostmortemText) -> list[tuple[str, str]]:
    """Return (label, value) of the reference class, the stages and the damage."""
    shown = [
        (_label(postmortem, name), str(getattr(postmortem, f"get_{name}_display")()))
        for name in FACTS
        if getattr(postmortem, name)
    ]
    if text.organization:
        shown.insert(0, (_label(text, "organization"), text.organization))
    shown += _money(postmortem)
    if postmortem.harmed_count is not None:
        count = number_format(postmortem.harmed_count, force_grouping=True)
        shown.append((_label(postmortem, "harmed_count"), count))
    return shown


def _money(postmortem: Postmortem) -> list[tuple[str, str]]:
    """Return the loss altogether, stated or added up, and what is known of its parts."""
    basis = postmortem.get_cost_basis_display()
    minor = {name: getattr(postmortem, COLUMN[name]) for name in PARTS}
    return [
        (_label(postmortem, COLUMN[name]), _amount(value, postmortem.currency, basis))
        for name, value in {"cost": postmortem.loss_minor(), **minor}.items()
        if value is not None
    ]


def _amount(minor: int, currency: str, basis: str) -> str:
    amount = amount_of(minor, currency)
    value = number_format(amount, use_l10n=True, force_grouping=True)  # type: ignore[arg-type]
    return f"{value} {currency}" + (f" ({basis})" if basis else "")


def _dates(postmortem: Postmortem) -> list[tuple[str, str]]:
    known = postmortem.known_dates()
    shown = [(_label(postmortem, name), day_text(*known[name])) for name in known]
    ends = [known[name] for name in ("introduced_on", "detected_on") if name in known]
    if len(ends) == 2 and all(precision == Precision.DAY for _day, precision in ends):
        days = (ends[1][0] - ends[0][0]).days
        words = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
        if days >= 0:
            shown.append((_("Time to detection"), words))
    return shown


def day_text(day: dt.date, precision: str) -> str:
    """Return a date no more exactly than it is known."""
    if precision == Precision.YEAR:
        return str(day.year)
    return date_format(
        day, "YEAR_MONTH_FORMAT" if precision == Precision.MONTH else "DATE_FORMAT"
    )


def _measurements(detail: PostmortemDetail | None) -> list[tuple[str, str]]:
    if detail is None:
        return []
    fields: list[Any] = detail._meta.get_fields()
    return [
        (str(field.verbose_name), _measured(field, detail))
        for field in fields
        if field.name != "postmortem" and getattr(detail, field.name) not in (None, "")
    ]


def _measured(field: Any, detail: PostmortemDetail) -> str:
    value = getattr(detail, field.name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    if field.choices:
        return str(getattr(detail, f"get_{field.name}_display")())
    return str(value if isinstance(value, str) else number_format(value))


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def history_of(postmortem: Postmortem, user: User) -> list[AuditEvent]:
    """Return the latest events of the record that `user` is told, newest first."""
    events = AuditEvent.objects.filter(
        target_type=postmortem._meta.label_lower, target_id=str(postmortem.pk)
    )
    if postmortem.causes_sealed:
        coded = Q(verb__startswith="coding_") | Q(verb="second_coding_changed")
        events = events.exclude(coded & ~Q(actor=user))
    return list(events[:HISTORY_LENGTH])


def readable(user: User) -> QuerySet[Postmortem]:
    """Return the records `user` may read."""
    return Postmortem.objects.visible_to(user).select_related(
        "unit", "author", "published_by", "release"
    )


def readable_in_full(user: User) -> QuerySet[Postmortem]:
    """Return the records `user` may read with all that belongs to them."""
    return (
        readable(user)
        .select_related("detail")
        .prefetch_related(
            "texts",
            "sources",
            "actions",
            Prefetch(
                "codings",
                CauseCoding.objects.told_to(user).select_related("cause", "coder"),
            ),
        )
    )


def parts_of(model: type[Part], user: Person, postmortem_id: Any) -> QuerySet[Any]:
    """Return rows of `model` that belong to the record, if `user` may read it."""
    rows = model._default_manager.filter(
        postmortem__in=Postmortem.objects.visible_to(user).filter(pk=postmortem_id)
    )
    if isinstance(rows, CauseCodingQuerySet):
        rows = rows.told_to(user)
    related = ["postmortem", *PART_RELATIONS.get(model, ())]
    return rows.select_related(*related)
