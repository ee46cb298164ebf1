"""How far two coders agree, over the records that were coded twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import Person
from failures.coding.agreement import (
    Agreement,
    Coding,
    bootstrap_interval,
    cohen_kappa,
    krippendorff_alpha,
    of_cause,
    overall_alpha,
)
from failures.models import Postmortem, SecondCoding
from failures.selectors.causes import tree_and_titles
from failures.taxonomy import CauseTree

MOST = 300
"""Records that are compared, the newest; an interval over them takes half a second."""
DRAWS = 200


@dataclass(frozen=True)
class CauseAgreement:
    """How far both agree on whether a top-level cause, or one below it, was at work."""

    cause: str
    title: Mapping[str, str]
    share: float
    """Part of the records on which both say the same, 0 to 1."""
    kappa: Agreement
    alpha: Agreement


@dataclass(frozen=True)
class AgreementReport:
    """Agreement of first and second coders before they saw each other's."""

    records: int
    alpha: Agreement
    interval: tuple[float, float] | None
    """95 percent, by bootstrap over records."""
    by_cause: Sequence[CauseAgreement]


def agreement(user: Person) -> AgreementReport:
    """Compare both codings of every record that `user` may read.

    Only what both have submitted counts, and only if neither could be read before: a
    coding that waits tells nothing here.
    """
    rows = (
        SecondCoding.objects.filter(
            submitted_at__isnull=False,
            first_submitted_at__isnull=False,
            first__isnull=False,
            opened_at=None,
            postmortem__in=Postmortem.objects.visible_to(user).order_by().values("pk"),
        )
        .order_by("-submitted_at", "pk")
        .values_list("first", "judgements")[:MOST]
    )
    tree, names = tree_and_titles()
    records = [
        (_causes(first or [], tree), _causes(second, tree)) for first, second in rows
    ]
    return AgreementReport(
        records=len(records),
        alpha=overall_alpha(records),
        interval=bootstrap_interval(records, overall_alpha, draws=DRAWS),
        by_cause=[_of(records, cause, names) for cause in tree.top_level],
    )


def _causes(said: Sequence[Mapping[str, str]], tree: CauseTree) -> set[str]:
    slugs = {each["cause"] for each in said}
    return {tree.top_level_of(slug) if slug in tree else slug for slug in slugs}


def _of(
    records: Sequence[Sequence[Coding]],
    cause: str,
    names: Mapping[str, Mapping[str, str]],
) -> CauseAgreement:
    units = of_cause(records, cause)
    same = sum(first == second for first, second in units)
    return CauseAgreement(
        cause=cause,
        title=names.get(cause, {"en": cause}),
        share=same / len(units) if units else 0.0,
        kappa=cohen_kappa(units),
        alpha=krippendorff_alpha(units),
    )
