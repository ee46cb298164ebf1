import datetime as dt

import pytest

from failures.models import ActionItem
from failures.selectors.follow_ups import BY_DUE, Wanted, follow_ups, narrowed, overdue
from riskbase.shared import keyset
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 31)


@pytest.fixture
def rows(retail, alice):
    record = PostmortemFactory(unit=retail, published=True, visibility="unit")

    def action(text, **values):
        return ActionItem.objects.create(
            postmortem=record, text=text, kind="prevent", **values
        )

    late = dt.date(2026, 3, 1)
    return [
        action("undated", owner=alice),
        action("late", due_on=late, priority="high"),
        action("done late", due_on=late, state="done"),
        action("refused", state="wont_do", refusal_reason="Too dear"),
        action("later", due_on=dt.date(2026, 5, 1)),
    ]


def texts(user, **wanted):
    found = narrowed(follow_ups(user), Wanted(**wanted), user=user, today=TODAY)
    return [row.text for row in keyset.paginate(found, ordering=BY_DUE).items]


def test_the_most_urgent_stand_first_and_the_undated_last(rows, alice):
    found = texts(alice)
    assert set(found[:2]) == {"late", "done late"}
    assert found[2] == "later"
    assert set(found[3:]) == {"undated", "refused"}


def test_filters(rows, alice):
    assert texts(alice, state="overdue") == ["late"]
    assert "refused" not in texts(alice, state="waiting")
    assert texts(alice, state="done") == ["done late"]
    assert texts(alice, mine=True) == ["undated"]
    assert texts(alice, priority="high") == ["late"]


def test_what_is_done_is_not_overdue(rows, alice):
    assert [row.text for row in overdue(follow_ups(alice), TODAY)] == ["late"]
    assert [row.is_undone for row in rows] == [True, True, False, False, True]


def test_only_follow_ups_of_readable_records(rows, charlie):
    assert texts(charlie) == []
