"""May this person do this, here, now."""

from accounts.models import Person, Unit
from accounts.roles import Permission


def may(user: Person, permission: Permission, unit: Unit | None) -> bool:
    """Return whether `user` holds `permission` in `unit` (None: site only)."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    if unit is None:
        return False
    return Unit.objects.where(user, permission).filter(pk=unit.pk).exists()


def may_somewhere(user: Person, permission: Permission) -> bool:
    """Return whether `user` holds `permission` in any unit."""
    if not user.is_authenticated or not user.is_active:
        return False
    return Unit.objects.where(user, permission).exists()


def may_author(user: Person) -> bool:
    """Return whether `user` may write and publish questionnaires.

    They are the whole organization's: the role must be held in a topmost unit.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return user.authors_questionnaires


def is_administrator(user: Person) -> bool:
    """Return whether `user` administers the whole site."""
    return bool(user.is_authenticated and user.is_active and user.is_superuser)
