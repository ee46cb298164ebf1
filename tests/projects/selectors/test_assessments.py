"""Lists and the pages around filling one in."""

import pytest

from projects.selectors.assessments import (
    check_page,
    filtered,
    run_of,
    task_list,
    visible_assessments,
)
from projects.selectors.filling import filling_of

pytestmark = pytest.mark.django_db


def test_see_what_is_in_the_unit(draft, vera, charlie):
    assert list(visible_assessments(vera)) == [draft]
    assert not visible_assessments(charlie).exists()


def test_filter_by_a_unit_above(draft, organization, elsewhere, alice):
    rows = visible_assessments(alice)
    assert list(filtered(rows, {"unit": organization, "state": "draft"})) == [draft]
    assert not filtered(rows, {"unit": elsewhere}).exists()


def test_tasks_tell_state_and_time_left(draft):
    tasks = task_list(filling_of(draft))
    problem, data = tasks.sections
    assert (problem.state, data.state) == ("in_progress", "in_progress")
    assert (problem.progress.left, problem.progress.unknown) == (1, 1)
    assert tasks.minutes_left == 3
    assert tasks.next == problem
    assert (tasks.before("data"), tasks.after("data")) == (problem, None)


def test_check_sorts_answers_by_state(draft):
    page = check_page(filling_of(draft))
    assert [answer.code for answer in page.unknown] == ["who_asked"]
    assert len(page.blank) == 4
    assert page.answered[0].comment == "Asked twice"


def test_a_draft_has_no_run(draft):
    assert run_of(draft) is None
