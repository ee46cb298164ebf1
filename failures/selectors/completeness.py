"""What a record still lacks before it can be published."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from failures.choices import CauseRole
from failures.coding import needs_second
from failures.models import CauseCoding, Postmortem, PostmortemText, SecondCoding


@dataclass(frozen=True)
class Missing:
    """One gap: a code for machines, words for people, and the step that fills it."""

    code: str
    label: str | Promise
    step: str


GAPS = {
    "title": Missing("title", _("A title"), "intended"),
    "summary": Missing("summary", _("A summary"), "happened"),
    "outcome": Missing("outcome", _("How it ended"), "happened"),
    "detected_on": Missing("detected_on", _("The date when it was detected"), "dates"),
    "dates": Missing("dates", _("Dates in their order"), "dates"),
    "cause": Missing(
        "cause", _("At least one cause or factor with its evidence"), "causes"
    ),
    "second_coding": Missing(
        "second_coding", _("A second, independent coding of the causes"), "causes"
    ),
}


def missing_for_publication(postmortem: Postmortem) -> list[Missing]:
    """Return the gaps in the order of the form; empty means ready."""
    text = PostmortemText.objects.filter(
        postmortem=postmortem, language=postmortem.language
    ).first()
    evidenced = (
        CauseCoding.objects.filter(
            postmortem=postmortem,
            role__in=[CauseRole.ROOT, CauseRole.CONTRIBUTING],
        )
        .exclude(Q(evidence="") & Q(evidence_url=""))
        .exists()
    )
    present = {
        "title": bool(text and text.title.strip()),
        "summary": bool(text and text.summary.strip()),
        "outcome": bool(postmortem.outcome),
        "detected_on": postmortem.detected_on is not None,
        "dates": in_order(postmortem),
        "cause": evidenced,
        "second_coding": _coded_twice(postmortem),
    }
    return [gap for code, gap in GAPS.items() if not present[code]]


def _coded_twice(postmortem: Postmortem) -> bool:
    """Return whether the second coding is decided, where one is wanted."""
    second = SecondCoding.objects.filter(postmortem=postmortem).first()
    if second is not None and second.decided_at is not None:
        return True
    invited = second is not None and second.coder_id is not None
    return not invited and not needs_second(postmortem.origin, postmortem.severity)


def in_order(postmortem: Postmortem) -> bool:
    """Return whether no date of the record contradicts another.

    Only what must follow is asked: a fault is introduced before anybody could have
    seen it, seen before it is acknowledged, mitigated, resolved and reviewed.
    """
    first = [postmortem.introduced_on, postmortem.detectable_on, postmortem.detected_on]
    later = [
        postmortem.acknowledged_on,
        postmortem.mitigated_on,
        postmortem.resolved_on,
        postmortem.reviewed_on,
    ]
    known = [day for day in first if day is not None]
    after = [day for day in later if day is not None]
    seen = postmortem.detected_on
    return known == sorted(known) and (
        seen is None or all(day >= seen for day in after)
    )


def missing_for_review(postmortem: Postmortem) -> list[Missing]:
    """Return what a reviewer needs before looking: a title and a summary."""
    needed = {"title", "summary"}
    return [gap for gap in missing_for_publication(postmortem) if gap.code in needed]
