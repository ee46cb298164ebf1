"""All sections of the statistics page, in the order wanted."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from portfolio.models import Snapshot
from portfolio.views import words
from portfolio.views.panels.causes import base_rates, escape_time, pareto_panel
from portfolio.views.panels.frame import Panel, Titles
from portfolio.views.panels.published import published
from portfolio.views.panels.rates import failure_rate, robustness, split, trend_panel
from portfolio.views.panels.stages import entries, stage_matrix


def panels_of(snapshot: Snapshot, titles: Titles) -> list[Panel]:
    """Return the sections of the page, the most wanted first."""
    payload = snapshot.payload
    makers = [
        partial(base_rates, payload, titles),
        partial(pareto_panel, payload, titles),
        partial(stage_matrix, payload),
        partial(trend_panel, payload),
        partial(split, payload, "outcomes", _("How they ended"), words.outcome),
        partial(robustness, payload),
        partial(escape_time, payload, titles),
        partial(entries, payload),
        partial(published, payload),
    ]
    if "failure_rate" in payload:
        makers.insert(0, partial(failure_rate, payload))
        tiers = partial(split, payload, "tiers", _("Projects by tier"), words.tier)
        makers.insert(5, tiers)
    return [panel for panel in (make() for make in makers) if not panel.is_empty]


def rows_of(panels: Sequence[Panel]) -> list[list[Panel]]:
    """Lay the sections out: wide ones alone, the others in pairs, none alone between."""
    rows: list[list[Panel]] = []
    halves: list[Panel] = []
    for panel in panels:
        if panel.wide:
            rows.append([panel])
        else:
            halves.append(panel)
    return rows + [halves[at : at + 2] for at in range(0, len(halves), 2)]
