from projects.scoring.lint.parts import coded, parts, questions, spoken, texts
from tests.projects.scoring.examples import a_document


def test_questions_have_their_place():
    places = [place for place, _ in questions(a_document())]
    assert places[0] == "sections[0].questions[0]"
    assert places[-1] == "sections[1].questions[0]"


def test_every_part_may_carry_texts():
    places = {place for place, _ in parts(a_document())}
    assert {"", "sections[1]", "gates[1]"} <= places
    assert "sections[0].questions[0].choices[2]" in places


def test_texts_have_their_place():
    places = {place for place, _ in texts(a_document())}
    assert {"title", "gates[0].message", "sections[0].questions[3].unit"} <= places


def test_whatever_is_no_mapping_is_passed_over():
    document = {"sections": [5, {"questions": {"a": 1}}, {"questions": [None, {}]}]}
    assert [place for place, _ in questions(document)] == ["sections[2].questions[1]"]
    assert list(questions({"sections": "text"})) == []


def test_only_texts_are_spoken_and_codes():
    assert spoken({"en": " A ", "ru": "", "zh": 5, 7: "x"}) == {"en": "A"}
    assert spoken("text") == {}
    assert (coded({"code": "a"}), coded({"code": [1]})) == ("a", None)
