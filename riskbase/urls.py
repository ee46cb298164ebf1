"""Mounts the apps, the API and the health checks."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from riskbase.shared.api.docs import docs

api: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    path("", include("accounts.api.urls")),
    path("", include("failures.api.urls")),
    path("", include("projects.api.urls")),
    path("", include("portfolio.api.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(api)),
    path("", include("portfolio.urls")),
    path("", include("projects.urls")),
    path("", include("failures.urls")),
    path("", include("accounts.urls")),
    path("account/", include("accounts.allauth_urls")),
    path("audit/", include("riskbase.shared.audit.urls")),
    path("health/", include("riskbase.shared.health.urls")),
]

handler400 = "riskbase.shared.api.fallbacks.bad_request"
handler404 = "riskbase.shared.api.fallbacks.page_not_found"
handler500 = "riskbase.shared.api.fallbacks.server_error"
