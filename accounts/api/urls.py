"""Addresses below /api/v1/."""

from typing import Any

from django.urls import path

from accounts.api import views

LIST: dict[str, Any] = {"get": "list"}
LIST_AND_CREATE: dict[str, Any] = {"get": "list", "post": "create"}

urlpatterns = [
    path("me/", views.MeView.as_view(), name="api-me"),
    path("units/", views.UnitViewSet.as_view(LIST_AND_CREATE), name="api-unit-list"),
    path(
        "units/<uuid:pk>/",
        views.UnitViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-unit-detail",
    ),
    path(
        "units/<uuid:unit>/members/",
        views.MemberViewSet.as_view(LIST_AND_CREATE),
        name="api-unit-member-list",
    ),
    path(
        "units/<uuid:unit>/members/<uuid:pk>/",
        views.MemberViewSet.as_view({"delete": "destroy"}),
        name="api-unit-member-detail",
    ),
    path("tokens/", views.TokenViewSet.as_view(LIST_AND_CREATE), name="api-token-list"),
    path(
        "tokens/<uuid:token_id>/",
        views.TokenViewSet.as_view({"delete": "destroy"}),
        name="api-token-detail",
    ),
    path(
        "audit-events/",
        views.AuditEventViewSet.as_view(LIST),
        name="api-audit-event-list",
    ),
    path(
        "audit-events/<uuid:pk>/",
        views.AuditEventViewSet.as_view({"get": "retrieve"}),
        name="api-audit-event-detail",
    ),
]
