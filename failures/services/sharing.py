"""Preparing and signing off the version of a record that may leave the organization."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.models import Postmortem, Sharing
from failures.selectors.sharing import shared
from failures.services.parts import locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict

MOST = 100
LONGEST = 200


class SharingRefused(DomainError):
    """The version cannot be signed off, or the names cannot be taken."""


@transaction.atomic
def write_names(
    *,
    postmortem: Postmortem,
    pseudonyms: Sequence[Mapping[str, str]],
    by: User,
    expected_version: int | None = None,
) -> Sharing:
    """Say which names are written otherwise; takes back a sign-off.

    Raises EditConflict on a stale version, SharingRefused for names that are doubled,
    empty or too many.
    """
    row = locked(postmortem)
    wanted = [
        {"name": each["name"].strip(), "pseudonym": each["pseudonym"].strip()}
        for each in pseudonyms
    ]
    _check(wanted)
    sharing, _created = Sharing.objects.get_or_create(postmortem=row)
    if sharing.pseudonyms == wanted:
        return sharing
    if expected_version is not None and sharing.version != expected_version:
        raise EditConflict(sharing)
    before = {"pseudonyms": len(sharing.pseudonyms)}
    sharing.pseudonyms = wanted
    sharing.signed_digest, sharing.signed_at, sharing.signed_by = "", None, None
    sharing.version += 1
    sharing.save()
    # The names themselves stay out of the trail: it is read by more people.
    trail.record(
        by=by,
        verb="sharing_names_written",
        target=row,
        before=before,
        after={"pseudonyms": len(wanted), "version": sharing.version},
    )
    return sharing


def _check(wanted: Sequence[Mapping[str, str]]) -> None:
    if len(wanted) > MOST:
        raise SharingRefused(
            "too_many_names", _("These are too many names."), field="pseudonyms"
        )
    names = [each["name"].casefold() for each in wanted]
    if len(set(names)) < len(names):
        raise SharingRefused(
            "name_doubled", _("A name stands there twice."), field="pseudonyms"
        )
    for each in wanted:
        if not each["name"] or not each["pseudonym"]:
            raise SharingRefused(
                "name_empty",
                _("Each line needs a name and what to write instead."),
                field="pseudonyms",
            )
        if max(map(len, each.values())) > LONGEST:
            raise SharingRefused(
                "name_too_long", _("That is too long."), field="pseudonyms"
            )


@transaction.atomic
def sign_off(
    *,
    postmortem: Postmortem,
    by: User,
    at: dt.datetime,
    expected_digest: str | None = None,
) -> Sharing:
    """Confirm that the version may leave as it stands now; again it changes nothing.

    Raises EditConflict when it no longer says what `expected_digest` tells.
    """
    row = locked(postmortem)
    if row.causes_sealed:
        raise SharingRefused(
            "causes_sealed", _("First both coders have to submit their causes.")
        )
    Sharing.objects.get_or_create(postmortem=row)
    found = shared(row)
    if found.is_signed_off:
        return found.sharing
    if expected_digest is not None and expected_digest != found.digest:
        raise EditConflict(row)
    sharing = found.sharing
    sharing.signed_digest = found.digest
    sharing.signed_at, sharing.signed_by = at, by
    sharing.version += 1
    sharing.save()
    trail.record(
        by=by,
        verb="sharing_signed_off",
        target=row,
        after={"digest": sharing.signed_digest},
    )
    return sharing


def require_sign_off(postmortem: Postmortem) -> None:
    """Raise SharingRefused unless the version for others is signed off as it stands."""
    if not shared(postmortem).is_signed_off:
        raise SharingRefused(
            "sharing_not_signed_off",
            _("First sign off the version that may leave the organization."),
            field="visibility",
        )
