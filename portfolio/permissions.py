"""Who may ask for statistics and look at background work."""

from accounts.models import User
from accounts.permissions import is_administrator, may_somewhere
from accounts.roles import Permission


def can_refresh(user: User) -> bool:
    """Whether `user` may ask for a recomputation: reviewers, managers, administrators."""
    return is_administrator(user) or may_somewhere(user, Permission.REVIEW)


def can_see_jobs(user: User) -> bool:
    """Whether `user` may see and retry background work."""
    return is_administrator(user)
