import pytest

from failures.selectors.precedents import nearest_cases, possible_duplicates
from tests.factories.failures import CauseFactory, CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def causes(db):
    leakage = CauseFactory(slug="leakage")
    return {
        "leakage": leakage,
        "lk-time": CauseFactory(slug="lk-time", parent=leakage),
        "deployment": CauseFactory(slug="deployment"),
    }


def case(causes, *slugs, **values):
    record = PostmortemFactory(case=True, **values)
    for slug in slugs:
        CodingFactory(postmortem=record, cause=causes[slug])
    return record


def test_nearest_cases_puts_the_same_cause_before_its_relative(causes, alice):
    relative = case(causes, "leakage")
    same = case(causes, "lk-time")
    case(causes, "deployment")
    found = nearest_cases(user=alice, profile={"lk-time": 70.0})
    assert [near.postmortem for near in found] == [same, relative]
    assert found[0].similarity == pytest.approx(1)
    assert found[0].reasons[0].slug == "lk-time"
    assert found[0].reasons[0].share == pytest.approx(1)


def test_nearest_cases_leaves_out_drafts_and_what_is_not_visible(
    causes, charlie, retail
):
    for values in ({"unit": retail}, {"unit": retail, "published": True}):
        record = PostmortemFactory(**values)
        CodingFactory(postmortem=record, cause=causes["lk-time"])
    assert nearest_cases(user=charlie, profile={"lk-time": 70.0}) == []


def test_nearest_cases_of_an_empty_profile_are_none(causes, alice):
    case(causes, "lk-time")
    assert nearest_cases(user=alice, profile={}) == []
    assert nearest_cases(user=alice, profile={"lk-time": 0.0}) == []
    assert nearest_cases(user=alice, profile={"unheard-of": 3.0}) == []


def test_possible_duplicates_are_found_by_a_like_title(alice, charlie, retail):
    record = PostmortemFactory(unit=retail, title="Demand forecast failed in spring")
    found = possible_duplicates(user=alice, title="demand forcast failed")
    assert [text.postmortem for text in found] == [record]
    assert possible_duplicates(user=charlie, title="demand forecast failed") == []
    assert possible_duplicates(user=alice, title="dem") == []
    besides = possible_duplicates(
        user=alice, title="Demand forecast", besides=record.pk
    )
    assert besides == []
