"""Pages of the published knowledge: causes, practices, base rates."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from failures import permissions, search
from failures.forms.filters import PracticeFilterForm, RateFilterForm
from failures.selectors import causes
from failures.views.requests import (
    SIZES,
    page_or_fragment,
    page_size,
    reader,
)
from riskbase.shared import keyset


def paged(request: HttpRequest, rows: Any, ordering: keyset.Ordering) -> Any:
    """Return the page asked for. Raises Http404 for a cursor that is not ours."""
    try:
        return keyset.paginate(
            rows,
            ordering=ordering,
            cursor=request.GET.get("cursor"),
            size=page_size(request, 50),
        )
    except keyset.BadCursor as error:
        raise Http404 from error


@login_required
@require_safe
def cause_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    context = {
        "q": words,
        "branches": causes.branches(words),
        "release": causes.current_release(),
    }
    return page_or_fragment(
        request, "failures/cause_list.html", "failures/_cause_tree.html", context
    )


@login_required
@require_safe
def cause_detail(request: HttpRequest, slug: str) -> HttpResponse:
    sheet = causes.cause_sheet(get_object_or_404(causes.current_rows(), slug=slug))
    criteria = search.Criteria(causes=sheet.slugs, exact={"state": "published"})
    try:
        page = search.find(
            user=reader(request),
            criteria=criteria,
            language=request.LANGUAGE_CODE,
            cursor=request.GET.get("cursor"),
            size=page_size(request),
        )
    except keyset.BadCursor as error:
        raise Http404 from error
    context = {
        "sheet": sheet,
        "cause": sheet.cause,
        "cases": page,
        "may_create": permissions.can_create_anywhere(reader(request)),
    }
    return render(request, "failures/cause_detail.html", context)


@login_required
@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    form = PracticeFilterForm(request.GET or None, causes=causes.cause_choices())
    asked = form.asked() if form.is_bound else {}
    rows = causes.practices(
        words=asked.get("q", ""),
        cause=asked.get("cause", ""),
        kind=asked.get("kind", ""),
    )
    context = {
        "form": form,
        "page": paged(request, rows, keyset.Ordering("slug", "slug")),
        "titles": causes.titles(),
        "sizes": SIZES,
    }
    return page_or_fragment(
        request,
        "failures/practice_list.html",
        "failures/_practice_table.html",
        context,
    )


@login_required
@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    practice = get_object_or_404(causes.every_practice(), slug=slug)
    context = {"practice": practice, "causes": causes.causes_of(practice)}
    return render(request, "failures/practice_detail.html", context)


@login_required
@require_safe
def base_rate_list(request: HttpRequest) -> HttpResponse:
    form = RateFilterForm(request.GET or None, causes=causes.cause_choices())
    rows = causes.rates(**(form.asked() if form.is_bound else {}))
    context = {
        "form": form,
        "page": paged(request, rows, keyset.Ordering("position", "position")),
        "titles": causes.titles(),
        "sizes": SIZES,
    }
    return page_or_fragment(
        request, "failures/base_rate_list.html", "failures/_rate_table.html", context
    )
