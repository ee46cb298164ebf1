import pytest

from failures.models import PostmortemText
from failures.services import postmortems
from failures.services.texts import told_in
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(retail):
    record = PostmortemFactory(unit=retail, title="Churn")
    PostmortemText.objects.create(
        postmortem=record, language="ru", title="Отток", summary="Ушли."
    )
    return record


def test_a_change_of_language_writes_no_words_of_the_other(record, alice):
    """A form filled from the English text carries all of it."""
    held = record.texts.get(language="en")
    values = {"title": held.title, "summary": "Новое.", "intended": held.intended}
    postmortems.save_step(
        postmortem=record, by=alice, values={"language": "ru", **values}
    )
    told = {text.language: text for text in record.texts.all()}
    assert (told["ru"].title, told["ru"].summary) == ("Отток", "Новое.")
    assert (told["en"].title, told["en"].summary) == ("Churn", held.summary)


def test_the_only_text_comes_to_be_in_the_language_chosen(retail, alice):
    record = PostmortemFactory(unit=retail, title="Отток")
    postmortems.save_step(postmortem=record, by=alice, values={"language": "ru"})
    text = record.texts.get()
    assert (text.language, text.title) == ("ru", "Отток")
    assert told_in(record, "ru", {"title": "x"})[1] == {"title": "x"}
