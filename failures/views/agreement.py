"""How far coders agree, on a page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from failures.selectors.agreement import agreement
from failures.views.requests import reader


@login_required
@require_safe
def agreement_page(request: HttpRequest) -> HttpResponse:
    context = {"report": agreement(reader(request))}
    return render(request, "failures/agreement.html", context)
