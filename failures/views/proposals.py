"""Proposed changes: making one, the list, the decision."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from failures import permissions
from failures.choices import ProposalKind
from failures.forms.proposals import (
    DecisionOnProposalForm,
    ProposalFilterForm,
    ProposalForm,
)
from failures.selectors.proposals import named, proposals, targets_of
from failures.services.proposals import decide, propose
from failures.views.requests import SIZES, paged, permit, reader, record
from riskbase.shared.errors import DomainError


@login_required
@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Show what lessons propose, the newest first."""
    form = ProposalFilterForm(request.GET or None)
    rows = proposals(reader(request))
    if form.is_bound and form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    page = paged(request, rows)
    context = {
        "form": form,
        "page": page,
        "rows": named(list(page)),
        "sizes": SIZES,
        "may_decide": permissions.can_decide(reader(request)),
    }
    return render(request, "failures/proposal_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_create(request: HttpRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """Propose a change from what this record teaches."""
    postmortem = record(request, pk)
    permit(permissions.can_comment(reader(request), postmortem))
    if kind not in ProposalKind.values:
        raise Http404
    form = ProposalForm(request.POST or None, targets=targets_of(kind))
    if request.method == "POST" and form.is_valid():
        try:
            propose(
                postmortem=postmortem,
                kind=kind,
                by=reader(request),
                target=form.cleaned_data["target"],
                text=form.cleaned_data["text"],
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:postmortem-detail", pk)
    title = (
        _("Propose a change of a question")
        if kind == ProposalKind.QUESTION
        else _("Propose a change of a practice")
    )
    context = {"postmortem": postmortem, "form": form, "title": title}
    return render(request, "failures/proposal_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept or decline a proposal."""
    user = reader(request)
    row = get_object_or_404(proposals(user), pk=pk)
    permit(permissions.can_decide(user))
    initial = {"state": row.state, "answer": row.answer}
    form = DecisionOnProposalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            decide(proposal=row, by=user, at=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:proposal-list")
    [(proposal, name)] = named([row])
    context = {"proposal": proposal, "name": name, "form": form}
    return render(request, "failures/proposal_decide.html", context)
