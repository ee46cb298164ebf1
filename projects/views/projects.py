"""Pages of projects: list, detail, create, edit."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.forms.projects import ProjectFilterForm, ProjectForm, initial_of
from projects.models import Project
from projects.permissions import can_create_project, can_edit_project
from projects.selectors.history import history_of
from projects.selectors.project_page import project_for_page, project_page
from projects.selectors.projects import (
    ordering_for,
    projects_for,
    units_to_create_in,
    units_to_move_to,
)
from projects.services import projects
from projects.views.conflicts import Conflict, conflict_of
from projects.views.guidance import advice_for, allowed_for, start_path, stations
from projects.views.remembered import remembered
from projects.views.risk_chart import risk_chart
from projects.views.steps import steps_of
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.keyset import BadCursor, paginate
from riskbase.shared.requests import AuthenticatedRequest

SIZES = ("25", "50", "100")


@login_required
@require_safe
def project_list(request: AuthenticatedRequest) -> HttpResponse:
    """Show the projects the person sees, as they last wanted them."""
    if elsewhere := remembered(request, "projects"):
        return elsewhere
    form = ProjectFilterForm(request.GET, user=request.user)
    wanted = form.wanted()
    size = request.GET.get("size")
    size = size if size in SIZES else SIZES[0]
    try:
        page = paginate(
            projects_for(request.user, wanted),
            ordering=ordering_for(wanted.get("ordering"), wanted.get("search", "")),
            cursor=request.GET.get("cursor"),
            size=int(size),
        )
    except BadCursor:
        return redirect("projects:project-list")
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(wanted.keys() - {"ordering"}),
        "can_create": can_create_project(request.user),
        "sizes": SIZES,
        "size": size,
    }
    return render(request, "projects/project_list.html", context)


@login_required
@require_safe
def project_detail(
    request: AuthenticatedRequest, pk: uuid.UUID, section: str = "overview"
) -> HttpResponse:
    """Show one section of a project under its header and next step."""
    project = get_object_or_404(project_for_page(request.user), pk=pk)
    page = project_page(project, request.user)
    allowed = allowed_for(request.user, project)
    context = {
        "page": page,
        "project": project,
        "section": section,
        "template": f"projects/_project_{section}.html",
        "allowed": allowed,
        "advice": advice_for(page, allowed),
        "stations": stations(page.journey),
        "tabs": _tabs(page),
        "can_edit": can_edit_project(request.user, project),
        "assessment_path": start_path(project),
        "parents": [(reverse("projects:project-list"), _("Projects"))],
    }
    if section == "overview":
        context["chart"] = risk_chart(page.causes)
    if section == "mitigations":
        context["mitigations"] = [
            (one, steps_of(one.row, request.user, allowed)) for one in page.mitigations
        ]
    if section == "history":
        context["happenings"] = history_of(project)
    return render(request, "projects/project_detail.html", context)


def _tabs(page: Any) -> list[tuple[str, str, str, int | None]]:
    """Return (section, address, label, count) of every tab."""
    counted: list[tuple[str, str, int | None]] = [
        ("overview", _("Overview"), None),
        ("assessments", _("Assessments"), len(page.assessments)),
        ("mitigations", _("Mitigations"), len(page.mitigations)),
        ("outcome", _("Outcome"), None),
        ("history", _("History"), None),
    ]
    names = {"overview": "projects:project-detail"}
    return [
        (
            section,
            reverse(
                names.get(section, f"projects:project-{section}"),
                args=[page.project.pk],
            ),
            label,
            count,
        )
        for section, label, count in counted
    ]


@login_required
@require_http_methods(["GET", "POST"])
def project_create(request: AuthenticatedRequest) -> HttpResponse:
    """Open a project; with `next=assess` its assessment begins right after."""
    if not can_create_project(request.user):
        raise PermissionDenied
    units = units_to_create_in(request.user)
    form = ProjectForm(request.POST or None, units=units, user=request.user)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        try:
            project = projects.create(
                unit=facts["unit"],
                by=request.user,
                owner=facts["owner"],
                facts=facts,
                text=form.texts(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _opened(request, project)
    context = {
        "form": form,
        "title": _("New project"),
        "subtitle": _("Five facts are enough; the rest can follow."),
        "action": _("Create project"),
        "assess_too": True,
        "cancel": reverse("projects:project-list"),
        "parents": [(reverse("projects:project-list"), _("Projects"))],
    }
    return render(request, "projects/project_form.html", context)


def _opened(request: AuthenticatedRequest, project: Project) -> HttpResponse:
    messages.success(
        request,
        _("%(reference)s is open.") % {"reference": project.reference},
    )
    start = start_path(project) if request.POST.get("next") == "assess" else ""
    return redirect(start or reverse("projects:project-detail", args=[project.pk]))


@login_required
@require_http_methods(["GET", "POST"])
def project_edit(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a project; a conflict shows both texts and keeps what was typed."""
    project = get_object_or_404(project_for_page(request.user), pk=pk)
    if not can_edit_project(request.user, project):
        raise PermissionDenied
    form = ProjectForm(
        request.POST or None,
        initial=initial_of(project),
        units=units_to_move_to(request.user, project),
        user=project.owner,
    )
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            projects.change(
                project=project,
                by=request.user,
                facts=form.facts(),
                text=form.texts(),
                expected_version=form.cleaned_data["version"],
            )
        except EditConflict as clash:
            conflict = conflict_of(form, initial_of(clash.current))
            form = conflict.form
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("projects:project-detail", pk=project.pk)
    return render(
        request, "projects/project_form.html", _edit_words(project, form, conflict)
    )


def _edit_words(
    project: Project, form: ProjectForm, conflict: Conflict | None
) -> dict[str, Any]:
    here = reverse("projects:project-detail", args=[project.pk])
    return {
        "form": form,
        "conflict": conflict,
        "title": _("Edit %(name)s") % {"name": project.name},
        "subtitle": project.reference,
        "action": _("Save my version") if conflict else _("Save"),
        "cancel": here,
        "parents": [
            (reverse("projects:project-list"), _("Projects")),
            (here, project.name),
        ],
    }
