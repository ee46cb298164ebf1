"""The bars of a project's causes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from projects.selectors.project_page import CauseRisk
from riskbase.shared.charts.intervals import CauseBar, cause_bars
from riskbase.shared.charts.svg import Frame, Key, Svg, responsive
from riskbase.shared.templatetags.riskbase import localized, score


def risk_chart(causes: Sequence[CauseRisk]) -> Svg:
    """Draw the top-level causes with inherent, current and target score."""
    rows = [_bar(cause) for cause in causes if cause.is_top_level]
    keys = (
        Key("range", _("Range")),
        Key("inherent", _("Inherent")),
        Key("current", _("Current")),
        Key("target", _("Target")),
    )
    frame = Frame(
        uid="project-risk",
        title=_("Risk by cause"),
        desc=_("Scores from 0 to 100; the table below gives the numbers."),
    )
    return responsive(lambda place: cause_bars(place, rows, keys=keys), frame)


def _bar(cause: CauseRisk) -> CauseBar:
    steps = dict.fromkeys((cause.point, cause.current))
    return CauseBar(
        label=localized(cause.title),
        inherent=float(cause.point),
        low=float(cause.low),
        high=float(cause.high),
        current=float(cause.current),
        target=float(cause.target),
        text=" → ".join(score(value) for value in steps),
    )
