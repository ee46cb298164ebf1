"""Refusals of the domain, with a code for machines and a sentence for people."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule of the domain forbids what was asked (422 in the API).

    `field` names the input at fault when there is one; `item` is its place where
    several are given.
    """

    item: int | None = None

    def __init__(self, code: str, message: str | Promise, *, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field


class EditConflict(DomainError):
    """Somebody else changed the row since it was read (409 or 412 in the API).

    `current` is the row as it now stands, so that both texts can be shown.
    """

    def __init__(self, current: models.Model) -> None:
        super().__init__(
            "edit_conflict",
            _("Somebody else has changed this in the meantime."),
        )
        self.current: Any = current
