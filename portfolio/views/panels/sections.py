"""All sections of the statistics page, in the order wanted."""

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
    k = payload["small_cell_threshold"]
    makers = [
        partial(base_rates, payload, titles, k),
        partial(pareto_panel, payload, titles, k),
        partial(stage_matrix, payload, k),
        partial(trend_panel, payload, k),
        partial(split, payload, "outcomes", _("How they ended"), words.outcome, k),
        partial(robustness, payload, k),
        partial(escape_time, payload, titles, k),
        partial(entries, payload),
        partial(published, payload),
    ]
    if "failure_rate" in payload:
        makers.insert(0, partial(failure_rate, payload, k))
        tiers = partial(split, payload, "tiers", _("Projects by tier"), words.tier, k)
        makers.insert(5, tiers)
    return [make() for make in makers]
