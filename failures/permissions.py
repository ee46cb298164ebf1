"""May this person do this now: predicates for pages, API and templates alike."""

from accounts.models import Person, Unit, User
from accounts.permissions import may, may_author, may_somewhere
from accounts.roles import Permission
from failures.choices import (
    COUNTED_STATES,
    FROZEN_STATES,
    WRITTEN_STATES,
    Origin,
    PostmortemState,
)
from failures.models import Postmortem, RecordComment, SecondCoding


def _holds(user: User, permission: Permission, postmortem: Postmortem) -> bool:
    """Outside cases stand in no unit: they are the site administrators' to change."""
    if postmortem.unit is None:
        return bool(user.is_active and user.is_superuser)
    return may(user, permission, postmortem.unit)


def can_create(user: User, unit: Unit) -> bool:
    """Whether `user` may log post-mortems in `unit`."""
    return may(user, Permission.LOG_POSTMORTEM, unit)


def can_create_anywhere(user: User) -> bool:
    """Whether there is a unit in which `user` may log post-mortems."""
    return may_somewhere(user, Permission.LOG_POSTMORTEM)


def can_import(user: User, unit: Unit) -> bool:
    """Whether `user` may import files of post-mortems into `unit`: they are published."""
    return may(user, Permission.REVIEW, unit)


def can_import_anywhere(user: User) -> bool:
    """Whether there is a unit into which `user` may import."""
    return may_somewhere(user, Permission.REVIEW)


def can_edit(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may change the record: its draft's author, or an editor.

    A published record is first returned to draft. Public cases are content and
    change with it only.
    """
    if postmortem.state in FROZEN_STATES or postmortem.origin == Origin.CASE:
        return False
    if _holds(user, Permission.EDIT_POSTMORTEM, postmortem):
        return True
    return (
        postmortem.state in WRITTEN_STATES
        and postmortem.author_id == user.pk
        and _holds(user, Permission.LOG_POSTMORTEM, postmortem)
    )


def can_code(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may add, change and remove causes of the record.

    While a blind second coding is under way, only the first coders may: the author
    or, where there is none, whoever began.
    """
    if not can_edit(user, postmortem):
        return False
    return not postmortem.causes_sealed or _codes_first(user, postmortem)


def _codes_first(user: User, postmortem: Postmortem) -> bool:
    if SecondCoding.objects.filter(postmortem=postmortem, coder=user).exists():
        return False
    if postmortem.author_id == user.pk:
        return True
    began = postmortem.codings.exclude(coder=None)
    if began.filter(coder=user).exists():
        return True
    return postmortem.author_id is None and not began.exists()


def can_see_causes(user: Person, postmortem: Postmortem) -> bool:
    """Whether `user` may know what the follow-ups of the record are against."""
    return not postmortem.causes_sealed or postmortem.author_id == user.pk


def can_code_second(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` is asked to code the record apart, and has not submitted yet."""
    return (
        postmortem.state not in FROZEN_STATES
        and SecondCoding.objects.filter(
            postmortem=postmortem, coder=user, submitted_at=None
        ).exists()
    )


def can_invite_second(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may choose the second coder: who is asked to code may not."""
    if SecondCoding.objects.filter(postmortem=postmortem, coder=user).exists():
        return False
    return can_edit(user, postmortem)


def can_adjudicate(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may decide between two codings."""
    return postmortem.state not in FROZEN_STATES and can_review(user, postmortem)


def can_follow_up(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may move the record's actions on, also after publication."""
    if postmortem.origin == Origin.CASE:
        return False
    if can_edit(user, postmortem):
        return True
    return _holds(user, Permission.EDIT_POSTMORTEM, postmortem) or (
        postmortem.author_id == user.pk
        and _holds(user, Permission.LOG_POSTMORTEM, postmortem)
    )


def can_comment(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may remark on the record, and say what it is like."""
    if postmortem.origin == Origin.CASE:
        return False
    rights = (Permission.LOG_POSTMORTEM, Permission.EDIT_POSTMORTEM, Permission.REVIEW)
    return any(_holds(user, right, postmortem) for right in rights)


def can_see_versions(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may read earlier wordings: who may change or judge the record.

    What was taken out before the record was opened to others stays with those.
    """
    return can_follow_up(user, postmortem) or can_review(user, postmortem)


def can_decide(user: User) -> bool:
    """Whether `user` decides on proposed changes: who writes questionnaires does."""
    return may_author(user)


def can_withdraw(user: User, comment: RecordComment) -> bool:
    """Whether `user` may take the comment back: who wrote it, or a reviewer."""
    postmortem = comment.postmortem
    if comment.author_id == user.pk:
        return can_comment(user, postmortem)
    return can_review(user, postmortem)


def can_submit(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may hand the draft over for review."""
    return postmortem.state in WRITTEN_STATES and can_edit(user, postmortem)


def can_review(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may judge the record: return it, open it, verify its actions."""
    if postmortem.origin == Origin.CASE:
        return False
    return _holds(user, Permission.REVIEW, postmortem)


def can_publish(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may publish the record as it stands in the workflow."""
    return postmortem.state not in COUNTED_STATES and can_review(user, postmortem)


def can_approve(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may confirm that the record is right."""
    return postmortem.state == PostmortemState.IN_REVIEW and can_review(
        user, postmortem
    )


def can_archive(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may set the record aside, or take it back."""
    return postmortem.state in COUNTED_STATES and can_review(user, postmortem)


def can_return(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may send the record back to draft."""
    return postmortem.state not in WRITTEN_STATES and can_review(user, postmortem)


def can_set_visibility(user: User, postmortem: Postmortem) -> bool:
    """Whether `user` may choose who reads the record."""
    return can_edit(user, postmortem) or can_review(user, postmortem)
