import pytest
from django.utils import translation

from failures.selectors import causes
from tests.factories.failures import (
    CauseFactory,
    CodingFactory,
    PostmortemFactory,
    PracticeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(db):
    top = CauseFactory(slug="leakage", position=1)
    CauseFactory(slug="lk-time", parent=top, position=2)
    CauseFactory(slug="deployment", position=3)
    return top


def test_branches_show_a_hit_under_its_parent(tree):
    found = causes.branches("time")
    assert [branch.cause.slug for branch in found] == ["leakage"]
    assert [child.cause.slug for child in found[0].children] == ["lk-time"]


def test_branches_count_a_public_case_once_per_branch(tree):
    record = PostmortemFactory(case=True)
    for cause in causes.current_causes()[:2]:
        CodingFactory(postmortem=record, cause=cause)
    assert [branch.cases for branch in causes.branches()] == [1, 0]


def test_matching_causes_puts_titles_first(tree):
    CauseFactory(
        slug="other",
        position=0,
        definition={"en": "like time", "ru": "", "zh-hans": ""},
    )
    assert [cause.slug for cause in causes.matching_causes("time")] == [
        "lk-time",
        "other",
    ]


def test_matching_causes_reads_the_language_of_the_reader(tree):
    with translation.override("ru"):
        assert causes.matching_causes("deployment (ru)")


def test_cause_sheet_gathers_practices_of_the_branch(tree):
    PracticeFactory(slug="split", cause_slugs=["lk-time"])
    PracticeFactory(slug="old", cause_slugs=["lk-time"], is_retired=True)
    sheet = causes.cause_sheet(causes.current_rows().get(slug="leakage"))
    assert [practice.slug for practice in sheet.practices] == ["split"]
    assert sheet.slugs == ("leakage", "lk-time")


def test_practices_are_found_by_cause_and_words(tree):
    PracticeFactory(slug="split-by-time", cause_slugs=["lk-time"])
    PracticeFactory(slug="canary", cause_slugs=["deployment"])
    assert [row.slug for row in causes.practices(cause="leakage")] == ["split-by-time"]
    assert [row.slug for row in causes.practices(words="canary")] == ["canary"]
