"""Profiles change, administrators never run out."""

import pytest
from allauth.account.models import EmailAddress

from accounts.services.users import (
    activate_user,
    change_profile,
    deactivate_user,
    dismiss_administrator,
    make_administrator,
)
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError


def test_change_profile_records_what_differs(carol):
    change_profile(user=carol, by=carol, language="ru", first_name="Carol")
    event = AuditEvent.objects.get(verb="user.profile_changed")
    assert (event.before, event.after) == ({"language": "en"}, {"language": "ru"})


def test_change_email_forgets_the_former_one(carol, bob):
    EmailAddress.objects.create(user=carol, email=carol.email, primary=True)
    changed = change_profile(user=carol, by=carol, email="Carol@Other.example")
    assert changed.email == "carol@other.example"
    assert not EmailAddress.objects.filter(user=carol).exists()
    with pytest.raises(DomainError) as refused:
        change_profile(user=carol, by=carol, email=bob.email.upper())
    assert refused.value.code == "email_taken"


def test_change_email_refuses_what_is_somebody_s_user_name(carol, bob):
    bob.username = "carol@elsewhere.example"
    bob.save()
    with pytest.raises(DomainError) as refused:
        change_profile(user=carol, by=carol, email="Carol@Elsewhere.example")
    assert refused.value.code == "email_taken"


def test_change_profile_takes_profile_fields_only(carol):
    with pytest.raises(TypeError):
        change_profile(user=carol, by=carol, is_superuser=True)


def test_last_administrator_stays(admin, carol):
    for act in (deactivate_user, dismiss_administrator):
        with pytest.raises(DomainError) as refused:
            act(user=admin, by=admin)
        assert refused.value.code == "last_administrator"
    make_administrator(user=carol, by=admin)
    dismiss_administrator(user=admin, by=carol)
    admin.refresh_from_db()
    assert not admin.is_administrator


def test_deactivate_and_activate(admin, carol):
    assert not deactivate_user(user=carol, by=admin).is_active
    with pytest.raises(DomainError):
        make_administrator(user=carol, by=admin)
    assert activate_user(user=carol, by=admin).is_active
    verbs = AuditEvent.objects.values_list("verb", flat=True)
    assert set(verbs) == {"user.deactivated", "user.activated"}
