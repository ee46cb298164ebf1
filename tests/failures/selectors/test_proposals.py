import pytest

from failures.selectors.proposals import targets_of


@pytest.mark.django_db
def test_unknown_kinds_change_nothing():
    assert targets_of("cause") == {}
