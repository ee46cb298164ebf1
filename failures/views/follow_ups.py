"""The follow-ups of all records in one list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from failures.forms.follow_ups import FollowUpFilterForm
from failures.selectors.follow_ups import BY_DUE, follow_ups, narrowed
from failures.views.requests import SIZES, paged, reader


@login_required
@require_safe
def follow_up_list(request: HttpRequest) -> HttpResponse:
    """Show what is to be done, the most urgent first."""
    form = FollowUpFilterForm(request.GET or None)
    today = timezone.localdate()
    user = reader(request)
    rows = narrowed(follow_ups(user), form.wanted(), user=user, today=today)
    page = paged(request, rows, BY_DUE)
    context = {
        "form": form if form.is_bound else FollowUpFilterForm({"state": "waiting"}),
        "page": page,
        "today": today,
        "sizes": SIZES,
    }
    return render(request, "failures/follow_up_list.html", context)
