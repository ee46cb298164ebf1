"""Writing post-mortems: drafts, steps, review and publication."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from failures.choices import (
    COUNTED_STATES,
    FROZEN_STATES,
    WRITTEN_STATES,
    PostmortemState,
    Visibility,
)
from failures.coding.amounts import COLUMN
from failures.models import (
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    TaxonomyRelease,
)
from failures.models.stated import STATED
from failures.selectors.completeness import (
    missing_for_publication,
    missing_for_review,
)
from failures.services import checks, copies, second_coding, sharing
from failures.services.parts import WrongState, advance, locked, require_state
from failures.services.references import next_references
from failures.services.texts import told_in
from failures.services.upserts import differing
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events import outbox

FACTS = frozenset({*STATED, *COLUMN.values(), "currency"})
TEXTS = frozenset(
    field.name
    for field in PostmortemText._meta.get_fields()
    if field.name not in {"id", "postmortem", "language", "search"}
)
DETAILS = frozenset(
    field.name
    for field in PostmortemDetail._meta.get_fields()
    if field.name != "postmortem"
)


class NotReady(DomainError):
    """The record lacks what this step needs."""

    def __init__(self, missing: list[Any]) -> None:
        words = ", ".join(str(gap.label) for gap in missing)
        super().__init__(
            "postmortem_incomplete",
            _("Still missing: %(what)s.") % {"what": words},
        )
        self.missing = missing


@transaction.atomic
def create_draft(
    *,
    unit: Unit,
    by: User,
    title: str = "",
    language: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Postmortem:
    """Start a record in `unit`; `facts` are further fields of it, as in save_step."""
    values = {**(facts or {}), "title": title}
    record_facts, texts, details = _split(values)
    record_facts.setdefault("language", language or by.language)
    record_facts |= checks.currency(Postmortem(), record_facts)
    postmortem = Postmortem(
        reference=next_references(1)[0],
        unit=unit,
        author=by,
        release=TaxonomyRelease.objects.filter(is_current=True).first(),
        **record_facts,
    )
    checks.check_affected(postmortem)
    postmortem.quarter = copies.quarter_of(
        postmortem.detected_on, postmortem.detected_precision
    )
    postmortem.save(force_insert=True)
    PostmortemText.objects.create(
        postmortem=postmortem, language=postmortem.language, **texts
    )
    PostmortemDetail.objects.create(postmortem=postmortem, **details)
    copies.refresh_causes(postmortem)
    copies.refresh_search([postmortem.pk])
    trail.record(
        by=by,
        verb="postmortem_created",
        target=postmortem,
        after={"title": title, "unit": unit.pk, **record_facts},
    )
    return postmortem


@transaction.atomic
def save_step(
    *,
    postmortem: Postmortem,
    by: User,
    values: Mapping[str, Any],
    expected_version: int | None = None,
) -> Postmortem:
    """Store the given fields of the record, its prose or its details.

    Raises EditConflict when somebody else saved since `expected_version`; a save
    that changes nothing is never a conflict and leaves the version.
    """
    row = locked(postmortem)
    facts, texts, details = _split(values)
    facts |= checks.currency(row, facts)
    text, texts = told_in(row, facts.get("language", row.language), texts)
    detail, _created = PostmortemDetail.objects.get_or_create(postmortem=row)
    changes = (
        differing(row, facts),
        differing(text, texts),
        differing(detail, details),
    )
    if not any(changes):
        return row
    _expect(row, expected_version)
    if row.state in FROZEN_STATES:
        raise WrongState
    checks.severity(row, changes[0], by)
    before: dict[str, Any] = {}
    for part, changed in zip((row, text, detail), changes, strict=True):
        before |= trail.values_of(part, changed)
        for name, value in changed.items():
            setattr(part, name, value)
    if "severity" in changes[0]:
        second_coding.release_first(row)
    _store(row, text, detail)
    trail.record(
        by=by,
        verb="postmortem_changed",
        target=row,
        before=before,
        after=trail.plain({**changes[0], **changes[1], **changes[2]}),
    )
    return row


def _store(row: Postmortem, text: PostmortemText, detail: PostmortemDetail) -> None:
    checks.check_affected(row)
    row.quarter = copies.quarter_of(row.detected_on, row.detected_precision)
    text.language = row.language
    row.version += 1
    row.save()
    text.save()
    detail.save()
    copies.refresh_causes(row)
    copies.refresh_coding_facts(row)
    copies.refresh_search([row.pk])


@transaction.atomic
def submit_for_review(*, postmortem: Postmortem, by: User) -> Postmortem:
    """Hand the draft over; raises NotReady without a title and a summary."""
    row = locked(postmortem)
    require_state(row, *WRITTEN_STATES)
    if missing := missing_for_review(row):
        raise NotReady(missing)
    second_coding.hand_in_first(row, by)
    return advance(row, PostmortemState.IN_REVIEW, by, "postmortem_submitted")


@transaction.atomic
def approve(
    *,
    postmortem: Postmortem,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Postmortem:
    """Confirm that the record is right. Raises NotReady, and EditConflict."""
    row = locked(postmortem)
    require_state(row, PostmortemState.IN_REVIEW)
    _expect(row, expected_version)
    if missing := missing_for_publication(row):
        raise NotReady(missing)
    row.approved_at, row.approved_by = at, by
    return advance(row, PostmortemState.APPROVED, by, "postmortem_approved")


@transaction.atomic
def publish(
    *,
    postmortem: Postmortem,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Postmortem:
    """Publish: from now on the record counts. Raises NotReady, and EditConflict.

    Publishing what was not approved before approves it.
    """
    row = locked(postmortem)
    require_state(
        row, *WRITTEN_STATES, PostmortemState.IN_REVIEW, PostmortemState.APPROVED
    )
    _expect(row, expected_version)
    if missing := missing_for_publication(row):
        raise NotReady(missing)
    if row.approved_at is None:
        row.approved_at, row.approved_by = at, by
    row.published_at, row.published_by = at, by
    row = advance(row, PostmortemState.PUBLISHED, by, "postmortem_published")
    outbox.emit(
        topic="postmortem.published",
        target=row,
        payload={"reference": row.reference, "causes": row.cause_slugs},
    )
    return row


@transaction.atomic
def return_to_draft(
    *, postmortem: Postmortem, by: User, reason: str = ""
) -> Postmortem:
    """Send the record back to its author; a published one stops counting.

    One that was never published waits for the changes asked for.
    """
    row = locked(postmortem)
    require_state(row, PostmortemState.IN_REVIEW, *FROZEN_STATES)
    was_published = row.state in COUNTED_STATES
    second_coding.take_back_first(row)
    row.published_at, row.published_by = None, None
    row.approved_at, row.approved_by = None, None
    state = (
        PostmortemState.DRAFT if was_published else PostmortemState.CHANGES_REQUESTED
    )
    row = advance(row, state, by, "postmortem_returned", reason)
    if was_published:
        outbox.emit(topic="postmortem.changed", target=row)
    return row


@transaction.atomic
def set_visibility(*, postmortem: Postmortem, visibility: str, by: User) -> Postmortem:
    """Choose who may read the record; raises SharingRefused before the sign-off."""
    row = locked(postmortem)
    if visibility not in Visibility.values:
        raise DomainError(
            "unknown_visibility", _("Choose who may read it."), field="visibility"
        )
    if row.visibility == visibility:
        return row
    if visibility == Visibility.SHAREABLE:
        sharing.require_sign_off(row)
    before = {"visibility": row.visibility}
    row.visibility = visibility
    row.version += 1
    row.save()
    trail.record(
        by=by,
        verb="postmortem_opened_to",
        target=row,
        before=before,
        after={"visibility": visibility},
    )
    if row.state in COUNTED_STATES:
        outbox.emit(topic="postmortem.changed", target=row)
    return row


def _expect(row: Postmortem, version: int | None) -> None:
    if version is not None and row.version != version:
        raise EditConflict(row)


def _split(
    values: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Sort fields into facts, prose and details. Raises KeyError for a stranger."""
    parts: tuple[dict[str, Any], ...] = ({}, {}, {})
    for name, value in values.items():
        homes = [name in names for names in (FACTS, TEXTS, DETAILS)]
        if not any(homes):
            raise KeyError(name)
        parts[homes.index(True)][name] = value
    return parts[0], parts[1], parts[2]
