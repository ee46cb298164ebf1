"""Causes are merged, split, renamed and retired in any order: nothing is lost or made."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failures.taxonomy.evolution import (
    Evolution,
    NoWay,
    inverse,
    path_between,
    read_evolution,
    reexpress,
    tally,
)

START = [f"c{n}" for n in range(8)]
weights = st.integers(0, 40).map(Fraction)


@st.composite
def histories(draw):
    """Return causes of each release, and the steps between them, in random order."""
    releases, steps, fresh = [list(START)], [], iter(range(100, 1000))
    for number in range(1, draw(st.integers(1, 6)) + 1):
        before = releases[-1]
        after, document = list(before), {}
        kind = draw(st.sampled_from(["rename", "merge", "split", "retire", "none"]))
        if kind == "rename":
            old, new = draw(st.sampled_from(before)), f"c{next(fresh)}"
            after[after.index(old)] = new
            document = {"rename": {old: new}}
        elif kind == "merge" and len(before) > 2:
            olds = draw(
                st.lists(st.sampled_from(before), min_size=2, max_size=3, unique=True)
            )
            new = draw(st.sampled_from([olds[0], f"c{next(fresh)}"]))
            after = [slug for slug in after if slug not in olds] + [new]
            document = {"merge": {new: olds}}
        elif kind == "split":
            old = draw(st.sampled_from(before))
            news = [f"c{next(fresh)}" for _ in range(draw(st.integers(2, 3)))]
            parts = [Fraction(draw(st.integers(1, 9))) for _ in news]
            shares = {n: str(p / sum(parts)) for n, p in zip(news, parts, strict=True)}
            after = [slug for slug in after if slug != old] + news
            document = {"split": {old: shares}}
        elif kind == "retire" and len(before) > 2:
            old = draw(st.sampled_from(before))
            after.remove(old)
            document = {"retire": [old]}
        steps.append(read_evolution(document, number, number + 1, before, after))
        releases.append(after)
    return releases, steps


@given(histories(), st.data())
def test_totals_are_conserved_and_nothing_is_orphaned(history, data):
    releases, steps = history
    by_release = {
        number: data.draw(st.dictionaries(st.sampled_from(causes), weights))
        for number, causes in enumerate(releases, start=1)
    }
    total = sum(sum(counts.values()) for counts in by_release.values())
    for release, causes in enumerate(releases, start=1):
        found = tally(by_release, release, steps)
        assert found.total == total
        assert set(found.counts) <= set(causes)
        assert found.unmapped >= 0
        share = found.unmapped_share
        assert share is None if not total else 0 <= share <= 1


@given(histories(), st.data())
def test_one_to_one_leads_there_and_back(history, data):
    releases, steps = history
    for causes, step in zip(releases, steps, strict=False):
        counts = data.draw(st.dictionaries(st.sampled_from(causes), weights))
        if not step.is_one_to_one:
            with pytest.raises(NoWay):
                inverse(step)
            continue
        there = reexpress(counts, step)
        assert there.unmapped == 0
        back = reexpress(there.counts, inverse(step))
        assert {k: v for k, v in back.counts.items() if v} == {
            k: v for k, v in counts.items() if v
        }


@given(histories())
def test_every_path_ends_where_it_should(history):
    releases, steps = history
    last = len(releases)
    assert [step.target for step in path_between(steps, 1, last)] == list(
        range(2, last + 1)
    )
    assert path_between(steps, last, last) == []
    if all(step.is_one_to_one for step in steps):
        back = path_between(steps, last, 1)
        assert [step.target for step in back] == list(range(last - 1, 0, -1))


def test_the_same_release_is_as_coded():
    counts = {"c1": Fraction(3)}
    found = tally({1: counts}, 1, [])
    assert (found.counts, found.unmapped_share) == (counts, 0)


def test_what_no_mapping_leads_to_is_unmapped():
    found = tally({1: {"c1": Fraction(3)}, 5: {"c9": Fraction(1)}}, 5, [])
    assert found.counts == {"c9": 1}
    assert found.unmapped_share == 0.75


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({}, "c2: says not what became of it"),
        ({"rename": {"c2": "c9"}}, "no such cause after: c9"),
        ({"rename": {"c2": "c1"}, "retire": ["c2"]}, "c2: two rules"),
        ({"retire": ["c2", "c7"]}, "c7: no such cause before"),
        ({"merge": {"c1": ["c2"]}}, "c1: merges one cause alone"),
        ({"split": {"c2": {"c1": "0.5"}}}, "shares add up to 1/2"),
    ],
)
def test_rules_that_leave_something_open_are_refused(document, problem):
    with pytest.raises(ValueError, match=problem.replace("/", "/")):
        read_evolution(document, 1, 2, ["c1", "c2"], ["c1"])


def test_a_merge_into_one_of_its_own_keeps_every_record():
    step = read_evolution({"merge": {"c1": ["c1", "c2"]}}, 1, 2, ["c1", "c2"], ["c1"])
    assert isinstance(step, Evolution)
    found = reexpress({"c1": Fraction(2), "c2": Fraction(3)}, step)
    assert found.counts == {"c1": 5}
