"""The audit trail of a record in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from riskbase.shared.audit.models import AuditEvent

VERBS: dict[str, Promise] = {
    "postmortem_created": _("Started the record"),
    "postmortem_changed": _("Changed the text or the facts"),
    "postmortem_submitted": _("Handed it over for review"),
    "postmortem_published": _("Published it"),
    "postmortem_approved": _("Approved it"),
    "postmortem_archived": _("Archived it"),
    "postmortem_restored": _("Took it back from the archive"),
    "postmortem_returned": _("Returned it for changes"),
    "postmortem_opened_to": _("Changed who may read it"),
    "postmortem_imported": _("Imported it"),
    "postmortem_reimported": _("Updated it from the import"),
    "case_loaded": _("Loaded it with the product's content"),
    "case_updated": _("Updated it with the product's content"),
    "coding_added": _("Added a cause"),
    "coding_changed": _("Changed a cause"),
    "coding_removed": _("Removed a cause"),
    "second_coding_invited": _("Chose the second coder"),
    "second_coding_changed": _("Coded it as the second coder"),
    "second_coding_submitted": _("Submitted a coding"),
    "second_coding_decided": _("Decided between both codings"),
    "timeline_added": _("Added a step to the timeline"),
    "timeline_changed": _("Corrected a step of the timeline"),
    "timeline_removed": _("Removed a step of the timeline"),
    "action_added": _("Planned a follow-up"),
    "action_changed": _("Changed a follow-up"),
    "action_moved": _("Moved a follow-up on"),
    "action_removed": _("Removed a follow-up"),
    "comment_added": _("Commented on it"),
    "comment_withdrawn": _("Withdrew a comment"),
    "file_attached": _("Attached a file"),
    "file_removed": _("Removed a file"),
    "change_proposed": _("Proposed a change"),
    "proposal_decided": _("Decided on a proposed change"),
    "sharing_names_written": _("Wrote names for the shareable version"),
    "sharing_signed_off": _("Signed off the shareable version"),
    "likeness_judged": _("Said whether another record is like it"),
}


@dataclass(frozen=True)
class HistoryLine:
    """One act on the record."""

    at: dt.datetime
    words: str | Promise
    who: str
    reason: str


def history_lines(
    events: Iterable[AuditEvent], *, with_reasons: bool
) -> list[HistoryLine]:
    """Return the acts in words, newest first.

    A reason can name what was taken out: it is for those who may read that.
    """
    return [
        HistoryLine(
            event.at,
            VERBS.get(event.verb, event.verb),
            event.actor_name,
            str((event.after or {}).get("reason", "")) if with_reasons else "",
        )
        for event in events
    ]
