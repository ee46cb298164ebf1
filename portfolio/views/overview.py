"""Charts of the first page: projects by risk, the most frequent causes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from portfolio.models import Snapshot
from portfolio.views import findings, words
from portfolio.views.panels.frame import bar, draw, frame, whiskers
from projects.choices import Tier
from projects.models import Project
from projects.scoring.tiers import MATRIX
from riskbase.shared.charts.bars import bars
from riskbase.shared.charts.matrix import Axes, Dot, risk_matrix
from riskbase.shared.charts.svg import Svg
from riskbase.shared.templatetags.riskbase import interval, score

CAUSES = 6
LABELED = 8


def project_matrix(projects: Sequence[Project]) -> Svg:
    """Draw the running projects by likelihood and impact; the riskiest are named."""
    tiers = [[str(tier) for tier in row] for row in reversed(MATRIX)]
    names = {value: str(label) for value, label in Tier.choices}
    dots = [
        Dot(
            impact=float(project.current_impact or 0),
            likelihood=float(project.current_point or 0),
            label=project.reference if index < LABELED else "",
            tooltip=_tooltip(project),
        )
        for index, project in enumerate(projects)
    ]
    axes = Axes(_("Likelihood of failure"), _("Impact"))
    title = _("Running projects by likelihood and impact")
    return draw(risk_matrix, frame("project-matrix", title), tiers, dots, axes, names)


def _tooltip(project: Project) -> str:
    likelihood = interval(project.current_low, project.current_high, "score")
    return (
        f"{project.reference} {project.name}: {score(project.current_point)}"
        f" ({likelihood}) × {score(project.current_impact)}"
    )


def cause_chart(
    snapshot: Snapshot | None, titles: Mapping[str, Any], uid: str
) -> dict[str, Any] | None:
    """Return the most frequent causes as title and chart, or None without any."""
    if snapshot is None:
        return None
    part = snapshot.payload["base_rates"]
    top = [row for row in part["rows"] if row["parent"] is None and row["value"]]
    if not top:
        return None
    top.sort(key=lambda row: -row["value"])
    title = findings.base_rates(top, titles, cases=part["measure"] == "share")
    rows = [bar(words.cause(row["cause"], titles), row) for row in top[:CAUSES]]
    chart = draw(bars, frame(uid, title), rows, unit="%", keys=whiskers())
    return {"title": title, "chart": chart}
