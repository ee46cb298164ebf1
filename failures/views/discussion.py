"""Comments on a record, and whether another is like it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from failures import permissions
from failures.forms.discussion import CommentForm
from failures.models import Postmortem
from failures.selectors.comments import comments_on
from failures.selectors.records import own_text
from failures.services import comments, likeness
from failures.views.requests import SIZES, paged, permit, reader, record
from riskbase.shared.errors import DomainError


@login_required
@require_http_methods(["GET", "POST"])
def comment_list(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the comments on a record, and take another."""
    postmortem = record(request, pk)
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        permit(permissions.can_comment(reader(request), postmortem))
        if form.is_valid() and _added(request, postmortem, form):
            return redirect("failures:comment-list", pk)
    page = paged(request, comments_on(postmortem))
    context = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "page": page,
        "sizes": SIZES,
        "form": form,
        **rights_on(request, postmortem),
    }
    return render(request, "failures/comment_list.html", context)


def rights_on(request: HttpRequest, postmortem: Postmortem) -> dict[str, object]:
    """Return what the comments' templates ask of the reader."""
    user = reader(request)
    may_comment = permissions.can_comment(user, postmortem)
    return {
        "may_comment": may_comment,
        "own_comments_of": user.pk if may_comment else None,
        "may_withdraw_any": permissions.can_review(user, postmortem),
    }


def _added(request: HttpRequest, postmortem: Postmortem, form: CommentForm) -> bool:
    text = form.cleaned_data["text"]
    try:
        comments.add(postmortem=postmortem, text=text, by=reader(request))
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    return True


@login_required
@require_POST
def comment_withdraw(
    request: HttpRequest, pk: uuid.UUID, comment: uuid.UUID
) -> HttpResponse:
    row = get_object_or_404(comments_on(record(request, pk)), pk=comment)
    permit(permissions.can_withdraw(reader(request), row))
    comments.withdraw(comment=row, by=reader(request))
    return redirect("failures:comment-list", pk)


@login_required
@require_POST
def likeness_judge(
    request: HttpRequest, pk: uuid.UUID, other: uuid.UUID
) -> HttpResponse:
    """Confirm or deny that two records are alike."""
    postmortem, second = record(request, pk), record(request, other)
    permit(permissions.can_comment(reader(request), postmortem))
    try:
        likeness.judge(
            postmortem=postmortem,
            other=second,
            verdict=request.POST.get("verdict", ""),
            by=reader(request),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("failures:postmortem-alike", pk)
