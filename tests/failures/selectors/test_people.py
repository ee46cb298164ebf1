import pytest

from failures.selectors.people import possible_owners, units_to_log_in
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


def test_possible_owners_hold_a_role_in_the_unit_or_above(
    retail, pricing, alice, carol, charlie
):
    found = possible_owners(PostmortemFactory(unit=pricing))
    assert {alice, carol} <= set(found)
    assert charlie not in found


def test_units_to_log_in_are_those_of_contributors(retail, pricing, carol, vera):
    assert set(units_to_log_in(carol)) == {retail, pricing}
    assert not units_to_log_in(vera).exists()
