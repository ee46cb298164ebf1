"""Sections about the stages of the life cycle."""

from django.utils.translation import gettext as _

from portfolio.views import findings, words
from portfolio.views.panels.frame import Json, Panel, Table, draw, frame
from riskbase.shared.charts.bars import Bar, bars
from riskbase.shared.charts.heat import Axis, Cell, heat_map


def stage_matrix(payload: Json) -> Panel:
    part = payload["stage_matrix"]
    title = findings.stage_matrix(part)
    labels = [words.stage(stage) for stage in part["stages"]]
    cells = [
        [Cell(value, words.count(value) if value != 0 else "") for value in line]
        for line in part["cells"]
    ]
    chart = (
        draw(
            heat_map,
            frame("stage-matrix", title),
            Axis(labels, _("Introduced in")),
            Axis(labels, _("Detected in")),
            cells,
        )
        if part["n"] != 0
        else draw(bars, frame("stage-matrix", title), [])
    )
    return Panel(
        "stage-matrix",
        title,
        chart,
        _("%(n)s records of which both stages are known.")
        % {"n": words.count(part["n"])},
        Table(
            [_("Introduced in"), *labels, _("All")],
            [
                [
                    label,
                    *(words.count(value) for value in line),
                    words.count(total),
                ]
                for label, line, total in zip(
                    labels, part["cells"], part["introduced"], strict=True
                )
            ],
        ),
        "stage-matrix",
        wide=True,
    )


def entries(payload: Json) -> Panel:
    counts = payload["entries_per_stage"]
    title = findings.entries(counts)
    return Panel(
        "entries",
        title,
        draw(
            bars,
            frame("entries", title),
            [
                Bar(words.stage(stage), number, str(number))
                for stage, number in counts.items()
            ]
            if any(counts.values())
            else [],
        ),
        _(
            "Causes of the taxonomy by the stages in which they act; a cause may act in several."
        ),
        Table(
            [_("Stage"), _("Causes")],
            [[words.stage(stage), str(number)] for stage, number in counts.items()],
        ),
    )
