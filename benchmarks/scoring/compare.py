"""Our engine beside SurveyJS on Node: one sheet of the full intake, same answers.

    .venv/bin/python -m benchmarks.scoring.compare

SurveyJS is given the least it can do: set the answers, resolve visibility, walk the
visible questions and add up weights in plain JavaScript. It gives one number; ours
gives an interval per cause, floors, gates, completeness and the tier. The ratio below
is ours to theirs with one model kept for all sheets, which is their best case.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from projects.scoring import (
    AnswerSheet,
    CauseMap,
    Instrument,
    Question,
    QuestionKind,
    instrument_from_document,
    plan_for,
    resolve,
    score_with,
)
from projects.scoring.expression import (
    Answered,
    Comparison,
    Conjunction,
    Disjunction,
    Negation,
    Node,
    Operator,
    Truth,
)
from projects.scoring.unknowns import trial_answers

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTIONNAIRE = ROOT / "projects" / "seeds" / "questionnaires" / "full-intake-v1.yaml"
TAXONOMY = ROOT / "failures" / "seeds" / "taxonomy" / "v1"
NODE_FOLDER = ROOT / "var" / "benchmarks" / "node"
SURVEY_CORE = "survey-core@3.1.1"
SHEETS, ROUNDS = 300, 5


def main() -> int:
    """Print what one sheet takes here and there, and the ratio."""
    document = yaml.load(QUESTIONNAIRE.read_bytes(), Loader=yaml.CSafeLoader)
    instrument = instrument_from_document(document)
    sheets = [random_sheet(instrument, seed) for seed in range(SHEETS)]
    plan = plan_for(instrument, cause_map())
    ours = best(lambda sheet: score_with(plan, sheet), sheets)
    answer = evaluated_by_node(survey_of(instrument), sheets)
    check_same_visibility(instrument, sheets, answer["visible"])
    print(f"{len(instrument.questions)} questions, {SHEETS} sheets, best of {ROUNDS}")
    print(f"riskbase                 {ours:8.1f} µs per sheet")
    print(f"SurveyJS, model kept     {answer['reused']:8.1f} µs per sheet")
    print(f"SurveyJS, model per sheet{answer['fresh']:8.1f} µs per sheet")
    print(f"ratio to SurveyJS (kept) {ours / answer['reused']:8.2f}   limit 1.00")
    return 0 if ours <= answer["reused"] else 1


def cause_map() -> CauseMap:
    """Return cause -> top-level cause of the shipped taxonomy."""
    parents: dict[str, str | None] = {}
    for path in sorted(TAXONOMY.glob("*.yaml")):
        for node in _nodes(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)):
            parents[node["slug"]] = node.get("parent")
    return {slug: _top(slug, parents) for slug in parents}


def random_sheet(instrument: Instrument, seed: int) -> AnswerSheet:
    """Answer every question that the answers before it make visible."""
    chance = random.Random(seed)
    sheet = AnswerSheet()
    for question in instrument.questions:
        offered = list(trial_answers(question)) if question.weight else []
        if offered:
            sheet = sheet.with_answer(question.code, chance.choice(offered))
    dropped = frozenset(resolve(instrument, sheet).dropped)
    return sheet.without(dropped)


def best(evaluate: Callable[[AnswerSheet], Any], sheets: list[AnswerSheet]) -> float:
    """Return microseconds per sheet of the fastest round."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for sheet in sheets:
            evaluate(sheet)
        rounds.append((time.perf_counter() - start) * 1e6 / len(sheets))
    return min(rounds)


def survey_of(instrument: Instrument) -> dict[str, Any]:
    """Write the instrument as a survey, with what scoring needs beside each question."""
    return {
        "pages": [
            {
                "name": section.code,
                "elements": [_element(question) for question in section.questions],
            }
            for section in instrument.sections
        ]
    }


def _element(question: Question) -> dict[str, Any]:
    kinds = {QuestionKind.SINGLE: "radiogroup", QuestionKind.MULTIPLE: "checkbox"}
    element: dict[str, Any] = {
        "type": kinds.get(question.kind, "text"),
        "name": question.code,
    }
    if question.choices:
        element["choices"] = [choice.code for choice in question.choices]
    if question.kind is QuestionKind.SCALE:
        element |= {"type": "rating", "rateMin": 1, "rateMax": 5}
    if question.visible_when:
        element["visibleIf"] = _condition(question.visible_when.root)
    signals = {choice.code: float(choice.signal) for choice in question.choices}
    for step, signal in enumerate(question.signals, 1):
        signals[str(step)] = float(signal)
    element["scoring"] = {
        "weights": list(question.weights),
        "signals": signals,
        "unknown": float(question.unknown_signal),
    }
    return element


def _condition(node: Node) -> str:
    match node:
        case Conjunction(operands):
            return "(" + " and ".join(map(_condition, operands)) + ")"
        case Disjunction(operands):
            return "(" + " or ".join(map(_condition, operands)) + ")"
        case Negation(operand):
            return f"!({_condition(operand)})"
        case Answered(code):
            return f"{{{code}}} notempty"
        case Comparison(code, operator, literal):
            return _comparison(code, operator, literal)
    raise TypeError(node)


def _comparison(code: str, operator: Operator, literal: Any) -> str:
    name = f"{{{code}}}"
    written = {
        Operator.HAS: lambda: f"{name} contains {_literal(literal)}",
        Operator.HAS_NOT: lambda: f"{name} notcontains {_literal(literal)}",
        Operator.IN: lambda: _any(code, "=", literal, " or "),
        Operator.NOT_IN: lambda: f"({name} notempty and {_any(code, '<>', literal)})",
        Operator.NOT_EQUAL: lambda: (
            f"({name} notempty and {name} <> {_literal(literal)})"
        ),
        Operator.EQUAL: lambda: f"{name} = {_literal(literal)}",
    }
    plain = f"{name} {operator.value} {{}}"
    return written.get(operator, lambda: plain.format(_literal(literal)))()


def _any(code: str, sign: str, literals: tuple[Any, ...], word: str = " and ") -> str:
    parts = [f"{{{code}}} {sign} {_literal(each)}" for each in literals]
    return "(" + word.join(parts) + ")"


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(float(value))


def evaluated_by_node(
    survey: dict[str, Any], sheets: list[AnswerSheet]
) -> dict[str, Any]:
    """Install SurveyJS beside the data folder once, and let Node evaluate."""
    if not (NODE_FOLDER / "node_modules" / "survey-core").exists():
        NODE_FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-save", "--silent", SURVEY_CORE]
        subprocess.run(command, cwd=NODE_FOLDER, check=True)
    told = {
        "survey": survey,
        "rounds": ROUNDS,
        "sheets": [
            {code: answer.value for code, answer in sheet.answers.items()}
            for sheet in sheets
        ],
    }
    script = Path(__file__).with_name("survey.mjs")
    done = subprocess.run(
        ["node", str(script)],
        cwd=NODE_FOLDER,
        input=json.dumps(told),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def check_same_visibility(
    instrument: Instrument, sheets: list[AnswerSheet], theirs: list[int]
) -> None:
    """Refuse to compare engines that do not see the same questions."""
    for sheet, count in zip(sheets, theirs, strict=True):
        standings = resolve(instrument, sheet).standings
        surely = sum(standing.visible is Truth.YES for standing in standings)
        if surely != count:
            message = f"{surely} questions are visible here, {count} in SurveyJS"
            raise AssertionError(message)


def _nodes(written: Any) -> Iterator[dict[str, Any]]:
    nodes = written.get("nodes", []) if isinstance(written, dict) else written
    yield from (node for node in nodes if isinstance(node, dict) and "slug" in node)


def _top(slug: str, parents: dict[str, str | None]) -> str:
    while parent := parents.get(slug):
        slug = parent
    return slug


if __name__ == "__main__":
    sys.exit(main())
