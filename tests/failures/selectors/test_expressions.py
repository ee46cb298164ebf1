"""Counts of causes survive every release: nothing is lost, and what is unmapped is told."""

import datetime as dt
import random

import pytest

from failures.models import CauseCoding, FailureCause
from failures.selectors.expressions import expressed, has_release
from failures.services import taxonomy
from tests.factories.failures import CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def words(text):
    return {"en": text, "ru": text, "zh-hans": text}


def node(slug):
    return {
        "slug": slug,
        "parent": None,
        "title": words(slug),
        "definition": words("A definition"),
        "stages": ["training"],
        "warning_signs": [words("A sign")],
        "checks": [words("A check")],
        "practices": ["split-first"],
        "robustness_related": True,
        "sources": {"seeds": ["S0.1"], "literature": []},
    }


def publish(number, slugs, **evolution):
    document = {"number": number, "label": f"r{number}", "literature": {}}
    document["nodes"] = [node(slug) for slug in slugs]
    if evolution:
        document["evolution"] = evolution
    taxonomy.load_release(document=document, at=NOW)
    return slugs


def code(count, draw, **values):
    """Code `count` published records with random causes of the release in force."""
    causes = list(FailureCause.objects.current())
    for _ in range(count):
        record = PostmortemFactory(published=True, visibility="organization", **values)
        for cause in draw.sample(causes, draw.randint(1, 2)):
            CodingFactory(postmortem=record, cause=cause)


def _rename(draw, at, number):
    old, new = draw.choice(at), f"renamed-{number}"
    return [*[s for s in at if s != old], new], {"rename": {old: new}}


def _merge(draw, at, number):
    olds, new = draw.sample(at, 2), f"merged-{number}"
    return [*[s for s in at if s not in olds], new], {"merge": {new: olds}}


def _split(draw, at, number):
    old, news = draw.choice(at), {f"part-{number}-a": "1/3", f"part-{number}-b": "2/3"}
    return [*[s for s in at if s != old], *news], {"split": {old: news}}


def _retire(draw, at, _number):
    old = draw.choice(at)
    return [s for s in at if s != old], {"retire": [old]}


STEPS = {"rename": _rename, "merge": _merge, "split": _split, "retire": _retire}


@pytest.mark.parametrize("seed", range(4))
def test_totals_are_conserved_through_changes_in_any_order(seed, alice):
    draw = random.Random(seed)  # noqa: S311 - repeatable
    at = publish(1, [f"cause-{n}" for n in range(6)])
    code(8, draw)
    kinds = draw.sample(list(STEPS), len(STEPS))
    for number, kind in enumerate(kinds, start=2):
        at, evolution = STEPS[kind](draw, at, number)
        publish(number, at, **evolution)
        code(4, draw)
    total = CauseCoding.objects.count()
    coded = expressed(alice, None)
    assert (coded.total, coded.unmapped) == (total, 0)
    for number in range(1, 6):
        assert has_release(number)
        found = expressed(alice, number)
        known = set(
            FailureCause.objects.filter(release__number=number).values_list(
                "slug", flat=True
            )
        )
        assert found.total == pytest.approx(total)
        assert {each.cause for each in found.counts} <= known
        assert sum(
            each.count for each in found.counts
        ) + found.unmapped == pytest.approx(total)
        assert found.unmapped_share == pytest.approx(found.unmapped / total)
    assert not has_release(6)


def test_a_rename_leads_there_and_back(alice):
    publish(1, ["a", "b"])
    code(5, random.Random(1))  # noqa: S311 - repeatable
    before = expressed(alice, 1)
    publish(2, ["a", "c"], rename={"b": "c"})
    there, back = expressed(alice, 2), expressed(alice, 1)
    assert back == before
    assert [each.count for each in there.counts] == [
        each.count for each in before.counts
    ]
    assert there.unmapped == 0


def test_a_cause_that_goes_without_a_word_is_unmapped_and_told(alice):
    publish(1, ["a", "b"])
    code(6, random.Random(2))  # noqa: S311 - repeatable
    publish(2, ["a"])
    found = expressed(alice, 2)
    assert found.unmapped == CauseCoding.objects.filter(cause__slug="b").count() > 0


def test_rules_that_leave_something_open_are_refused(alice):
    publish(1, ["a", "b"])
    with pytest.raises(taxonomy.TaxonomyEvolutionRefused):
        publish(2, ["a"], rename={"b": "nothing"})


def test_only_records_that_may_be_read_count(alice, charlie, elsewhere):
    publish(1, ["a"])
    record = PostmortemFactory(published=True, visibility="unit", unit=elsewhere)
    CodingFactory(postmortem=record, cause=FailureCause.objects.get())
    assert expressed(charlie, None).total == 1
    assert expressed(alice, None).total == 0
