from projects.scoring import QuestionKind
from projects.scoring.schema_questions import completeness, question_definitions


def test_every_kind_has_its_keys():
    definitions = question_definitions()
    for method in ("weighted", "additive"):
        kinds = definitions[f"{method}_question"]["properties"]["kind"]["enum"]
        assert kinds == [kind.value for kind in QuestionKind]


def test_defaults_are_those_of_the_engine():
    assert completeness()["default"] == 0.8
    question = question_definitions()["weighted_question"]
    assert question["properties"]["unknown_signal"]["default"] == 0.6
