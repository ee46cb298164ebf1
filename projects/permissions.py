"""May this person do this now? Built on the roles they hold in the project's unit."""

from accounts.models import Unit, User
from accounts.permissions import may, may_author, may_somewhere
from accounts.roles import Permission
from projects.choices import MitigationState, ProjectState, QuestionnaireState
from projects.models import (
    Assessment,
    GateOverride,
    Mitigation,
    Project,
    QuestionnaireVersion,
    SectionReview,
    Thread,
)


def can_assess(user: User, project: Project) -> bool:
    """Whether `user` may start an assessment of a project that still runs."""
    if project.state != ProjectState.ACTIVE:
        return False
    return may(user, Permission.ASSESS, project.unit)


def can_answer(user: User, assessment: Assessment) -> bool:
    """Whether `user` may change answers of a draft."""
    return assessment.is_open and may(user, Permission.ASSESS, assessment.project.unit)


def can_submit(user: User, assessment: Assessment) -> bool:
    """Whether `user` may submit a draft."""
    return can_answer(user, assessment)


def can_create_project(user: User, unit: Unit | None = None) -> bool:
    """Whether `user` may open a project in `unit`, or in any unit at all."""
    if unit is None:
        return may_somewhere(user, Permission.CREATE_PROJECT)
    return may(user, Permission.CREATE_PROJECT, unit)


def can_edit_project(user: User, project: Project) -> bool:
    """Whether `user` may change the project; owners may change their own."""
    return _owns_or_may(user, Permission.EDIT_PROJECT, project)


def can_place_project(user: User, unit: Unit) -> bool:
    """Whether `user` may move a project into `unit`."""
    return may(user, Permission.EDIT_PROJECT, unit)


def can_record_outcome(user: User, project: Project) -> bool:
    """Whether `user` may say how the project ended; owners may of their own."""
    return _owns_or_may(user, Permission.RECORD_OUTCOME, project)


def can_log_postmortem(user: User, project: Project) -> bool:
    """Whether `user` may begin the post-mortem of the project's failure."""
    return may(user, Permission.LOG_POSTMORTEM, project.unit)


def can_mitigate(user: User, project: Project) -> bool:
    """Whether `user` may plan, change, report and drop mitigations."""
    return _owns_or_may(user, Permission.ASSESS, project)


def can_review(user: User, project: Project) -> bool:
    """Whether `user` may verify what others did in the project."""
    return may(user, Permission.REVIEW, project.unit)


def can_discuss(user: User, assessment: Assessment) -> bool:
    """Whether `user` may talk about questions: who answers them, and who reviews."""
    unit = assessment.project.unit
    return may(user, Permission.ASSESS, unit) or may(user, Permission.REVIEW, unit)


def can_judge(user: User, assessment: Assessment) -> bool:
    """Whether `user` may ask for changes, approve and reject: never who submitted."""
    return can_review(user, assessment.project) and not assessment.was_submitted_by(
        user
    )


def can_give_verdict(user: User, review: SectionReview) -> bool:
    """Whether `user` was asked for this verdict, and may still judge."""
    return review.reviewer_id == user.pk and can_judge(user, review.assessment)


def can_settle(user: User, thread: Thread) -> bool:
    """Whether `user` may resolve and reopen: reviewers; of a plain one its opener."""
    if can_judge(user, thread.assessment):
        return True
    is_opener = not thread.asks_change and thread.opened_by_id == user.pk
    return is_opener and can_discuss(user, thread.assessment)


def can_request_override(user: User, assessment: Assessment) -> bool:
    """Whether `user` may ask for an exception from a gate."""
    return may(user, Permission.ASSESS, assessment.project.unit)


def can_decide_override(user: User, override: GateOverride) -> bool:
    """Whether `user` may grant it: neither who asked for it nor who submitted."""
    return override.requested_by_id != user.pk and can_judge(user, override.assessment)


def can_withdraw_override(user: User, override: GateOverride) -> bool:
    """Whether `user` may take it back: who asked for it, and reviewers."""
    project = override.assessment.project
    if override.requested_by_id == user.pk:
        return may(user, Permission.VIEW, project.unit)
    return can_review(user, project)


def can_imagine(user: User, assessment: Assessment) -> bool:
    """Whether `user` may keep scenarios: they change nothing of the assessment."""
    unit = assessment.project.unit
    return may(user, Permission.ASSESS, unit) or may(user, Permission.REVIEW, unit)


def can_verify(user: User, mitigation: Mitigation) -> bool:
    """Whether `user` may verify a mitigation: a reviewer who is not its owner."""
    return mitigation.owner_id != user.pk and can_review(user, mitigation.project)


def can_move(user: User, mitigation: Mitigation, state: str) -> bool:
    """Whether `user` may take the mitigation to `state`.

    Verifying is a reviewer's; whoever finds that a verified one does not hold after
    all may say so.
    """
    if state == MitigationState.VERIFIED:
        return can_verify(user, mitigation)
    is_verified = mitigation.state == MitigationState.VERIFIED
    project = mitigation.project
    return can_mitigate(user, project) or (is_verified and can_review(user, project))


def can_author(user: User) -> bool:
    """Whether `user` may write, review, backtest and publish questionnaires."""
    return may_author(user)


def can_write(user: User, version: QuestionnaireVersion) -> bool:
    """Whether `user` may change or delete a version: any author, while it is a draft."""
    return version.state == QuestionnaireState.DRAFT and may_author(user)


def can_decide(user: User, version: QuestionnaireVersion) -> bool:
    """Whether `user` may publish or return what was handed in.

    That somebody else has to publish it, where there is somebody, the service tells.
    """
    return version.state == QuestionnaireState.IN_REVIEW and may_author(user)


def _owns_or_may(user: User, permission: Permission, project: Project) -> bool:
    """Owning a project counts only while one still sees its unit."""
    held = Permission.VIEW if project.owner_id == user.pk else permission
    return may(user, held, project.unit)
