"""Named people in a small organization.

organization > retail > pricing, and elsewhere beside retail. Alice manages retail,
Carol contributes there, Bob reviews, Vera views; Charlie manages elsewhere. Olga
manages and Rita reviews the whole organization: they write questionnaires.
"""

from pathlib import Path

import pytest

from tests.factories.accounts import MembershipFactory, UnitFactory, UserFactory

HERE = Path(__file__).parent
ON_THE_STACK = ("journeys", "faults")
"""Faults come last: they leave thousands of records, which slow every page."""


# A wrapper comes before the hook of xdist that reads the groups.
@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Keep files together, and first all that needs an installation, for it is one.

    Two workers with an installation each take a minute longer to start them.
    """
    items.sort(key=place_of)
    for item in items:
        on_it = place_of(item) < len(ON_THE_STACK)
        group = "stack" if on_it else str(item.path.relative_to(HERE))
        item.add_marker(pytest.mark.xdist_group(group))
    return (yield)


def place_of(item):
    folder = item.path.relative_to(HERE).parts[0]
    return ON_THE_STACK.index(folder) if folder in ON_THE_STACK else len(ON_THE_STACK)


@pytest.fixture
def organization(db):
    return UnitFactory(name="Organization")


@pytest.fixture
def retail(organization):
    return UnitFactory(name="Retail", parent=organization)


@pytest.fixture
def pricing(retail):
    return UnitFactory(name="Pricing", parent=retail)


@pytest.fixture
def elsewhere(organization):
    return UnitFactory(name="Elsewhere", parent=organization)


def member(username, unit, role):
    user = UserFactory(username=username, first_name=username.capitalize())
    MembershipFactory(user=user, unit=unit, role=role)
    return user


@pytest.fixture
def alice(retail):
    return member("alice", retail, "manager")


@pytest.fixture
def carol(retail):
    return member("carol", retail, "contributor")


@pytest.fixture
def bob(retail):
    return member("bob", retail, "reviewer")


@pytest.fixture
def vera(retail):
    return member("vera", retail, "viewer")


@pytest.fixture
def charlie(elsewhere):
    return member("charlie", elsewhere, "manager")


@pytest.fixture
def admin(db):
    return UserFactory(username="admin", is_superuser=True, is_staff=True)


@pytest.fixture
def olga(organization):
    return member("olga", organization, "manager")


@pytest.fixture
def rita(organization):
    return member("rita", organization, "reviewer")
