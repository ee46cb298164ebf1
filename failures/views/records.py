"""Reading post-mortems: the list, the page, the title check while typing."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from failures import permissions, search
from failures.forms.filters import PostmortemFilterForm
from failures.models import Postmortem
from failures.selectors import causes
from failures.selectors.attachments import attachments_of
from failures.selectors.comments import SHOWN, comments_on
from failures.selectors.completeness import completeness
from failures.selectors.facets import facets
from failures.selectors.precedents import possible_duplicates
from failures.selectors.proposals import named, proposals
from failures.selectors.records import own_text, postmortem_sheet
from failures.selectors.second_coding import double_coding, waiting_for
from failures.selectors.similar import denied_of, similar_to
from failures.views.discussion import rights_on
from failures.views.facets import facet_groups
from failures.views.requests import (
    SIZES,
    page_or_fragment,
    page_size,
    reader,
    record,
)
from failures.views.wording import history_lines
from riskbase.shared import keyset
from riskbase.shared.tabular import Format


def criteria_from(asked: dict[str, Any]) -> search.Criteria:
    """Return the criteria of a validated filter form."""
    cause = asked.get("cause", "")
    return search.Criteria(
        q=asked.get("q", ""),
        causes=causes.with_descendants(cause) if cause else (),
        stage=asked.get("stage", ""),
        year=asked.get("year"),
        exact={name: asked[name] for name in search.EXACT if name in asked},
    )


@login_required
@require_safe
def postmortem_list(request: HttpRequest) -> HttpResponse:
    form = PostmortemFilterForm(request.GET or None, causes=causes.cause_choices())
    asked = form.asked() if form.is_bound else {}
    size = page_size(request)
    try:
        page = search.find(
            user=reader(request),
            criteria=criteria_from(asked),
            language=request.LANGUAGE_CODE,
            cursor=request.GET.get("cursor"),
            size=size,
        )
    except keyset.BadCursor as error:
        raise Http404 from error
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "titles": causes.titles(),
        "sizes": SIZES,
        "waiting": waiting_for(reader(request)),
        "may_create": permissions.can_create_anywhere(reader(request)),
        "may_import": permissions.can_import_anywhere(reader(request)),
        "formats": [Format.CSV, Format.XLSX, Format.JSON],
    }
    return page_or_fragment(
        request,
        "failures/postmortem_list.html",
        "failures/_postmortem_results.html",
        context,
    )


@login_required
@require_safe
def postmortem_facets(request: HttpRequest) -> HttpResponse:
    """Show how the records of the list divide, each value with its number."""
    form = PostmortemFilterForm(request.GET or None, causes=causes.cause_choices())
    asked = form.asked() if form.is_bound else {}
    criteria = criteria_from(asked)
    rows = search.visible(reader(request), criteria)
    if criteria.text:
        rows = search.matching(rows, criteria.text)
    context = {"groups": facet_groups(facets(rows), asked)}
    return page_or_fragment(
        request,
        "failures/postmortem_facets.html",
        "failures/_postmortem_facets.html",
        context,
    )


@login_required
@require_safe
def postmortem_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    sheet = postmortem_sheet(
        postmortem, user=reader(request), language=request.LANGUAGE_CODE
    )
    allowed = acts(request, postmortem)
    told = completeness(postmortem) if allowed["work"] else None
    context = {
        "postmortem": postmortem,
        "sheet": sheet,
        "allowed": allowed,
        "double": double_coding(postmortem, reader(request)),
        "history": history_lines(sheet.history, with_reasons=sheet.in_full),
        "missing": told.missing if told else [],
        "completeness": told,
        "may_see_versions": sheet.in_full,
        "proposals": named(
            proposals(reader(request)).filter(postmortem=postmortem)[:SHOWN]
        ),
        "files": attachments_of(postmortem),
        "may_decide": permissions.can_decide(reader(request)),
        "comments": comments_on(postmortem)[:SHOWN],
        **rights_on(request, postmortem),
    }
    return render(request, "failures/postmortem_detail.html", context)


def acts(request: HttpRequest, postmortem: Postmortem) -> dict[str, bool]:
    """Return what this person may do with the record."""
    user = reader(request)
    allowed = {
        "edit": permissions.can_edit(user, postmortem),
        "submit": permissions.can_submit(user, postmortem),
        "publish": permissions.can_publish(user, postmortem),
        "approve": permissions.can_approve(user, postmortem),
        "archive": permissions.can_archive(user, postmortem),
        "return": permissions.can_return(user, postmortem),
        "follow_up": permissions.can_follow_up(user, postmortem),
        "open": permissions.can_set_visibility(user, postmortem),
    }
    allowed["work"] = allowed["edit"] or allowed["publish"]
    allowed["any"] = any(allowed.values())
    return allowed


@login_required
@require_safe
def postmortem_alike(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the published records that are most like this one, with the reasons."""
    postmortem = record(request, pk)
    user = reader(request)
    context = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "similar": similar_to(user=user, postmortem=postmortem, limit=3),
        "may_judge": permissions.can_comment(user, postmortem),
        "denied": denied_of(user=user, postmortem=postmortem),
    }
    return page_or_fragment(
        request,
        "failures/similar_records.html",
        "failures/_similar_records.html",
        context,
    )


@login_required
@require_safe
def postmortem_similar(request: HttpRequest) -> HttpResponse:
    """Show records of a like title, while it is typed."""
    found = possible_duplicates(
        user=reader(request), title=request.GET.get("title", "")
    )
    return render(request, "failures/_similar.html", {"similar": found})
