"""What every step of a review has in common: lock, check, keep words, tell."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from projects.models import Assessment
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events import outbox

MAX_TEXT = 4_000


def locked(
    assessment: Assessment,
    states: Collection[str],
    *,
    expected_version: int | None = None,
) -> Assessment:
    """Return the row locked, if it stands in one of `states`.

    Raises DomainError `assessment_state`, EditConflict on a stale version. Who also
    locks the project locks it first.
    """
    current = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("project__unit", "questionnaire_version")
        .get(pk=assessment.pk)
    )
    if current.state not in states:
        raise DomainError(
            "assessment_state",
            _("This cannot be done: the state of the assessment is “%(state)s”.")
            % {"state": current.get_state_display()},
        )
    if expected_version not in {None, current.version}:
        raise EditConflict(current)
    return current


def spoken(text: str, *, field: str = "text", is_required: bool = True) -> str:
    """Return what a person wrote, trimmed. Raises DomainError when empty or too long.

    NUL characters are left out: no database text can hold them.
    """
    said = text.replace("\0", "").strip()
    if is_required and not said:
        raise DomainError("text_missing", _("Write a few words."), field=field)
    if len(said) > MAX_TEXT:
        raise DomainError(
            "text_too_long",
            _("This text is too long: at most %(count)s characters.")
            % {"count": MAX_TEXT},
            field=field,
        )
    return said


def tell(
    assessment: Assessment,
    verb: str,
    *,
    by: User,
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Audit a step and emit its event; `words` of people stay in the audit alone."""
    known = dict(facts or {})
    trail.record(
        by=by,
        verb=verb,
        target=assessment,
        before=before,
        after={**known, **(words or {})},
    )
    outbox.emit(
        topic=verb,
        target=assessment,
        payload={"project": str(assessment.project_id), **trail.plain(known)},
    )
