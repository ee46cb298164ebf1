"""The risk register."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portfolio.forms import RegisterFilterForm
from portfolio.selectors.register import ORDERINGS, entries_of, register_of
from portfolio.selectors.statistics import cause_titles
from riskbase.shared.keyset import BadCursor, paginate
from riskbase.shared.requests import AuthenticatedRequest

SIZE = 50


@login_required
@require_safe
def register(request: AuthenticatedRequest) -> HttpResponse:
    """List running projects, the riskiest first, with what is done about them."""
    form = RegisterFilterForm(request.GET, user=request.user)
    wanted = form.wanted()
    try:
        page = paginate(
            register_of(request.user, wanted),
            ordering=ORDERINGS[0],
            cursor=request.GET.get("cursor"),
            size=SIZE,
        )
    except BadCursor:
        return redirect("portfolio:register")
    context = {
        "form": form,
        "page": page,
        "entries": entries_of(page.items, cause_titles()),
        "is_filtered": bool(wanted),
    }
    return render(request, "portfolio/register.html", context)
