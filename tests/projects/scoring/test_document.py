from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from projects.scoring import (
    IMPACT,
    Combine,
    Floor,
    GateEffect,
    InstrumentError,
    instrument_from_document,
)
from projects.scoring.source import read
from tests.projects.scoring.examples import a_document, words


def question(document, index):
    return document["sections"][0]["questions"][index]


def problems(document, **options):
    with pytest.raises(InstrumentError) as caught:
        instrument_from_document(document, **options)
    return [str(problem) for problem in caught.value.problems]


def test_document_becomes_an_instrument():
    instrument = instrument_from_document(a_document())
    assert (instrument.code, instrument.version) == ("ml-project-risk", "1")
    split, used, trust, rows, due, remarks, people = instrument.questions
    assert split.weights == (("alpha", 8), ("alpha-one", 3))
    assert split.choices[1].signal == Fraction(55, 100)
    assert split.choices[2].floor == Floor("alpha", 75)
    assert split.unknown_signal == Fraction(70, 100)
    assert used.combine is Combine.SUM
    assert used.visible_when.names() == {"split"}
    assert trust.signals[1] == Fraction(3, 4)
    assert trust.allow_not_applicable
    assert rows.breakpoints[1] == (50, Fraction(1, 2))
    assert (rows.minimum, rows.maximum) == (0, 100)
    assert not due.allow_unknown
    assert remarks.weight == 0
    assert people.weights == ((IMPACT, 6),)
    assert [gate.effect for gate in instrument.gates] == [
        GateEffect.REQUIRE_PRACTICE,
        GateEffect.BLOCK,
    ]


def test_document_survives_yaml():
    loaded = yaml.safe_load(yaml.safe_dump(a_document()))
    assert instrument_from_document(loaded) == instrument_from_document(a_document())


def test_left_out_keys_take_their_defaults():
    document = a_document()
    for key in ("gates", "completeness_threshold", "method"):
        del document[key]
    del question(document, 0)["unknown_signal"]
    del question(document, 0)["sources"]["seeds"]
    for key in ("breakpoints", "minimum", "maximum", "weights"):
        del question(document, 3)[key]
    instrument = instrument_from_document(document)
    assert instrument.gates == ()
    assert instrument.completeness_threshold == Fraction(80, 100)
    assert instrument.questions[0].unknown_signal == Fraction(60, 100)
    assert instrument.questions[3].maximum is None


def test_every_problem_has_its_path():
    document = a_document()
    document["colour"] = "red"
    document["version"] = True
    document["method"] = "magic"
    split, used, trust, rows = (question(document, index) for index in range(4))
    del split["text"]["ru"]
    split["choices"][0]["points"] = 3
    split["choices"][2]["floor"]["why"] = "x"
    split["sources"]["books"] = []
    del used["combine"]
    used["visible_when"] = "split == "
    del trust["kind"]
    rows["choices"] = []
    document["gates"][0]["effect"] = "explode"
    del document["gates"][1]["effect"]
    first = "sections[0].questions"
    expected = "expected a short number or a text in quotes"
    assert set(problems(document)) >= {
        "colour: unknown key",
        "version: neither a whole number nor a text",
        "method: not one of weighted, additive",
        f"{first}[0].text.ru: the translation is missing",
        f"{first}[0].choices[0].points: unknown key",
        f"{first}[0].choices[2].floor.why: unknown key",
        f"{first}[0].sources.books: unknown key",
        f"{first}[1].combine: missing",
        f"{first}[1].visible_when: {expected} (at character 10)",
        f"{first}[2].kind: missing",
        f"{first}[3].choices: unknown key",
        "gates[0].effect: not one of block, require_review, require_practice",
        "gates[1].effect: missing",
    }


def test_impact_question_takes_one_weight():
    document = a_document()
    stakes = document["sections"][1]["questions"][0]
    stakes["weights"] = {"alpha": 1}
    path = "sections[1].questions[0].weights"
    assert problems(document) == [f"{path}: unknown key"]
    del stakes["weights"]
    del stakes["weight"]
    path = "sections[1].questions[0].weight"
    assert problems(document) == [f"{path}: a scored question weighs on something"]


def test_sense_is_checked_once_the_form_is_right():
    document = a_document()
    question(document, 0)["choices"][0]["signal"] = 0.333
    assert problems(document) == [
        "sections[0].questions[0].choices[0].signal: not in 0..1 with two decimals"
    ]


def test_languages_are_those_asked_for():
    document = a_document()
    assert "title.fr: the translation is missing" in problems(
        document, languages=("en", "fr")
    )
    document["title"] = {"eo": "Titolo"}
    assert instrument_from_document(document, languages=()).code == "ml-project-risk"


def test_missing_parts_are_all_named():
    assert problems({}) == [
        f"{key}: missing"
        for key in ("title", "description", "minutes", "code", "version", "sections")
    ]


def test_condition_that_is_no_text_is_noted():
    document = a_document()
    document["gates"][0]["when"] = 5
    assert problems(document) == [
        "gates[0].when: not a text (quote words such as yes, no, on, off)"
    ]


def test_retired_choice_is_kept_and_not_offered():
    document = a_document()
    choices = question(document, 0)["choices"]
    choices.append({**choices[0], "code": "by_hand", "retired": True})
    split = instrument_from_document(document).questions[0]
    assert [choice.retired for choice in split.choices] == [False] * 3 + [True]
    assert split.offered == split.choices[:3]


def test_words_of_texts_never_reach_the_instrument():
    document = a_document()
    changed = a_document()
    question(changed, 0)["text"] = words("Another wording")
    assert instrument_from_document(document) == instrument_from_document(changed)


SEEDS = Path(__file__).parents[3] / "projects" / "seeds" / "questionnaires"


@pytest.mark.parametrize(
    "path", sorted(SEEDS.glob("*.yaml")), ids=lambda path: path.stem
)
def test_shipped_questionnaires_are_valid(path):
    document = read(path.read_bytes()).document
    assert instrument_from_document(document).questions
