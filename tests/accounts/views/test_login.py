"""Signing in, being throttled, and getting a new password."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.services.tokens import create_token
from riskbase.shared.audit.models import AuditEvent


@pytest.mark.parametrize("name", ["alice", "alice@example.org", "ALICE@example.org"])
def test_sign_in_by_name_or_address(client, alice, name):
    form = {"login": name, "password": "correct horse"}
    answer = client.post(reverse("account_login"), form)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_sign_in_is_throttled(client, alice, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/key"}
    form = {"login": "alice-throttled", "password": "wrong"}
    pages = [client.post(reverse("account_login"), form) for _ in range(3)]
    assert b"Too many failed" not in pages[1].content
    assert b"Too many failed" in pages[2].content


def test_sign_out_needs_a_post(client, alice):
    client.force_login(alice)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_closed_account_cannot_sign_in(client, alice):
    alice.is_active = False
    alice.save()
    form = {"login": "alice", "password": "correct horse"}
    answer = client.post(reverse("account_login"), form, follow=True)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_reset_password_by_mail(client, alice):
    page = client.get(reverse("account_reset_password"))
    assert page.status_code == 200
    answer = client.post(
        reverse("account_reset_password"), {"email": alice.email}, follow=True
    )
    assert answer.status_code == 200
    (message,) = mail.outbox
    assert message.subject == "Riskbase: Set a new password"
    link = re.search(r"http://testserver(\S+)", message.body).group(1)
    form = client.get(link, follow=True)
    address = form.request["PATH_INFO"]
    words = {"password1": "new horse battery", "password2": "new horse battery"}
    done = client.post(address, words, follow=True)
    assert b"Your password is set" in done.content
    alice.refresh_from_db()
    assert alice.check_password("new horse battery")
    event = AuditEvent.objects.get(verb="user.password_changed")
    assert (event.actor, event.before, event.after) == (alice, None, None)
    again = client.get(link, follow=True)
    assert b"This link no longer works" in again.content


def test_reset_password_ends_sessions_and_tokens(client, client_elsewhere, alice):
    client_elsewhere.force_login(alice)
    _token, secret = create_token(by=alice, name="nightly", scopes=["read"], days=30)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/me/", headers=bearer).status_code == 200
    client.post(reverse("account_reset_password"), {"email": alice.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    address = client.get(link, follow=True).request["PATH_INFO"]
    words = {"password1": "new horse battery", "password2": "new horse battery"}
    done = client.post(address, words, follow=True)
    assert b"API tokens you had no longer work" in done.content
    assert client_elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert client.get("/api/v1/me/", headers=bearer).status_code == 401
    event = AuditEvent.objects.get(verb="token.revoked")
    assert (event.actor, event.before["name"]) == (alice, "nightly")


def test_reset_password_tells_nothing_of_strangers(client, db):
    answer = client.post(
        reverse("account_reset_password"), {"email": "who@example.org"}, follow=True
    )
    assert answer.status_code == 200
    assert mail.outbox == []


def test_change_password_signs_out_elsewhere(client, client_elsewhere, alice):
    client.force_login(alice)
    client_elsewhere.force_login(alice)
    create_token(by=alice, name="nightly", scopes=["read"], days=30)
    form = {
        "oldpassword": "correct horse",
        "password1": "new horse battery",
        "password2": "new horse battery",
    }
    answer = client.post(reverse("account_change_password"), form)
    assert answer.url == reverse("accounts:profile")
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert client_elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert AuditEvent.objects.filter(verb="user.password_changed").count() == 1
    assert alice.auth_token_set.count() == 1


def test_comings_and_goings_leave_a_trace(client, alice):
    address = {"REMOTE_ADDR": "203.0.113.77"}
    wrong = {"login": "Alice@example.org", "password": "wrong"}
    client.post(reverse("account_login"), wrong, **address)
    right = {"login": "alice", "password": "correct horse"}
    client.post(reverse("account_login"), right, **address)
    client.post(reverse("account_logout"), **address)
    kept = AuditEvent.objects.filter(target_id=str(alice.pk)).order_by("id")
    assert [(event.verb, event.actor) for event in kept] == [
        ("user.sign_in_failed", None),
        ("user.signed_in", alice),
        ("user.signed_out", alice),
    ]
    assert {event.after["network"] for event in kept} == {"203.0.113.0/24"}


def test_name_of_nobody_is_not_kept(client, db):
    form = {"login": "my-secret-password", "password": "wrong"}
    client.post(reverse("account_login"), form)
    event = AuditEvent.objects.get()
    assert event.verb == "user.sign_in_failed"
    assert "my-secret-password" not in str(vars(event))


@pytest.fixture
def client_elsewhere():
    return Client()


@pytest.mark.parametrize(
    "name",
    ["account_inactive", "account_reset_password_done", "account_reauthenticate"],
)
def test_small_pages_render(client, alice, name):
    client.force_login(alice)
    assert client.get(reverse(name)).status_code in {200, 302}
