import random

import pytest

from failures.models import CauseSet, Postmortem
from failures.selectors import nearest
from failures.selectors.causes import current_tree
from failures.selectors.precedents import nearest_cases, possible_duplicates
from failures.taxonomy import nearness
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


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("compared", [1, 3, 200])
def test_nearest_cases_are_those_that_comparing_each_finds(
    causes, charlie, retail, monkeypatch, seed, compared
):
    """However few sets are compared first, and whoever may read their records."""
    monkeypatch.setattr(nearest, "COMPARED", compared)
    draw = random.Random(seed)  # noqa: S311 - repeatable
    slugs = [*causes, "unheard-of"]
    for _each in range(12):
        row = PostmortemFactory(
            **draw.choice([{"case": True}, {"unit": retail, "published": True}])
        )
        row.cause_slugs = sorted(draw.sample(slugs, draw.randint(0, 4)))
        row.save()
    profile = {slug: draw.choice([15.0, 20.0, 70.0]) for slug in draw.sample(slugs, 2)}
    tree = current_tree()
    values = [
        nearness(profile, row.cause_slugs, tree).value
        for row in Postmortem.objects.visible_to(charlie).precedents()
    ]
    best = sorted((value for value in values if value > 0), reverse=True)[:4]
    found = nearest_cases(user=charlie, profile=profile, limit=4)
    assert [near.similarity for near in found] == pytest.approx(best)


def test_database_keeps_every_set_of_causes_once(causes, alice):
    first = case(causes, "leakage", "lk-time")
    case(causes, "leakage", "lk-time")
    kept = CauseSet.objects.values_list("slugs", flat=True)
    assert ["leakage", "lk-time"] in kept
    assert len(kept) == len({tuple(slugs) for slugs in kept})
    Postmortem.objects.filter(pk=first.pk).update(cause_slugs=["deployment"])
    assert ["deployment"] in CauseSet.objects.values_list("slugs", flat=True)
    assert [] not in CauseSet.objects.values_list("slugs", flat=True)
