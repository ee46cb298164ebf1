"""A question shows what is stored, or what was entered with its fault."""

import pytest

from projects.instruments import Entry
from projects.selectors.filling import filling_of
from projects.selectors.questions import section_page
from projects.services.answers import AnswerRefused

pytestmark = pytest.mark.django_db


def by_code(page):
    return {question.code: question for question in page.questions}


def test_show_the_stored_answer(draft):
    stated = by_code(section_page(filling_of(draft), "problem"))["stated"]
    assert [option.value for option in stated.options if option.is_chosen] == ["none"]
    assert (stated.version, stated.has_notes, stated.is_shown) == (1, True, True)
    assert stated.causes[0].slug == "up-hype"


def test_show_what_was_entered_beside_its_fault(draft):
    page = section_page(
        filling_of(draft),
        "data",
        entered={"share": Entry("answered", "many")},
        faults={"share": AnswerRefused("not_a_number", "share")},
    )
    share = by_code(page)["share"]
    assert share.text_value == "many"
    assert share.errors == {"value": "Write a number, for example 12.5."}
    assert page.errors == [share]


def test_no_page_for_an_unknown_section(draft):
    assert section_page(filling_of(draft), "elsewhere") is None
