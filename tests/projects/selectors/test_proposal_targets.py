import pytest
from django.utils.translation import override

from failures.selectors.proposals import targets_of
from tests.factories.projects import QuestionnaireVersionFactory


@pytest.mark.django_db
def test_every_question_in_force_is_offered_in_the_readers_language():
    version = QuestionnaireVersionFactory()
    wanted = {
        f"{version.questionnaire.code}:{question['code']}"
        for section in version.document["sections"]
        for question in section["questions"]
    }
    assert set(targets_of("question")) == wanted
    with override("ru"):
        russian = targets_of("question")
    assert russian != targets_of("question")
