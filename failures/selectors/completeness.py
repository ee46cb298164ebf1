"""What a record still lacks before it can be published."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from failures.choices import CauseRole, Origin
from failures.coding import needs_second
from failures.coding.dates import contradicting
from failures.models import CauseCoding, Postmortem, PostmortemText, SecondCoding
from failures.selectors.records import own_detail, own_text


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
    "actions": Missing(
        "actions",
        _("For each root cause a follow-up, or one refused with its reason"),
        "follow-up",
    ),
}
WISHES = {
    "intended": Missing("intended", _("What was intended"), "intended"),
    "metric": Missing("metric", _("What was promised, as a number"), "intended"),
    "sector": Missing("sector", _("The sector"), "intended"),
    "task": Missing("task", _("The task of the model"), "intended"),
    "severity": Missing("severity", _("The severity"), "happened"),
    "operation": Missing("operation", _("What was seen in operation"), "happened"),
    "cost": Missing("cost", _("What it cost"), "happened"),
    "introduced_on": Missing(
        "introduced_on", _("The date when it was introduced"), "dates"
    ),
    "stages": Missing("stages", _("The stages of origin and detection"), "dates"),
    "detection": Missing("detection", _("How it was noticed"), "dates"),
    "timeline": Missing("timeline", _("A step of the timeline"), "dates"),
    "lessons": Missing("lessons", _("What others can learn"), "follow-up"),
    "went_well": Missing("went_well", _("What went well"), "follow-up"),
}
"""What nobody must give, and what makes the record worth more to others."""


@dataclass(frozen=True)
class Completeness:
    """How much of the record is told."""

    share: float
    """0 to 1, of what must and what should be told."""
    missing: list[Missing]
    """What publication waits for."""
    wishes: list[Missing]
    """What would help others."""


def completeness(postmortem: Postmortem) -> Completeness:
    """Return how complete the record is; nothing of it hangs on sealed causes."""
    missing = missing_for_publication(postmortem)
    text = own_text(postmortem)
    detail = own_detail(postmortem)
    told = {
        "intended": text.intended,
        "metric": detail.metric and detail.promised is not None,
        "sector": postmortem.sector,
        "task": postmortem.task,
        "severity": postmortem.severity,
        "operation": text.actual or detail.operation is not None,
        "cost": postmortem.loss_minor() is not None or text.loss,
        "introduced_on": postmortem.introduced_on is not None,
        "stages": postmortem.stage_introduced and postmortem.stage_detected,
        "detection": postmortem.detection,
        "timeline": postmortem.timeline.exists(),
        "lessons": text.lessons,
        "went_well": text.went_well or text.lucky,
    }
    wishes = [wish for code, wish in WISHES.items() if not told[code]]
    whole = len(GAPS) + len(WISHES)
    return Completeness((whole - len(missing) - len(wishes)) / whole, missing, wishes)


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
        .exclude(evidence="", evidence_url="", evidence_file="")
        .exists()
    )
    present = {
        "title": bool(text and text.title.strip()),
        "summary": bool(text and text.summary.strip()),
        "outcome": bool(postmortem.outcome),
        "detected_on": postmortem.detected_on is not None,
        "dates": in_order(postmortem),
        # Whether there is one yet is told to nobody while causes are sealed.
        "cause": evidenced or _is_waiting(postmortem),
        "second_coding": _coded_twice(postmortem),
        "actions": _followed_up(postmortem),
    }
    return [gap for code, gap in GAPS.items() if not present[code]]


def _coded_twice(postmortem: Postmortem) -> bool:
    """Return whether the second coding is decided, where one is wanted."""
    second = SecondCoding.objects.filter(postmortem=postmortem).first()
    if second is not None and second.decided_at is not None:
        return True
    invited = second is not None and second.coder_id is not None
    return not invited and not needs_second(postmortem.origin, postmortem.severity)


def _is_waiting(postmortem: Postmortem) -> bool:
    """Return whether causes are sealed for a second coding that is still wanted."""
    return postmortem.causes_sealed and not _coded_twice(postmortem)


def _followed_up(postmortem: Postmortem) -> bool:
    """Return whether each root cause of an own record has a follow-up.

    One that names no cause counts where there is one root cause alone. Sealed causes
    are not asked: the answer would tell of them.
    """
    if _is_waiting(postmortem) or postmortem.origin != Origin.OWN:
        return True
    roots = set(
        CauseCoding.objects.filter(
            postmortem=postmortem, role=CauseRole.ROOT
        ).values_list("cause__slug", flat=True)
    )
    named = set(postmortem.actions.values_list("cause_slug", flat=True))
    return roots <= named or (len(roots) == 1 and "" in named)


def in_order(postmortem: Postmortem) -> bool:
    """Return whether no date of the record contradicts another."""
    return not contradicting(postmortem.known_dates())


def missing_for_review(postmortem: Postmortem) -> list[Missing]:
    """Return what a reviewer needs before looking: a title and a summary."""
    needed = {"title", "summary"}
    return [gap for gap in missing_for_publication(postmortem) if gap.code in needed]
