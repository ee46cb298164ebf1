"""Split shares add up; currencies never mix."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from portfolio.stats.pareto import pareto_of_cost, pareto_of_records
from portfolio.stats.records import PostmortemFact

hits = st.lists(st.frozensets(st.sampled_from("abcd"), max_size=3), max_size=40)


@given(hits)
def test_split_shares_add_up_to_one(records):
    found = pareto_of_records(records)
    assert found.n == sum(bool(each) for each in records)
    assert sum(part.split for part in found.parts) == (1 if found.n else 0)
    assert found.n + found.left_out == len(records)


@given(hits)
def test_counts_equal_brute_force(records):
    counts = {part.cause: part.count for part in pareto_of_records(records).parts}
    assert counts == {
        cause: found
        for cause in "abcd"
        if (found := sum(cause in each for each in records))
    }


def test_divides_a_record_between_its_causes():
    found = pareto_of_records([frozenset("ab"), frozenset("a")])
    assert [(part.cause, part.split) for part in found.parts] == [
        ("a", Fraction(3, 4)),
        ("b", Fraction(1, 4)),
    ]


def priced(amount, currency):
    return PostmortemFact(key="x", cost_minor=amount, currency=currency)


def test_divides_cost_in_the_commonest_currency_only():
    found = pareto_of_cost(
        [
            (priced(900, "EUR"), frozenset("a")),
            (priced(300, "EUR"), frozenset("ab")),
            (priced(10**9, "JPY"), frozenset("b")),
            (priced(None, ""), frozenset("b")),
        ]
    )
    assert (found.n, found.total, found.currency, found.left_out) == (2, 1200, "EUR", 2)
    assert [(part.cause, part.count, part.split) for part in found.parts] == [
        ("a", 2, Fraction(1050, 1200)),
        ("b", 1, Fraction(150, 1200)),
    ]


def test_without_cost_there_is_nothing_to_divide():
    assert pareto_of_cost([(priced(None, ""), frozenset("a"))]).parts == ()
