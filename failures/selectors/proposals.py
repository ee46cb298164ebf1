"""Changes that lessons propose, and what they can change."""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from accounts.models import Person
from failures.choices import ProposalKind, ProposalState
from failures.models import Postmortem, Practice, Proposal
from failures.selectors.causes import spoken

Targets = Callable[[], Mapping[str, str]]
"""Return what can be changed: its key -> its name in the reader's language."""
SEPARATOR = ":"
"""Between the code of a questionnaire and that of its question."""
_targets: dict[str, Targets] = {}


def offers(kind: str) -> Callable[[Targets], Targets]:
    """Register the function that lists what proposals of this kind can change."""

    def register(function: Targets) -> Targets:
        _targets[kind] = function
        return function

    return register


@offers(ProposalKind.PRACTICE)
def practices() -> Mapping[str, str]:
    """Return the practices in use, by name."""
    rows = Practice.objects.filter(is_retired=False).values_list("slug", "title")
    named = [(slug, spoken(title)) for slug, title in rows]
    return dict(sorted(named, key=lambda pair: pair[1].casefold()))


def targets_of(kind: str) -> Mapping[str, str]:
    """Return what a proposal of this kind can change."""
    return _targets[kind]() if kind in _targets else {}


def proposals(user: Person) -> QuerySet[Proposal]:
    """Return the proposals from records that `user` may read."""
    records = Postmortem.objects.visible_to(user)
    return Proposal.objects.filter(
        postmortem__in=records.order_by().values("pk")
    ).select_related("postmortem__unit", "author", "decided_by")


def open_for(user: Person, questionnaire: str) -> QuerySet[Proposal]:
    """Return what is proposed for questions of a questionnaire, and not decided."""
    return proposals(user).filter(
        kind=ProposalKind.QUESTION,
        target__startswith=f"{questionnaire}{SEPARATOR}",
        state=ProposalState.OPEN,
    )


def named(rows: QuerySet[Proposal] | list[Proposal]) -> list[tuple[Proposal, str]]:
    """Return each proposal with the name of what it changes; empty for a new one."""
    rows = list(rows)
    names = {kind: targets_of(kind) for kind in {row.kind for row in rows}}
    return [(row, names[row.kind].get(row.target, row.target)) for row in rows]
