"""The browsable documentation of the API."""

from drf_spectacular.views import SpectacularSwaggerSplitView


class ApiDocs(SpectacularSwaggerSplitView):
    """Swagger's split view: the plain one has an inline script and stays blank under our CSP."""

    url_name = "api-schema"
