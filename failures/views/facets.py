"""Facets as links that narrow the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from failures.selectors.facets import FacetValue

LABELS: Mapping[str, Promise] = {
    "cause": _("Cause"),
    "stage": _("Stage of origin"),
    "sector": _("Sector"),
    "outcome": _("How it ended"),
    "severity": _("Severity"),
    "year": _("Year"),
}
MOST = 12
"""Values shown of one facet; the form offers all."""


@dataclass(frozen=True)
class FacetLink:
    """A value, and the list narrowed to it, or widened again where it is chosen."""

    label: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    """One facet on the page."""

    name: str
    label: str | Promise
    links: Sequence[FacetLink]


def facet_groups(
    found: Mapping[str, Sequence[FacetValue]], asked: Mapping[str, Any]
) -> list[FacetGroup]:
    """Return the facets that divide the list; `asked` are its valid filters."""
    groups = []
    for name, values in found.items():
        links = [_link(name, value, asked) for value in values[:MOST]]
        if links:
            groups.append(FacetGroup(name, LABELS[name], links))
    return groups


def _link(name: str, value: FacetValue, asked: Mapping[str, Any]) -> FacetLink:
    is_chosen = str(asked.get(name, "")) == value.value
    filters = {key: given for key, given in asked.items() if key != name}
    if not is_chosen:
        filters[name] = value.value
    query = f"?{urlencode(filters)}" if filters else ""
    href = reverse("failures:postmortem-list") + query
    return FacetLink(value.label, value.count, href, is_chosen)
