"""Proposing a change of a question or a practice, and deciding on it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import ProposalKind, ProposalState
from failures.models import Postmortem, Proposal
from failures.selectors.proposals import targets_of
from failures.services.parts import locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

LONGEST = 4_000


class ProposalRefused(DomainError):
    """The proposal or the decision cannot be taken as it is."""


@transaction.atomic
def propose(
    *, postmortem: Postmortem, kind: str, target: str, text: str, by: User
) -> Proposal:
    """Propose a change; an empty `target` asks for a new question or practice."""
    row = locked(postmortem)
    text = text.strip()
    if kind not in ProposalKind.values:
        raise ProposalRefused(
            "unknown_choice", _("Choose one of the list."), field="kind"
        )
    if target and target not in targets_of(kind):
        raise ProposalRefused(
            "unknown_choice", _("Choose one of the list."), field="target"
        )
    if not text or len(text) > LONGEST:
        words = _("That is too long.") if text else _("Write something first.")
        raise ProposalRefused("proposal_text", words, field="text")
    proposal = Proposal.objects.create(
        postmortem=row, kind=kind, target=target, text=text, author=by
    )
    trail.record(
        by=by,
        verb="change_proposed",
        target=row,
        after={"kind": kind, "target": target, "text": text},
    )
    return proposal


@transaction.atomic
def decide(
    *, proposal: Proposal, state: str, answer: str, by: User, at: dt.datetime
) -> Proposal:
    """Accept or decline it, or open it again; declining needs a reason."""
    record = locked(proposal.postmortem)
    row = Proposal.objects.get(pk=proposal.pk)
    answer = answer.strip()
    if state not in ProposalState.values:
        raise ProposalRefused(
            "unknown_choice", _("Choose one of the list."), field="state"
        )
    if state == ProposalState.DECLINED and not answer:
        raise ProposalRefused(
            "reason_missing", _("Give the reason for not doing it."), field="answer"
        )
    if (row.state, row.answer) == (state, answer):
        return row
    before = {"state": row.state, "answer": row.answer}
    row.state, row.answer = state, answer
    decided = state != ProposalState.OPEN
    row.decided_at, row.decided_by = (at, by) if decided else (None, None)
    row.version += 1
    row.save()
    trail.record(
        by=by,
        verb="proposal_decided",
        target=record,
        before=before,
        after={"state": state, "answer": answer},
    )
    return row
