"""May this person do this now? Built on the roles they hold in the project's unit."""

from accounts.models import User
from accounts.permissions import may
from accounts.roles import Permission
from projects.choices import ProjectState
from projects.models import Assessment, Project


def can_assess(user: User, project: Project) -> bool:
    """Whether `user` may start an assessment of a project that still runs."""
    if project.state != ProjectState.ACTIVE:
        return False
    return may(user, Permission.ASSESS, project.unit)


def can_answer(user: User, assessment: Assessment) -> bool:
    """Whether `user` may change answers of a draft."""
    return assessment.is_draft and may(
        user, Permission.ASSESS, assessment.project.unit
    )


def can_submit(user: User, assessment: Assessment) -> bool:
    """Whether `user` may submit a draft."""
    return can_answer(user, assessment)
