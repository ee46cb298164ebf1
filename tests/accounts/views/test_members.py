"""Managers look after the members of their units."""

from django.urls import reverse

from accounts.models import Invitation, Membership, User
from tests.factories.accounts import MembershipFactory


def test_manager_adds_changes_and_revokes(client, alice, retail, charlie):
    client.force_login(alice)
    add = reverse("accounts:unit-member-add", args=[retail.pk])
    client.post(add, {"person": "charlie@example.org", "role": "viewer"})
    mine = Membership.objects.get(user=charlie, unit=retail)
    change = reverse("accounts:unit-member-change", args=[mine.pk])
    client.post(change, {"role": "reviewer"})
    mine.refresh_from_db()
    assert mine.role == "reviewer"
    remove = reverse("accounts:unit-member-remove", args=[mine.pk])
    assert client.get(remove).status_code == 200
    client.post(remove)
    assert not Membership.objects.filter(pk=mine.pk).exists()


def test_viewer_sees_members_but_no_addresses(client, vera, retail, carol):
    client.force_login(vera)
    page = client.get(reverse("accounts:unit-detail", args=[retail.pk]))
    assert "Carol" in page.content.decode()
    assert carol.email not in page.content.decode()
    add = reverse("accounts:unit-member-add", args=[retail.pk])
    assert client.get(add).status_code == 403


def test_outsider_finds_no_membership(client, charlie, carol):
    client.force_login(charlie)
    address = reverse(
        "accounts:unit-member-remove", args=[Membership.objects.get(user=carol).pk]
    )
    assert client.post(address).status_code == 404


def test_unknown_person_is_explained(client, alice, retail):
    client.force_login(alice)
    add = reverse("accounts:unit-member-add", args=[retail.pk])
    page = client.post(add, {"person": "nobody", "role": "viewer"})
    assert "Invite the person instead" in page.content.decode()


def test_invitation_leads_to_an_account(client, alice, retail):
    client.force_login(alice)
    address = reverse("accounts:unit-invitation-create", args=[retail.pk])
    page = client.post(address, {"email": "new@example.org", "role": "viewer"})
    link = page.context["link"]
    assert link in page.content.decode()
    client.logout()
    form = {
        "username": "newbie",
        "language": "ru",
        "password": "new horse battery",
        "password_again": "new horse battery",
    }
    path = link.removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    differing = client.post(path, form | {"password_again": "other"})
    assert "differ" in differing.content.decode()
    assert client.post(path, form).url == "/"
    user = User.objects.get(username="newbie")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.language == "ru"
    client.logout()
    assert client.get(path).status_code == 404


def test_withdrawn_invitation_is_gone(client, alice, charlie, retail):
    client.force_login(alice)
    address = reverse("accounts:unit-invitation-create", args=[retail.pk])
    client.post(address, {"email": "new@example.org", "role": "viewer"})
    withdraw = reverse(
        "accounts:unit-invitation-revoke", args=[Invitation.objects.get().pk]
    )
    client.force_login(charlie)
    assert client.post(withdraw).status_code == 404
    client.force_login(alice)
    assert client.get(withdraw).status_code == 200
    client.post(withdraw)
    assert not Invitation.objects.exists()


def test_detail_asks_the_same_number_of_queries(
    client, alice, retail, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(alice)
    address = reverse("accounts:unit-detail", args=[retail.pk])
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    MembershipFactory.create_batch(20, unit=retail)
    with django_assert_num_queries(len(few)):
        client.get(address)
