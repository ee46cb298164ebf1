import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit
from riskbase.shared import keyset
from tests.factories.accounts import UnitFactory

BY_NAME = keyset.Ordering("name", "name")
BY_NAME_DOWN = keyset.Ordering("-name", "name", descending=True)


def walk(ordering, size):
    cursor, seen = None, []
    while True:
        page = keyset.paginate(
            Unit.objects.all(), ordering=ordering, cursor=cursor, size=size
        )
        seen.append(page)
        if page.next is None:
            return seen
        cursor = page.next


@pytest.mark.django_db
@pytest.mark.parametrize("ordering", [BY_NAME, BY_NAME_DOWN])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_walk_shows_every_row_once_in_order(ordering, size, organization):
    for number in range(6):
        # Three equal names under different parents: ties are broken by id.
        parent = UnitFactory(name=f"parent {number}")
        UnitFactory(name="same" if number % 2 else f"unit {number}", parent=parent)
    pages = walk(ordering, size)
    names = [unit.name for page in pages for unit in page]
    assert names == sorted(names, reverse=ordering.descending)
    assert len({unit.pk for page in pages for unit in page}) == Unit.objects.count()


@pytest.mark.django_db
def test_previous_leads_back_to_the_same_page(organization):
    for number in range(7):
        UnitFactory(name=f"unit {number}")
    pages = walk(BY_NAME, 3)
    back = keyset.paginate(
        Unit.objects.all(), ordering=BY_NAME, cursor=pages[2].previous, size=3
    )
    assert [u.pk for u in back] == [u.pk for u in pages[1]]
    assert pages[0].previous is None


@pytest.mark.django_db
def test_page_costs_one_query(django_assert_num_queries, organization):
    for number in range(5):
        UnitFactory(name=f"unit {number}")
    page = keyset.paginate(Unit.objects.all(), ordering=BY_NAME, size=2)
    with django_assert_num_queries(1):
        keyset.paginate(Unit.objects.all(), ordering=BY_NAME, cursor=page.next, size=2)


@given(st.text(max_size=60))
def test_decode_refuses_what_is_not_ours(text):
    with pytest.raises(keyset.BadCursor):
        keyset.decode(text, "name")


@pytest.mark.parametrize("key", ["a\x00b", None, [], {}])
def test_decode_refuses_a_key_no_column_holds(key):
    cursor = keyset.encode("name", key, "0" * 32, backwards=False)
    with pytest.raises(keyset.BadCursor):
        keyset.decode(cursor, "name")


def test_decode_refuses_a_cursor_nested_without_end():
    cursor = base64.urlsafe_b64encode(b"[" * 3000).decode()
    with pytest.raises(keyset.BadCursor):
        keyset.decode(cursor, "name")


def test_decode_refuses_a_cursor_of_another_ordering():
    cursor = keyset.encode("name", "a", "0" * 32, backwards=False)
    with pytest.raises(keyset.BadCursor):
        keyset.decode(cursor, "-name")
