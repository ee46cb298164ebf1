"""What still stands against approving an assessment, in words."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from projects.choices import ReviewVerdict, ThreadState
from projects.instruments import question_texts
from projects.models import Assessment
from projects.scoring.instrument import GateEffect
from projects.selectors.gates import fired_gates, gate_standings
from projects.selectors.reviews import section_titles
from riskbase.shared.templatetags.riskbase import localized


def missing_for_approval(assessment: Assessment, today: dt.date) -> list[str]:
    """Return one sentence for each thing that is missing; empty: it may be approved."""
    return [
        *_open_changes(assessment),
        *_open_verdicts(assessment),
        *_unmet_gates(assessment, today),
    ]


def _open_changes(assessment: Assessment) -> Iterator[str]:
    asked = assessment.threads.filter(state=ThreadState.OPEN, asks_change=True)
    entries = question_texts(assessment.questionnaire_version)
    for question in dict.fromkeys(asked.values_list("question", flat=True)):
        text = localized(entries.get(question, {}).get("text") or question)
        yield _("A change is still asked for: “%(question)s”") % {"question": text}


def _open_verdicts(assessment: Assessment) -> Iterator[str]:
    titles = section_titles(assessment)
    for review in assessment.section_reviews.exclude(
        verdict=ReviewVerdict.ACCEPTED
    ).select_related("reviewer"):
        said = {"person": str(review.reviewer), "section": ""}
        if review.section:
            said["section"] = localized(titles.get(review.section, review.section))
            yield _("%(person)s has not accepted the section “%(section)s”.") % said
        else:
            yield _("%(person)s has not accepted the assessment.") % said


def _unmet_gates(assessment: Assessment, today: dt.date) -> Iterator[str]:
    for gate in gate_standings(assessment, fired_gates(assessment), today):
        if gate.is_met:
            continue
        said = {
            "message": localized(gate.message),
            "practice": localized(gate.practice_title),
        }
        if gate.effect == GateEffect.BLOCK:
            yield (_("A gate holds without an approved exception: %(message)s") % said)
        else:
            yield (
                _(
                    "A gate asks for the practice “%(practice)s”, which is neither planned "
                    "nor excepted: %(message)s"
                )
                % said
            )
