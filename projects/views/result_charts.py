"""The drawings of a result: the matrix, and the bars of the causes."""

from django.utils.translation import gettext as _

from projects.scoring.tiers import MATRIX
from projects.selectors.results import CauseResult, Result
from riskbase.shared.charts.intervals import CauseBar, cause_bars
from riskbase.shared.charts.matrix import Axes, Dot, risk_matrix
from riskbase.shared.charts.svg import Frame, Key, Svg, responsive
from riskbase.shared.templatetags.riskbase import interval, localized, score, tier_label

TIERS = [[tier.value for tier in row] for row in reversed(MATRIX)]


def matrix_of(result: Result, name: str) -> Svg | None:
    """Draw where the project stands, with both intervals; None if not assessable."""
    if result.overall is None or result.impact is None:
        return None
    overall, impact = result.overall, result.impact
    dot = Dot(
        impact=float(impact.point),
        likelihood=float(overall.point),
        tooltip=_("%(project)s: likelihood %(likelihood)s, impact %(impact)s")
        % {
            "project": name,
            "likelihood": score(overall.point),
            "impact": score(impact.point),
        },
        impact_range=(float(impact.low), float(impact.high)),
        likelihood_range=(float(overall.low), float(overall.high)),
    )
    frame = Frame(
        uid="matrix",
        title=_("Position in the risk matrix"),
        desc=_("Likelihood upwards, impact to the right, each from 0 to 100."),
    )
    names = {tier: tier_label(tier) for row in TIERS for tier in row}
    axes = Axes(_("Likelihood of failure"), _("Impact"))
    return responsive(lambda each: risk_matrix(each, TIERS, [dot], axes, names), frame)


def bars_of(result: Result) -> Svg:
    """Draw the top-level causes, the strongest first, the unassessed last."""
    rows = [_bar(cause) for cause in [*result.assessed, *result.not_assessed]]
    keys = [
        Key("range", _("Interval")),
        Key("inherent", _("Inherent")),
        Key("current", _("Current: verified mitigations")),
        Key("target", _("Target: planned ones too")),
    ]
    if not any(cause.current is not None for cause in result.causes):
        keys = keys[:2]
    frame = Frame(
        uid="causes",
        title=_("Risk by cause"),
        desc=_(
            "Scores from 0 to 100 with their intervals; the table gives the numbers."
        ),
    )
    return responsive(lambda each: cause_bars(each, rows, keys=keys), frame)


def _bar(cause: CauseResult) -> CauseBar:
    label = localized(cause.title)
    if cause.scores is None:
        return CauseBar(label=label, text=_("not assessed"))
    low, high = cause.scores.low, cause.scores.high
    return CauseBar(
        label=label,
        inherent=float(cause.scores.point),
        low=float(low),
        high=float(high),
        current=None if cause.current is None else float(cause.current),
        target=None if cause.target is None else float(cause.target),
        text=f"{score(cause.scores.point)} ({interval(low, high, 'score')})",
    )
