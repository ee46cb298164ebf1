"""Named people in a small organization.

organization > retail > pricing, and elsewhere beside retail. Alice manages retail,
Carol contributes there, Bob reviews, Vera views; Charlie manages elsewhere. Olga
manages and Rita reviews the whole organization: they write questionnaires.
"""

from pathlib import Path

import pytest

from tests.factories.accounts import MembershipFactory, UnitFactory, UserFactory


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


FIRST = (
    "journeys/test_accessible_pages.py",
    "access/test_access.py",
    "journeys",
    "faults",
    "access",
    "test_migrations.py",
    "queries",
    "api",
)
"""Long ones begin: what is short fills up the workers at the end. The second fills no
installation, so that whoever comes to need one later finds it filled."""
HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: rank(item.path.relative_to(HERE)))


def rank(path):
    """Return the place of the first entry of FIRST that the path is, or lies in."""
    places = [path.as_posix(), *(each.as_posix() for each in path.parents)]
    return min((FIRST.index(each) for each in places if each in FIRST), default=99)
