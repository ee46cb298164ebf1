"""An attack on the withheld cells: nothing from 1 to k - 1 can be found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from portfolio.stats.suppression import Table, across, determined, protect

K = 5


def possible_range(table, hidden, cell):
    """What an outsider who knows every visible number can say of a cell."""
    unknown = sorted(hidden | table.unpublished)
    if cell not in unknown:
        return table.counts[cell], table.counts[cell]
    rows, values = [], []
    for each in table.sums:
        row, value = [0.0] * len(unknown), 0.0
        for name, sign in [(each.total, -1), *((part, 1) for part in each.parts)]:
            if name in unknown:
                row[unknown.index(name)] += sign
            else:
                value -= sign * table.counts[name]
        rows.append(row)
        values.append(value)
    bounds = []
    for sign in (1, -1):
        goal = [0.0] * len(unknown)
        goal[unknown.index(cell)] = sign
        found = linprog(goal, A_eq=rows or None, b_eq=values or None, bounds=(0, None))
        bounds.append(sign * found.fun if found.status == 0 else float("inf"))
    return bounds[0], bounds[1]


def assert_safe(table, hidden, k=K):
    for cell in {name for name, count in table.counts.items() if 0 < count < k}:
        low, high = possible_range(table, hidden, cell)
        assert high - low > 1e-6, f"{cell} is {table.counts[cell]}: {low} to {high}"


def one_way(counts):
    table = Table()
    for index, count in enumerate(counts):
        table.add(f"c{index}", count)
    table.add("total", sum(counts))
    table.link("total", [f"c{index}" for index in range(len(counts))])
    return table


def two_way(lines):
    table = Table()
    height, width = len(lines), len(lines[0])
    table.add("total", sum(map(sum, lines)))
    for row, line in enumerate(lines):
        table.add(f"row{row}", sum(line))
        for column, count in enumerate(line):
            table.add(f"{row},{column}", count)
        table.link(f"row{row}", [f"{row},{column}" for column in range(width)])
    for column in range(width):
        table.add(f"column{column}", sum(line[column] for line in lines))
        table.link(f"column{column}", [f"{row},{column}" for row in range(height)])
    table.link("total", [f"row{row}" for row in range(height)])
    table.link("total", [f"column{column}" for column in range(width)])
    return table


def test_hides_small_cells_and_shows_zeros():
    hidden = protect(one_way([0, 3, 4, 20]), K)
    assert "c0" not in hidden
    assert {"c1", "c2"} <= hidden


def test_hides_a_second_cell_where_the_total_gives_the_first_away():
    assert protect(one_way([3, 8, 20]), K) == {"c0", "c1"}


def test_hidden_cells_amount_to_the_threshold():
    assert protect(one_way([1, 1, 9, 20]), K) == {"c0", "c1", "c2"}


def test_hides_the_total_when_no_part_is_left_to_hide():
    assert protect(one_way([3]), K) == {"c0", "total"}
    assert "total" in protect(one_way([3, 0, 0]), K)


def test_hides_nothing_without_small_cells():
    assert protect(one_way([5, 8, 20]), K) == frozenset()


def test_sees_through_rows_and_columns_together():
    table = two_way([[1, 9, 30], [9, 40, 30], [30, 30, 30]])
    hidden = protect(table, K)
    assert "0,0" in hidden
    assert_safe(table, hidden)


def test_finds_cells_by_combining_sums():
    table = one_way([2, 7, 9])
    assert determined(["c0"], table.sums) == ["c0"]
    assert determined(["c0", "c1"], table.sums) == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_one_way_tables_keep_their_secrets(counts):
    table = one_way(counts)
    assert_safe(table, protect(table, K))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 14), min_size=width, max_size=width),
            min_size=2,
            max_size=4,
        )
    )
)
def test_two_way_tables_keep_their_secrets(lines):
    table = two_way(lines)
    assert_safe(table, protect(table, K))


def rolling(counts, shown_total):
    table = Table()
    for index, count in enumerate(counts):
        table.add(f"q{index}", count, shown=False)
    for end in range(3, len(counts)):
        span = range(end - 3, end + 1)
        table.add(f"w{end}", sum(counts[i] for i in span))
        table.link(f"w{end}", [f"q{i}" for i in span])
    if shown_total:
        table.add("total", sum(counts))
        table.link("total", [f"q{i}" for i in range(len(counts))])
    return table


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=9), st.booleans())
def test_overlapping_windows_do_not_give_quarters_away(counts, shown_total):
    table = rolling(counts, shown_total)
    assert_safe(table, protect(table, K))


def test_a_window_without_any_gives_its_quarters_away():
    table = rolling([0, 0, 0, 0, 5, 1], shown_total=False)
    hidden = protect(table, K)
    assert hidden & {"w4", "w5"}
    assert_safe(table, hidden)


def test_five_quarters_and_a_total_would_give_the_last_away():
    table = rolling([9, 9, 9, 9, 2], shown_total=True)
    assert protect(table, K)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3
    )
)
def test_units_cannot_be_subtracted_from_the_whole(units):
    tables = {f"u{index}": one_way(counts) for index, counts in enumerate(units)}
    whole = [sum(column) for column in zip(*units, strict=True)]
    tables["all"] = one_way(
        [count + own for count, own in zip(whole, [0, 3, 8], strict=True)]
    )
    parents = {name: "all" for name in tables if name != "all"} | {"all": None}
    joined = across(tables, parents)
    assert_safe(joined, protect(joined, K))


def test_hides_in_the_whole_what_the_units_would_give_away():
    tables = {"a": one_way([20, 20]), "all": one_way([23, 40])}
    joined = across(tables, {"a": "all", "all": None})
    hidden = protect(joined, K)
    assert not {"all|c0", "a|c0"}.isdisjoint(hidden)


@pytest.mark.parametrize("k", [1, 2, 10])
def test_threshold_is_the_callers(k):
    table = one_way([1, 4, 9, 30])
    hidden = protect(table, k)
    assert {name for name, count in table.counts.items() if 0 < count < k} <= hidden
    assert_safe(table, hidden, k)
