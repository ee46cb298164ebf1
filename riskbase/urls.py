"""Mounts the apps, the API and the health checks."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from riskbase.shared.api.docs import ApiDocs

# TEMPORARY while the apps are being written: mounts what exists.
PAGES = [
    ("", "portfolio.urls"),
    ("", "projects.urls"),
    ("", "failures.urls"),
    ("", "accounts.urls"),
    ("account/", "accounts.allauth_urls"),
    ("audit/", "riskbase.shared.audit.urls"),
    ("health/", "riskbase.shared.health.urls"),
]
API = ["accounts.api.urls", "failures.api.urls", "projects.api.urls", "portfolio.api.urls"]


def exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/v1/docs/", ApiDocs.as_view(), name="api-docs"),
    *[path("api/v1/", include(module)) for module in API if exists(module)],
    *[path(prefix, include(module)) for prefix, module in PAGES if exists(module)],
]
