"""Conversations as a page shows them: what was said, and whether the answer moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from projects.choices import ThreadState
from projects.models import Assessment, Comment, Thread
from projects.selectors.filling import Filling
from projects.selectors.rounds import AnswerChange, answer_changes
from projects.selectors.wording import answer_text


@dataclass(frozen=True)
class Talk:
    """A conversation, and what the answer was before it changed since, in words."""

    thread: Thread
    comments: Sequence[Comment]
    is_changed: bool
    """Whether the answer changed since the conversation began."""
    before: str = ""
    after: str = ""
    """The answer then and now; the same words: only a comment or a link changed."""

    @property
    def key(self) -> str:
        """What names it on a page."""
        return f"talk-{self.thread.pk}"

    @property
    def is_open(self) -> bool:
        return self.thread.is_open

    @property
    def is_reworded(self) -> bool:
        """Whether the answer itself reads differently now."""
        return self.before != self.after


def talks_of(filling: Filling, *, only_open: bool = False) -> dict[str, list[Talk]]:
    """Return question -> its conversations, the open ones first."""
    assessment = filling.assessment
    threads = _threads(assessment, only_open=only_open)
    if not threads:
        return {}
    changes = answer_changes(assessment, min(row.created_at for row in threads))
    found: dict[str, list[Talk]] = {}
    for thread in sorted(threads, key=lambda row: not row.is_open):
        talk = _talk(thread, filling, changes.get(thread.question, []))
        found.setdefault(thread.question, []).append(talk)
    return found


def _threads(assessment: Assessment, *, only_open: bool) -> list[Thread]:
    comments = Comment.objects.select_related("author")
    rows = assessment.threads.select_related("opened_by", "resolved_by")
    if only_open:
        rows = rows.filter(state=ThreadState.OPEN)
    found = list(rows.prefetch_related(Prefetch("comments", queryset=comments)))
    for row in found:
        row.assessment = assessment
    return found


def _talk(thread: Thread, filling: Filling, changes: Sequence[AnswerChange]) -> Talk:
    later = [change for change in changes if change.at > thread.created_at]
    comments = list(thread.comments.all())
    if not later or thread.question not in filling.entries:
        return Talk(thread, comments, is_changed=False)
    entry = filling.entries[thread.question]
    return Talk(
        thread,
        comments,
        is_changed=True,
        before=said_text(entry, later[0].before),
        after=said_text(entry, later[-1].after),
    )


def said_text(entry: Mapping[str, Any], said: Mapping[str, Any] | None) -> str:
    """Return in words what a sheet or the audit trail holds of an answer."""
    said = said or {}
    return answer_text(entry, said.get("state", "blank"), said.get("value"))
