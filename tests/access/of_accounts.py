"""Who may do what on the routes of accounts, of the audit trail and of health."""

from tests.access.rows import (
    ADMINS,
    ANYBODY,
    EVERYBODY,
    INSIDERS,
    MANAGERS,
    Act,
    Table,
    at,
    of_site,
    on,
)

MANAGED = {"GET": MANAGERS, "POST": MANAGERS}
ADMINISTERED = {"GET": ADMINS, "POST": ADMINS}
OWN = {"GET": EVERYBODY, "POST": EVERYBODY}
ALICES, CHARLIES = frozenset({"alice"}), frozenset({"charlie"})
MEMBER = {"unit": "unit", "pk": "membership"}


def of_person(act: str) -> object:
    return of_site("person", literal={"act": act}, **ADMINISTERED)


PAGES: Table = {
    "accounts:profile": [at(**OWN)],
    "accounts:set-language": [at(POST=ANYBODY)],
    "accounts:token-list": [at(GET=EVERYBODY)],
    "accounts:token-create": [at(**OWN)],
    "accounts:token-revoke": [
        on("alice's token", visible=ALICES, GET=ALICES, POST=ALICES),
        on("charlie's token", visible=CHARLIES, GET=CHARLIES, POST=CHARLIES),
    ],
    "accounts:unit-list": [at(GET=EVERYBODY)],
    "accounts:unit-create": [at(**ADMINISTERED)],
    "accounts:unit-detail": [on("unit", GET=INSIDERS)],
    "accounts:unit-rename": [on("unit", **ADMINISTERED)],
    "accounts:unit-move": [on("unit", **ADMINISTERED)],
    "accounts:unit-delete": [on("unit", **ADMINISTERED)],
    "accounts:unit-member-add": [on("unit", **MANAGED)],
    "accounts:unit-invitation-create": [on("unit", **MANAGED)],
    "accounts:unit-member-change": [on("membership", **MANAGED)],
    "accounts:unit-member-remove": [on("membership", **MANAGED)],
    # Nobody but a unit's managers learns whom it invites.
    "accounts:unit-invitation-revoke": [on("invitation", visible=MANAGERS, **MANAGED)],
    # Who holds the link reads to which unit it invites.
    "accounts:invitation-accept": [
        on(
            {"token": "invitation link"},
            visible=ANYBODY,
            shows=frozenset({"unit", "invitation"}),
            GET=ANYBODY,
            POST=ANYBODY,
        )
    ],
    "accounts:person-list": [at(GET=ADMINS)],
    "accounts:person-change": [
        of_person("deactivate"),
        of_person("activate"),
        of_person("make-administrator"),
        of_person("dismiss-administrator"),
    ],
    "audit:event-list": [at(GET=ADMINS)],
    "audit:event-detail": [of_site("audit event", GET=ADMINS)],
}

API: Table = {
    "api-me": [at(GET=EVERYBODY, PATCH=EVERYBODY)],
    "api-unit-list": [at(GET=EVERYBODY, POST=ADMINS)],
    "api-unit-detail": [on("unit", GET=INSIDERS, PATCH=ADMINS)],
    "api-unit-member-list": [on({"unit": "unit"}, GET=INSIDERS, POST=MANAGERS)],
    "api-unit-member-detail": [on(MEMBER, DELETE=MANAGERS)],
    "api-token-list": [at(GET=EVERYBODY, POST=EVERYBODY)],
    "api-token-detail": [
        on({"token_id": "alice's token"}, visible=ALICES, DELETE=ALICES),
        on({"token_id": "charlie's token"}, visible=CHARLIES, DELETE=CHARLIES),
    ],
    "api-audit-event-list": [at(GET=ADMINS)],
    "api-audit-event-detail": [of_site("audit event", GET=ADMINS)],
}

# Of the login library; its class-based views take PUT as POST.
FORM = {"GET": ANYBODY, "POST": ANYBODY, "PUT": ANYBODY}
# Before they look at the method they send a signed-in person home, or say that the
# link is used up.
EARLY = Act(ANYBODY, granted=frozenset({200, 302, 405}))
LIBRARY = {**FORM, "PATCH": EARLY, "DELETE": EARLY}
LOGIN: Table = {
    "account_login": [at(**LIBRARY)],
    "account_logout": [at(GET=ANYBODY, POST=ANYBODY)],
    "account_inactive": [at(GET=ANYBODY)],
    "account_reauthenticate": [at(**OWN, PUT=EVERYBODY)],
    "account_change_password": [at(**OWN, PUT=EVERYBODY)],
    "account_reset_password": [at(**FORM)],
    "account_reset_password_done": [at(GET=ANYBODY)],
    "account_reset_password_from_key": [
        at(literal={"uidb36": "1", "key": "set-password"}, **LIBRARY)
    ],
    "account_reset_password_from_key_done": [at(GET=ANYBODY)],
}

PUBLIC: Table = {
    "health-live": [at(GET=ANYBODY)],
    # Tells whether the servers answer, and in a test run whether jobs wait.
    "health-ready": [at(GET=Act(ANYBODY, granted=frozenset({200, 503})))],
    "api-schema": [at(GET=ANYBODY)],
    "api-docs": [at(GET=ANYBODY)],
}

TABLE: Table = PAGES | API | LOGIN | PUBLIC
