"""What a role may do: plain values, no rows."""

from enum import StrEnum


class Role(StrEnum):
    """A person's role in a unit and in every unit below it."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    MANAGER = "manager"
    REVIEWER = "reviewer"


class Permission(StrEnum):
    """An act on rows of a unit."""

    VIEW = "view"
    """See projects, assessments, and post-mortems open to the unit."""
    VIEW_RESTRICTED = "view_restricted"
    """See restricted post-mortems of others."""
    CREATE_PROJECT = "create_project"
    EDIT_PROJECT = "edit_project"
    """Edit any project of the unit; owners may always edit their own."""
    ASSESS = "assess"
    """Start, answer and submit assessments; plan mitigations."""
    RECORD_OUTCOME = "record_outcome"
    LOG_POSTMORTEM = "log_postmortem"
    """Write post-mortems; edit one's own drafts."""
    EDIT_POSTMORTEM = "edit_postmortem"
    """Edit any unpublished post-mortem of the unit."""
    REVIEW = "review"
    """Approve, ask for changes, publish, verify mitigations."""
    MANAGE_MEMBERS = "manage_members"
    """Invite people into the unit and change their roles."""
    AUTHOR = "author"
    """Write, review and publish questionnaires: counts in a topmost unit alone."""


_VIEWER = frozenset({Permission.VIEW})
_CONTRIBUTOR = _VIEWER | {
    Permission.CREATE_PROJECT,
    Permission.ASSESS,
    Permission.LOG_POSTMORTEM,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: _VIEWER,
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.REVIEWER: _VIEWER
    | {
        Permission.VIEW_RESTRICTED,
        Permission.REVIEW,
        Permission.EDIT_POSTMORTEM,
        Permission.AUTHOR,
    },
    Role.MANAGER: _CONTRIBUTOR
    | {
        Permission.VIEW_RESTRICTED,
        Permission.EDIT_PROJECT,
        Permission.RECORD_OUTCOME,
        Permission.EDIT_POSTMORTEM,
        Permission.REVIEW,
        Permission.MANAGE_MEMBERS,
        Permission.AUTHOR,
    },
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """Return the roles that grant `permission`."""
    return frozenset(role for role, held in PERMISSIONS.items() if permission in held)
