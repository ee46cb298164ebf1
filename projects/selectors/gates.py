"""The gates that an assessment's newest run fired, and what answers them."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from failures.models import Practice
from projects.choices import MitigationState, OverrideState
from projects.models import Assessment, GateOverride, ScoringRun
from projects.scoring.instrument import GateEffect
from projects.selectors.knowledge import Texts

OVERRIDABLE = frozenset({GateEffect.BLOCK.value, GateEffect.REQUIRE_PRACTICE.value})
"""Effects that an exception can lift; a demanded review is answered by the review."""


@dataclass(frozen=True)
class GateStanding:
    """A gate that holds, in words, with the exception that matters most."""

    code: str
    effect: str
    message: Texts
    practice: str
    practice_title: Texts
    is_planned: bool
    override: GateOverride | None
    today: dt.date

    @property
    def is_lifted(self) -> bool:
        """Whether an approved exception counts today."""
        return self.override is not None and counts(self.override, self.today)

    @property
    def is_waiting(self) -> bool:
        """Whether an exception waits for a decision."""
        return bool(self.override and self.override.state == OverrideState.REQUESTED)

    @property
    def expired_on(self) -> dt.date | None:
        """The last day of an approved exception that counts no more."""
        approved = self.override and self.override.state == OverrideState.APPROVED
        if self.override is None or not approved or self.is_lifted:
            return None
        return self.override.expires_on

    @property
    def is_overridable(self) -> bool:
        return self.effect in OVERRIDABLE

    @property
    def is_met(self) -> bool:
        """Whether nothing of it stands against an approval."""
        if self.effect == GateEffect.REQUIRE_REVIEW or self.is_lifted:
            return True
        return self.effect == GateEffect.REQUIRE_PRACTICE and self.is_planned


def counts(override: GateOverride, today: dt.date) -> bool:
    """Return whether it is approved and its last day is not over."""
    return override.state == OverrideState.APPROVED and override.expires_on >= today


def fired_gates(assessment: Assessment) -> list[dict[str, Any]]:
    """Return code, effect and practice of each gate that the newest run fired."""
    run = assessment.runs.select_related("record").first()
    return gates_of(run) if run is not None else []


def gates_of(run: ScoringRun) -> list[dict[str, Any]]:
    """Return code, effect and practice of each gate that `run` fired."""
    fired: list[dict[str, Any]] = json.loads(run.record.result)["result"]["gates"][
        "fired"
    ]
    return fired


def gate_standings(
    assessment: Assessment, fired: list[dict[str, Any]], today: dt.date
) -> list[GateStanding]:
    """Return the fired gates, each with its exception and its practice's plan."""
    if not fired:
        return []
    entries = assessment.questionnaire_version.document.get("gates", [])
    messages: dict[str, Texts] = {each["code"]: each["message"] for each in entries}
    wanted = [gate["practice"] for gate in fired if gate["practice"]]
    titles = dict(Practice.objects.filter(slug__in=wanted).values_list("slug", "title"))
    mitigations = assessment.project.mitigations.filter(practice__slug__in=wanted)
    planned = set(
        mitigations.exclude(state=MitigationState.DROPPED).values_list(
            "practice__slug", flat=True
        )
    )
    overrides = list(assessment.overrides.select_related("requested_by", "decided_by"))
    return [
        GateStanding(
            code=gate["code"],
            effect=gate["effect"],
            message=messages.get(gate["code"], {"en": gate["code"]}),
            practice=gate["practice"] or "",
            practice_title=titles.get(gate["practice"])
            or {"en": gate["practice"] or ""},
            is_planned=gate["practice"] in planned,
            override=_foremost(
                (row for row in overrides if row.gate == gate["code"]), today
            ),
            today=today,
        )
        for gate in fired
    ]


def overrides_for(user: User) -> QuerySet[GateOverride]:
    """Return the exceptions in the assessments visible to `user`."""
    return GateOverride.objects.visible_to(user).select_related(
        "assessment__project__unit",
        "assessment__questionnaire_version",
        "requested_by",
        "decided_by",
    )


def _foremost(rows: Iterable[GateOverride], today: dt.date) -> GateOverride | None:
    """Return the one that counts, else the one that waits, else the newest."""
    newest_first = sorted(rows, key=lambda row: row.pk, reverse=True)
    for fits in (
        lambda row: counts(row, today),
        lambda row: row.state == OverrideState.REQUESTED,
    ):
        if found := next(filter(fits, newest_first), None):
            return found
    return newest_first[0] if newest_first else None
