"""The taxonomy in force, and everything known about one cause."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from failures.choices import Origin, Stage
from failures.models import (
    FailureCause,
    Postmortem,
    Practice,
    PublishedRate,
    TaxonomyRelease,
)
from failures.taxonomy import CauseTree

SHOWN_PRACTICES = 8
FRAMEWORKS = {
    "aiid_gmf": "AI Incident Database: goals, methods, failures",
    "mit_ai_risk": "MIT AI Risk Repository",
    "mitre_atlas": "MITRE ATLAS",
    "nist_ai_rmf": "NIST AI Risk Management Framework",
    "kapoor_narayanan": "Kapoor & Narayanan 2023",
}
LEAKAGE_CATEGORIES = {
    "training_examples": _("in the training examples"),
    "features": _("in the features"),
    "evaluation_design": _("in the design of the evaluation"),
}


@dataclass
class CauseBranch:
    """A cause with what stands below it, and how many public cases show it."""

    cause: FailureCause
    cases: int = 0
    children: list["CauseBranch"] = field(default_factory=list)


@dataclass(frozen=True)
class CauseSheet:
    """All there is to say about one cause."""

    cause: FailureCause
    path: Sequence[FailureCause]
    children: Sequence[FailureCause]
    stages: Sequence[str]
    practices: Sequence[Practice]
    literature: Sequence[Mapping[str, Any]]
    mappings: Sequence[tuple[str, str]]
    rates: QuerySet[PublishedRate]
    slugs: Sequence[str]
    """The cause's own slug and those below it."""
    leakage: str


def current_causes() -> list[FailureCause]:
    """Return the causes of the release in force, in order."""
    return list(FailureCause.objects.current().select_related("parent"))


def tree_of(causes: Iterable[FailureCause]) -> CauseTree:
    """Return the shape of these causes; each one's parent must be loaded."""
    return CauseTree(
        {cause.slug: cause.parent.slug if cause.parent else None for cause in causes}
    )


def current_tree() -> CauseTree:
    """Return the shape of the release in force."""
    rows = FailureCause.objects.current().values_list("slug", "parent__slug")
    return CauseTree(dict(rows))


def titles() -> dict[str, Mapping[str, str]]:
    """Return slug -> title in every language, of the release in force."""
    return dict(FailureCause.objects.current().values_list("slug", "title"))


def tree_and_titles() -> tuple[CauseTree, dict[str, Mapping[str, str]]]:
    """Return both in one question."""
    rows = list(
        FailureCause.objects.current().values_list("slug", "parent__slug", "title")
    )
    tree = CauseTree({slug: parent for slug, parent, _title in rows})
    return tree, {slug: title for slug, _parent, title in rows}


def spoken(texts: Mapping[str, str]) -> str:
    """Return the text in the reader's language, else in English."""
    return texts.get(get_language() or "en") or texts.get("en", "")


def cause_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the causes for a select, each branch under its top-level cause."""
    groups: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for cause in current_causes():
        top = cause.parent.slug if cause.parent else cause.slug
        title = spoken(cause.title)
        groups.setdefault(top, (title, []))[1].append((cause.slug, title))
    return list(groups.values())


def with_descendants(slug: str) -> tuple[str, ...]:
    """Return a cause and those below it; just itself when the tree lacks it."""
    tree = current_tree()
    return tree.with_descendants(slug) if slug in tree else (slug,)


def branches(words: str = "") -> list[CauseBranch]:
    """Return the tree, or the part of it in which all of the words occur."""
    causes = current_causes()
    tree = tree_of(causes)
    counts = public_case_counts(tree)
    wanted = [word for word in words.casefold().split() if word]
    found: dict[str, CauseBranch] = {}
    tops: list[CauseBranch] = []
    kept = tree.rolled_up(cause.slug for cause in causes if _mentions(cause, wanted))
    for cause in causes:
        if cause.slug not in kept:
            continue
        branch = CauseBranch(cause, counts[cause.slug])
        found[cause.slug] = branch
        above = found.get(cause.parent.slug) if cause.parent else None
        (above.children if above else tops).append(branch)
    return tops


def matching_causes(words: str) -> list[FailureCause]:
    """Return causes in whose title, definition or signs all of the words occur."""
    wanted = words.casefold().split()
    causes = current_causes()
    found = [cause for cause in causes if _mentions(cause, wanted)]
    return sorted(found, key=lambda cause: not _in_title(cause, wanted))


def _searched(texts: Mapping[str, str]) -> str:
    """Return the text in the reader's language, and in English for loan words."""
    return f"{texts.get(get_language() or 'en', '')} {texts.get('en', '')}"


def _in_title(cause: FailureCause, wanted: Sequence[str]) -> bool:
    title = _searched(cause.title).casefold()
    return all(word in title for word in wanted)


def _mentions(cause: FailureCause, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    texts = [cause.title, cause.definition, *cause.warning_signs]
    prose = " ".join(_searched(each) for each in texts).casefold()
    return all(word in prose for word in wanted)


def public_case_counts(tree: CauseTree) -> Counter[str]:
    """Count the public cases of each cause with those below it."""
    cases = Postmortem.objects.published().filter(origin=Origin.CASE)
    return tree.roll_up(cases.values_list("cause_slugs", flat=True))


def cause_sheet(cause: FailureCause) -> CauseSheet:
    """Return everything about a cause, read with its parent and release."""
    children = list(FailureCause.objects.filter(parent=cause))
    slugs = (cause.slug, *(child.slug for child in children))
    labels = dict(Stage.choices)
    return CauseSheet(
        cause=cause,
        path=[cause.parent] if cause.parent else [],
        children=children,
        stages=[str(labels[stage]) for stage in cause.stages],
        practices=list(practices_for(slugs)[:SHOWN_PRACTICES]),
        literature=_literature(cause),
        mappings=[
            (FRAMEWORKS.get(name, name), "; ".join(_listed(value)))
            for name, value in cause.mappings.items()
            if value
        ],
        rates=PublishedRate.objects.filter(cause_slug__in=slugs),
        slugs=slugs,
        leakage=str(LEAKAGE_CATEGORIES.get(cause.leakage_category, "")),
    )


def _listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _literature(cause: FailureCause) -> list[Mapping[str, Any]]:
    known = cause.release.literature
    return [known[key] for key in cause.literature if key in known]


def practices_for(slugs: Sequence[str]) -> QuerySet[Practice]:
    """Return the practices against any of these causes, the strongest first."""
    return Practice.objects.filter(
        is_retired=False, cause_slugs__overlap=list(slugs)
    ).order_by("-effect", "slug")


def practices(words: str = "", cause: str = "", kind: str = "") -> QuerySet[Practice]:
    """Return the catalog, filtered."""
    rows = Practice.objects.filter(is_retired=False)
    if cause:
        rows = rows.filter(cause_slugs__overlap=list(with_descendants(cause)))
    if kind:
        rows = rows.filter(kind=kind)
    for word in words.split():
        found = Q(slug__icontains=word)
        for language in {get_language() or "en", "en"}:
            found |= Q(**{f"title__{language}__icontains": word})
        rows = rows.filter(found)
    return rows


def rates(cause: str = "", reliability: str = "") -> QuerySet[PublishedRate]:
    """Return the published base rates, filtered."""
    rows = PublishedRate.objects.all()
    if cause:
        rows = rows.filter(cause_slug__in=with_descendants(cause))
    return rows.filter(reliability=reliability) if reliability else rows


def current_release() -> TaxonomyRelease | None:
    """Return the taxonomy release in force, if content is loaded."""
    return TaxonomyRelease.objects.filter(is_current=True).first()


def every_practice() -> QuerySet[Practice]:
    """Return all practices, retired ones too: old records name them."""
    return Practice.objects.all()


def causes_of(practice: Practice) -> list[FailureCause]:
    """Return the causes that a practice works against."""
    rows = FailureCause.objects.current().filter(slug__in=practice.cause_slugs)
    return list(rows.select_related("parent"))


def known_cause(slug: str) -> bool:
    """Return whether the release in force has a cause of this slug."""
    return FailureCause.objects.current().filter(slug=slug).exists()


def current_rows() -> QuerySet[FailureCause]:
    """Return the causes of the release in force with parent and release."""
    return FailureCause.objects.current().select_related("parent", "release")
