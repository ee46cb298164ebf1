from hypothesis import given
from hypothesis import strategies as st

from failures.coding import is_sealed, needs_second
from failures.coding.blindness import SEVERE

severities = st.sampled_from(["", "low", "moderate", "high", "critical"])
origins = st.sampled_from(["own", "case", "import"])
flags = st.fixed_dictionaries(
    {
        name: st.booleans()
        for name in ("is_frozen", "is_invited", "is_handed_in", "is_revealed")
    }
)


def test_two_are_needed_for_severe_own_records_alone():
    assert needs_second("own", "high")
    assert needs_second("own", "critical")
    assert not needs_second("own", "moderate")
    assert not needs_second("case", "critical")
    assert frozenset({"high", "critical"}) == SEVERE


@given(origins, severities, flags)
def test_nothing_is_hidden_once_both_are_in_or_it_is_approved(origin, severity, flags):
    for name in ("is_frozen", "is_revealed"):
        assert not is_sealed(origin, severity, **{**flags, name: True})


@given(origins, severities)
def test_an_invitation_seals_whatever_the_severity(origin, severity):
    open_ones = {"is_frozen": False, "is_handed_in": False, "is_revealed": False}
    assert is_sealed(origin, severity, is_invited=True, **open_ones)
    alone = is_sealed(origin, severity, is_invited=False, **open_ones)
    assert alone == needs_second(origin, severity)


@given(origins, severities, st.booleans())
def test_first_coding_that_waits_stays_sealed(origin, severity, is_invited):
    assert is_sealed(
        origin,
        severity,
        is_frozen=False,
        is_invited=is_invited,
        is_handed_in=True,
        is_revealed=False,
    )
