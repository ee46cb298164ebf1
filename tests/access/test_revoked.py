"""A right taken away, or a person put out, is effective on the very next request."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import ApiToken, Invitation, Membership
from accounts.roles import Role
from accounts.services.memberships import change_role, revoke_role
from accounts.services.tokens import create_token
from accounts.services.units import move_unit
from accounts.services.users import deactivate_user, dismiss_administrator
from failures.models import Postmortem
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.projects import ProjectFactory


@pytest.fixture
def project(pricing):
    return ProjectFactory(unit=pricing, name="Forecast")


@pytest.fixture
def browser(client):
    """Return a function that opens a page as whoever is signed in."""

    def status(view, *arguments, method="get", data=None):
        address = reverse(view, args=arguments)
        return getattr(client, method)(address, data).status_code

    return status


@pytest.fixture
def bearer():
    """Return a client with a token of a person, for everything they may."""

    def make(user):
        _token, secret = create_token(by=user, name="ci", scopes=["admin"], days=1)
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return api

    return make


def role_of(user):
    return Membership.objects.get(user=user)


def test_revoked_role_hides_everything(client, browser, bearer, alice, admin, project):
    api = bearer(alice)
    client.force_login(alice)
    path = reverse("api-project-detail", args=[project.pk])
    assert browser("projects:project-edit", project.pk) == 200
    assert api.get(path).status_code == 200
    revoke_role(membership=role_of(alice), by=admin)
    assert browser("projects:project-edit", project.pk) == 404
    assert browser("projects:project-detail", project.pk) == 404
    assert api.get(path).status_code == 404
    assert b"Forecast" not in client.get(reverse("projects:project-list")).content
    assert api.get(reverse("api-project-list")).json()["results"] == []


def test_lesser_role_keeps_sight_and_loses_the_act(
    client, browser, bearer, alice, admin, project
):
    api = bearer(alice)
    client.force_login(alice)
    change_role(membership=role_of(alice), role=Role.VIEWER, by=admin)
    assert browser("projects:project-detail", project.pk) == 200
    assert browser("projects:project-edit", project.pk) == 403
    path = reverse("api-project-detail", args=[project.pk])
    refused = api.patch(path, {"name": "Mine"}, headers={"If-Match": "*"})
    assert refused.status_code == 403


def test_deactivated_person_is_out(client, browser, bearer, alice, admin, project):
    api = bearer(alice)
    client.force_login(alice)
    deactivate_user(user=alice, by=admin)
    assert browser("projects:project-detail", project.pk) == 302
    path = reverse("api-project-detail", args=[project.pk])
    assert api.get(path).status_code == 401
    form = {"login": "alice", "password": "correct horse"}
    assert browser("account_login", method="post", data=form) in {200, 302}
    assert browser("projects:project-list") == 302


def test_dismissed_administrator_is_like_anybody(client, browser, admin, project):
    second = UserFactory(is_superuser=True, username="second")
    client.force_login(second)
    assert browser("accounts:person-list") == 200
    dismiss_administrator(user=second, by=admin)
    assert browser("accounts:person-list") == 403
    assert browser("projects:project-detail", project.pk) == 404


def test_revoked_token_is_nobody(bearer, alice, project):
    api = bearer(alice)
    path = reverse("api-project-detail", args=[project.pk])
    assert api.get(path).status_code == 200
    ApiToken.objects.all().delete()
    assert api.get(path).status_code == 401


def test_unit_moved_away_takes_its_rows_along(
    client, browser, alice, charlie, admin, project
):
    client.force_login(alice)
    assert browser("projects:project-detail", project.pk) == 200
    elsewhere = charlie.memberships.get().unit
    move_unit(unit=project.unit, parent=elsewhere, by=admin)
    assert browser("projects:project-detail", project.pk) == 404
    client.force_login(charlie)
    assert browser("projects:project-detail", project.pk) == 200


def test_owner_who_left_the_unit_no_longer_opens_the_project(
    client, browser, carol, admin, retail
):
    own = ProjectFactory(unit=retail, owner=carol)
    client.force_login(carol)
    assert browser("projects:project-edit", own.pk) == 200
    revoke_role(membership=role_of(carol), by=admin)
    assert browser("projects:project-edit", own.pk) == 404


def test_author_who_left_the_unit_no_longer_reads_the_draft(
    client, browser, carol, admin, retail
):
    draft = Postmortem.objects.create(reference="PM-1", unit=retail, author=carol)
    client.force_login(carol)
    assert browser("failures:postmortem-edit", draft.pk, "intended") == 200
    revoke_role(membership=role_of(carol), by=admin)
    assert browser("failures:postmortem-detail", draft.pk) == 404


def test_author_made_viewer_reads_the_draft_and_does_not_write(
    client, browser, carol, admin, retail
):
    draft = Postmortem.objects.create(reference="PM-1", unit=retail, author=carol)
    client.force_login(carol)
    change_role(membership=role_of(carol), role=Role.VIEWER, by=admin)
    assert browser("failures:postmortem-detail", draft.pk) == 200
    assert browser("failures:postmortem-edit", draft.pk, "intended") == 403


def test_manager_here_and_viewer_there_moves_no_project_there(
    client, bearer, alice, charlie, retail, elsewhere
):
    Membership.objects.create(user=alice, unit=elsewhere, role="viewer")
    own = ProjectFactory(unit=retail, owner=alice)
    path = reverse("api-project-detail", args=[own.pk])
    body = {"unit": str(elsewhere.pk)}
    moved = bearer(alice).patch(path, body, headers={"If-Match": "*"}, format="json")
    assert moved.status_code == 403
    own.refresh_from_db()
    assert own.unit == retail


def test_manager_invites_into_their_units_only(client, browser, alice, elsewhere):
    client.force_login(alice)
    form = {"email": "new@example.org", "role": "viewer"}
    view = "accounts:unit-invitation-create"
    assert browser(view, elsewhere.pk, method="post", data=form) == 404
    assert not Invitation.objects.exists()


def test_right_in_a_unit_says_nothing_of_the_unit_above(
    client, browser, organization, retail
):
    below = UnitFactory(parent=retail)
    person = UserFactory()
    Membership.objects.create(user=person, unit=below, role="manager")
    client.force_login(person)
    above = ProjectFactory(unit=retail)
    assert browser("projects:project-detail", above.pk) == 404
    assert browser("accounts:unit-detail", retail.pk) == 404
    assert browser("accounts:unit-detail", below.pk) == 200
