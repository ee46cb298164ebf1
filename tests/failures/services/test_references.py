import pytest

from failures.services.references import next_references


@pytest.mark.django_db
def test_references_are_never_given_twice():
    given = [*next_references(3), *next_references(2)]
    assert len(set(given)) == 5
    assert all(reference.startswith("PM-") for reference in given)
