"""Named people in a small organization.

organization > retail > pricing, and elsewhere beside retail. Alice manages retail,
Carol contributes there, Bob reviews, Vera views; Charlie manages elsewhere. Olga
manages and Rita reviews the whole organization: they write questionnaires.
"""

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
