import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from failures.models import Postmortem, PostmortemText
from failures.search import Criteria, find, matching, visible
from failures.services import copies
from riskbase.shared import keyset
from riskbase.shared.keyset import BadCursor
from tests.factories.failures import CauseFactory, CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db


def titles(user, words="", **criteria):
    page = find(user=user, criteria=Criteria(q=words, **criteria), language="en")
    return [hit.text.title for hit in page.items]


def told(record, language, title, summary):
    PostmortemText.objects.create(
        postmortem=record, language=language, title=title, summary=summary
    )
    copies.refresh_search([record.pk])


def test_find_ranks_the_title_above_a_mention(alice, retail):
    PostmortemFactory(unit=retail, title="Churn", title__summary="A forecast was late.")
    PostmortemFactory(unit=retail, title="Forecast of demand failed")
    PostmortemFactory(unit=retail, title="Something else")
    assert titles(alice, "forecasting") == ["Forecast of demand failed", "Churn"]


def test_find_forgives_a_typing_error_in_the_title(alice, retail):
    PostmortemFactory(unit=retail, title="Zillow Offers closed")
    assert titles(alice, "zilow") == ["Zillow Offers closed"]


def test_find_speaks_russian_and_chinese(alice, retail):
    record = PostmortemFactory(unit=retail, title="Leak")
    told(record, "ru", "Утечка данных", "Признаки содержали ответы.")
    told(record, "zh-hans", "数据泄漏", "训练时看到了答案。")
    assert titles(alice, "утечки") == ["Leak"]
    assert titles(alice, "признаках") == ["Leak"]
    assert titles(alice, "看到") == ["Leak"]


def test_minus_leaves_a_record_out_in_whatever_language_it_is_told(alice, retail):
    record = PostmortemFactory(unit=retail, title="Chatbot forecast")
    told(record, "ru", "Прогноз", "Спрос и forecast.")
    PostmortemFactory(unit=retail, title="Weather forecast")
    for words in ("forecast -chatbot", 'forecast -"chatbot forecast"'):
        assert titles(alice, words) == ["Weather forecast"]
        rows = matching(Postmortem.objects.all(), words)
        assert rows.get().texts.get().title == "Weather forecast"
    assert titles(alice, "chatbots -forecast") == []
    assert titles(alice, "weather - forecast") == []


def test_find_shows_only_what_the_reader_may_see(charlie, vera, retail):
    PostmortemFactory(unit=retail, title="Secret forecast", published=True)
    assert titles(charlie, "forecast") == []
    assert titles(vera, "forecast") == ["Secret forecast"]


def test_find_filters_by_cause_with_those_below_it(alice, retail):
    top = CauseFactory(slug="leakage")
    below = CauseFactory(slug="lk-time", parent=top)
    record = PostmortemFactory(unit=retail, title="Timing")
    CodingFactory(postmortem=record, cause=below)
    PostmortemFactory(unit=retail, title="Other")
    assert titles(alice, causes=("leakage", "lk-time")) == ["Timing"]
    assert titles(alice, causes=("leakage",)) == []


def test_find_filters_by_facts_and_year(alice, retail):
    PostmortemFactory(unit=retail, title="Health", sector="healthcare")
    PostmortemFactory(unit=retail, title="Old", detected_on="2019-04-01")
    assert titles(alice, exact={"sector": "healthcare"}) == ["Health"]
    assert titles(alice, year=2019) == ["Old"]


def test_snippet_is_escaped_and_marked(alice, retail):
    PostmortemFactory(
        unit=retail,
        title="X",
        title__summary="<script>alert(1)</script> the forecast & more",
    )
    page = find(user=alice, criteria=Criteria(q="forecast"), language="en")
    snippet = str(page.items[0].snippet)
    assert "<mark>forecast</mark>" in snippet
    assert "<script" not in snippet
    assert "&amp; more" in snippet


@pytest.mark.parametrize("words", ["", "forecast"])
def test_find_pages_there_and_back(alice, retail, words):
    for number in range(5):
        PostmortemFactory(unit=retail, title=f"Forecast {number}")
    criteria = Criteria(q=words)
    first = find(user=alice, criteria=criteria, language="en", size=2)
    second = find(
        user=alice, criteria=criteria, language="en", size=2, cursor=first.next
    )
    third = find(
        user=alice, criteria=criteria, language="en", size=2, cursor=second.next
    )
    seen = [hit.postmortem.pk for page in (first, second, third) for hit in page.items]
    assert len(set(seen)) == 5
    assert third.next is None
    back = find(
        user=alice, criteria=criteria, language="en", size=2, cursor=third.previous
    )
    assert [hit.postmortem.pk for hit in back.items] == seen[2:4]


def test_find_refuses_a_strange_cursor(alice):
    with pytest.raises(BadCursor):
        find(user=alice, criteria=Criteria(q="x"), language="en", cursor="nonsense")


@pytest.mark.parametrize("key", ["abc", "", "1,5"])
def test_find_refuses_a_cursor_whose_rank_is_no_number(alice, retail, key):
    row = PostmortemFactory(unit=retail, title="Forecast")
    cursor = keyset.encode("relevance", key, row.pk, backwards=False)
    with pytest.raises(BadCursor):
        find(user=alice, criteria=Criteria(q="forecast"), language="en", cursor=cursor)


@pytest.mark.parametrize(
    "words", ["'; drop table --", '"a b', "a\0b", "-", "% _ \\", "(" * 300]
)
def test_find_survives_any_words(alice, words):
    assert titles(alice, words) == []


@pytest.mark.parametrize("words", ["", "forecast"])
def test_find_asks_as_often_for_many_as_for_one(alice, retail, words):
    counts = []
    for more in (1, 19):
        for _each in range(more):
            PostmortemFactory(unit=retail, title="Forecast")
        with CaptureQueriesContext(connection) as queries:
            find(user=alice, criteria=Criteria(q=words), language="en", size=100)
        counts.append(len(queries))
    # Fewer where the words find enough: no titles are compared then.
    assert counts[0] >= counts[1]


def test_matching_narrows_a_list_by_words(alice, retail):
    found = PostmortemFactory(unit=retail, title="Forecast")
    PostmortemFactory(unit=retail, title="Other")
    rows = matching(Postmortem.objects.visible_to(alice), "forecast")
    assert list(rows) == [found]


def test_visible_starts_from_what_the_reader_may_see(charlie, retail):
    PostmortemFactory(unit=retail)
    assert not visible(charlie, Criteria()).exists()
