from projects.scoring.sentences import (
    CONDITION,
    FORM,
    LINT,
    SENSE,
    SOURCE,
    TEMPLATES,
    sentence,
)


def test_no_code_stands_in_two_tables():
    tables = (FORM, CONDITION, SENSE, SOURCE, LINT)
    assert sum(map(len, tables)) == len(TEMPLATES)


def test_sentence_takes_its_particulars():
    assert sentence("bad_weight", {"weight": 11}) == "11 is not in 1..10"


def test_position_is_told_from_one():
    assert sentence("expected_end", {"position": 4}).endswith("(at character 5)")


def test_sentence_speaks_by_the_templates_it_is_given():
    assert sentence("missing", {}, {"missing": "нет"}) == "нет"
