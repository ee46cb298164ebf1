"""Questionnaires are open to read."""

import pytest

from projects.selectors.questionnaires import (
    document_in_one_language,
    in_force,
    printed_sections,
    retired,
)
from tests.factories.projects import QuestionnaireVersionFactory

pytestmark = pytest.mark.django_db


def test_tell_those_in_force_from_the_retired():
    QuestionnaireVersionFactory(number=1, state="retired")
    QuestionnaireVersionFactory(number=2)
    assert [each.version.number for each in in_force()] == [2]
    assert [each.version.number for each in retired()] == [1]
    assert (in_force()[0].questions, in_force()[0].sections) == (9, 2)


def test_print_weights_and_impact():
    problem = printed_sections(QuestionnaireVersionFactory())[0].questions
    assert [weight.weight for weight in problem[0].weights] == [6, 3]
    assert (problem[3].impact, problem[3].weights) == (6, [])


def test_speak_one_language_throughout():
    document = document_in_one_language(QuestionnaireVersionFactory())
    assert document["title"] == "Small intake"
    assert document["sections"][0]["questions"][0]["weights"]["up-hype"] == 6
