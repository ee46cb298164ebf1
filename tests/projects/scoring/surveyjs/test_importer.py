"""A survey becomes a document of ours, whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.scoring.document import read_document
from projects.scoring.instrument import LANGUAGES
from projects.scoring.source import read
from projects.scoring.surveyjs import Convention, Options, import_survey
from projects.scoring.validity import instrument_problems
from projects.scoring.writing import source_of
from tests.projects.scoring.surveyjs.examples import a_survey, by_code, one_page

PLAIN = Options("go-live")


def imported(survey, **options):
    return import_survey(survey, Options("go-live", **options))


def problems(document):
    instrument, found = read_document(document, LANGUAGES)
    return [*found, *instrument_problems(instrument)]


def test_the_example_is_read_whole():
    done = imported(a_survey(), minutes=9)
    document, report = done.document, done.report
    # A survey has no points of its own: they are the author's to give.
    assert [problem.code for problem in problems(document)] == ["no_points"]
    assert document["languages"] == ["en", "fr"]
    assert document["title"]["fr"] == "Avant la mise en service"
    assert document["minutes"] == 9
    assert [section["code"] for section in document["sections"]] == [
        "the_data",
        "people",
    ]
    assert {
        code: (question["kind"], question.get("visible_when"))
        for code, question in by_code(document).items()
    } == {
        "source": ("single", None),
        "known_by": ("multiple", SELLER),
        "price": ("number", f"{SELLER} and 'contract' in known_by".replace(*BOUND)),
        "signed_on": (
            "date",
            f"{SELLER} and (price >= 100.5 and answered(source))".replace(*BOUND),
        ),
        "stars": ("scale", IN_TIME),
        "tens": ("single", IN_TIME),
        "asked": (
            "single",
            f"({IN_TIME}) and (stars in [3, 4, 5] or tens in ['9', '10'])",
        ),
        "who": ("single", f"({IN_TIME}) and asked == 'true'"),
        "q_in": (
            "text",
            f"({IN_TIME}) and ((not who == 'one') and ({VISITED}))",
        ),
        "last": ("text", IN_TIME),
    }
    assert report.counts["page_conditions"] == 1
    assert report.counts["element_conditions"] == 6
    assert report.counts["conditions_lost"] == 1
    assert report.names["known-by"] == "known_by"
    assert report.values["known_by"] == {
        "contract": "contract",
        "visit": "visit",
        "3": "3",
    }
    assert {entry.code for entry in report.entries} == {
        "condition_not_understood",
        "unknown_type",
        "points_missing",
        "text_left_out",
        "empty_page",
        "panel_title",
        "untranslated",
        "other_written",
    }


SELLER = "not (source == 'own')"
VISITED = "'visit' in known_by and '3' in known_by"
BOUND = (SELLER, f"({SELLER})")
IN_TIME = "(not answered(signed_on)) or signed_on < '2030-01-31'"


def test_it_can_be_written_and_read_back():
    document = imported(a_survey()).document
    assert read(source_of(document)).document == document


def test_a_lost_condition_says_what_and_where():
    report = imported(a_survey()).report
    [lost] = [e for e in report.entries if e.code == "condition_not_understood"]
    assert lost.place == "people/last"
    assert lost.params == {
        "condition": "{panel.in} = 1",
        "reason": "inner_name",
        "position": 0,
        "of_name": "panel.in",
    }


def test_the_order_of_questions_counts():
    survey = one_page(
        {"type": "text", "name": "a", "visibleIf": "{b} notempty"},
        {"type": "text", "name": "b", "visibleIf": 7},
        {"type": "text", "name": "b"},
    )
    done = imported(survey)
    reasons = [e.params.get("reason", e.code) for e in done.report.entries]
    assert reasons[:3] == ["later_question", "not_a_text", "duplicate_name"]
    assert list(by_code(done.document)) == ["a", "b", "b_2"]


def test_what_the_survey_lacks_is_given():
    document = imported(one_page({"name": "a"}), title="Ours", minutes=None).document
    assert document["title"] == document["description"] == {"en": "Ours"}
    assert document["minutes"] == 1
    assert document["sections"][0]["title"] == {"en": "page"}


def test_points_without_any_risk_are_told():
    done = imported(one_page({"name": "a"}), convention=Convention.SUFFIX_POINTS)
    assert [entry.code for entry in done.report.entries] == ["nothing_scored"]
    assert "adjustments" not in done.document


WORDS = st.sampled_from(
    ["", "q", "a-1", "{q} = 'a'", "{q}", "panel", "radiogroup", "checkbox", "rating"]
) | st.text(max_size=3)
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
KEYS = st.sampled_from(
    [
        "pages",
        "elements",
        "name",
        "type",
        "choices",
        "value",
        "text",
        "title",
        "visibleIf",
        "rateMin",
        "rateMax",
        "rateStep",
        "rateValues",
        "inputType",
        "min",
        "max",
        "hasOther",
        "default",
        "fr",
        "isRequired",
        "locale",
        "valueTrue",
        "triggers",
    ]
)
ANYTHING = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
    ),
    max_leaves=20,
)
ELEMENTS = st.dictionaries(KEYS, ANYTHING, max_size=6)


@given(
    st.dictionaries(KEYS, ANYTHING, max_size=5)
    | st.lists(ELEMENTS, max_size=4).map(lambda found: one_page(*found)),
    st.sampled_from(Convention),
)
def test_nothing_in_a_survey_raises(survey, convention):
    done = import_survey(survey, Options("go-live", convention))
    codes = {problem.code for problem in problems(done.document)}
    assert codes <= {"no_points"}
    done.report.to_json()


@pytest.mark.parametrize("convention", Convention)
def test_the_same_survey_gives_the_same(convention):
    first = import_survey(a_survey(), Options("x", convention))
    second = import_survey(a_survey(), Options("x", convention))
    assert first.document == second.document
    assert first.report.to_json() == second.report.to_json()
