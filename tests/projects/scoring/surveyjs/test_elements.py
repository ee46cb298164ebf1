"""Pages and panels are walked in order, and what is around a question comes with it."""

import pytest

from projects.scoring.surveyjs.elements import MAX_PANELS, pages_of
from projects.scoring.surveyjs.report import Report
from tests.projects.scoring.surveyjs.examples import a_survey


def walked(survey):
    report = Report()
    return list(pages_of(survey, report)), report


def test_questions_come_in_order_with_panel_and_conditions():
    pages, report = walked(a_survey())
    assert [page.name for page in pages] == ["theData", "people"]
    assert [asked.name for asked in pages[0].asked] == [
        "source",
        "known-by",
        "price",
        "signedOn",
    ]
    price = pages[0].asked[2]
    assert price.panel == "deeper"
    assert price.place == "theData/about/deeper/price"
    assert [each.source for each in price.conditions] == [
        "{source} <> 'own'",
        "{known-by} contains 'contract'",
    ]
    assert pages[1].asked[0].conditions[0].is_page
    assert pages[0].asked[0].panel == ""
    assert report.counts == {"pages": 3, "elements": 14, "panels": 2}
    assert [entry.code for entry in report.entries] == [
        "text_left_out",
        "empty_page",
        "panel_title",
    ]


def test_a_survey_without_pages_is_one():
    [page], _ = walked({"elements": [{"type": "text", "name": "a"}]})
    assert [asked.name for asked in page.asked] == ["a"]


@pytest.mark.parametrize(
    "survey",
    [
        {"pages": 7},
        {"pages": ["a"]},
        {"pages": [{"elements": "a"}]},
        {"pages": [{"elements": ["a"]}]},
    ],
)
def test_what_has_no_form_is_told(survey):
    pages, report = walked(survey)
    assert not pages
    assert "malformed" in [entry.code for entry in report.entries]


def test_nameless_elements_get_a_name():
    [page], _ = walked({"pages": [{"elements": [{"type": ["x"]}, {"name": " "}]}]})
    assert (page.name, [asked.name for asked in page.asked]) == (
        "page1",
        ["element1", "element2"],
    )


def test_panels_without_end_are_left_out():
    inner = {"type": "text", "name": "a"}
    for number in range(MAX_PANELS + 1):
        inner = {"type": "panel", "name": f"p{number}", "elements": [inner]}
    pages, report = walked({"elements": [inner]})
    assert not pages
    assert "too_deep" in [entry.code for entry in report.entries]
