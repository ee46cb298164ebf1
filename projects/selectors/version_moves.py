"""An open assessment and the newer version of its questionnaire, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from projects.choices import AnswerState
from projects.instruments import instrument_of, question_texts
from projects.models import Assessment, QuestionnaireVersion
from projects.scoring.changes import Fate, Kind, changes_between
from projects.scoring.move import Move, move_between
from projects.selectors.knowledge import Texts
from projects.selectors.wording import answer_text
from riskbase.shared.audit.models import AuditEvent

MOVED = "assessment.moved"


@dataclass(frozen=True)
class MovedQuestion:
    """A question with what was answered; `reworded`: its words or choices changed."""

    code: str
    section: str
    text: Texts
    answer: str
    is_reworded: bool = False


@dataclass(frozen=True)
class MovePage:
    """What the person confirms."""

    version: QuestionnaireVersion
    carried: list[MovedQuestion]
    again: list[MovedQuestion]
    gone: list[MovedQuestion]
    fresh: list[MovedQuestion]


def newer_version(assessment: Assessment) -> QuestionnaireVersion | None:
    """Return the version in force if it is newer, and the assessment may move to it.

    What was submitted once stays with its version: its results are replayed from it.
    """
    if not assessment.is_draft:
        return None
    current = assessment.questionnaire_version
    return (
        QuestionnaireVersion.objects.published()
        .filter(questionnaire=current.questionnaire_id, number__gt=current.number)
        .select_related("questionnaire")
        .first()
    )


def move_of(assessment: Assessment, version: QuestionnaireVersion) -> Move:
    """Return what the version can take of the answers as they stand."""
    return move_between(
        instrument_of(assessment.questionnaire_version),
        instrument_of(version),
        said_in(assessment),
    )


def said_in(assessment: Assessment) -> dict[str, dict[str, Any]]:
    """Return the stored answers: code -> state, value, reason."""
    rows = assessment.answers.values("question", "state", "value", "reason")
    return {row["question"]: dict(row) for row in rows}


def move_page(assessment: Assessment, version: QuestionnaireVersion) -> MovePage:
    """Return what moving would do, in words."""
    move, said = move_of(assessment, version), said_in(assessment)
    before = assessment.questionnaire_version
    reworded = {
        change.code
        for change in changes_between(before.document, version.document)
        if change.kind is Kind.QUESTION and change.fate is Fate.CHANGED
    }

    def in_words(
        source: QuestionnaireVersion, codes: Iterable[str]
    ) -> list[MovedQuestion]:
        entries, places = question_texts(source), _places(source)
        old = question_texts(before)
        return [
            MovedQuestion(
                code=code,
                section=places[code],
                text=entries[code]["text"],
                answer=_answer(old.get(code), said.get(code)),
                is_reworded=code in reworded,
            )
            for code in codes
        ]

    return MovePage(
        version=version,
        carried=in_words(version, move.carried),
        again=in_words(version, move.again),
        gone=in_words(before, move.gone),
        fresh=in_words(version, move.fresh),
    )


def left_after_move(assessment: Assessment) -> list[MovedQuestion]:
    """Return the questions that a move asked to answer again and nobody did yet."""
    event = AuditEvent.objects.filter(
        target_type=assessment._meta.label_lower,
        target_id=str(assessment.pk),
        verb=MOVED,
    ).first()
    codes = (event.after or {}).get("again", []) if event else []
    if not codes:
        return []
    done = assessment.answers.exclude(state=AnswerState.BLANK)
    answered = set(done.values_list("question", flat=True))
    version = assessment.questionnaire_version
    entries, places = question_texts(version), _places(version)
    before = (event.before or {}).get("answers", {}) if event else {}
    return [
        MovedQuestion(
            code,
            places[code],
            entries[code]["text"],
            _answer(entries[code], before.get(code)),
        )
        for code in codes
        if code in entries and code not in answered
    ]


def _answer(entry: Mapping[str, Any] | None, said: Mapping[str, Any] | None) -> str:
    if entry is None or said is None:
        return ""
    return answer_text(entry, said["state"], said["value"])


def _places(version: QuestionnaireVersion) -> dict[str, str]:
    return {
        question["code"]: section["code"]
        for section in version.document["sections"]
        for question in section["questions"]
    }
