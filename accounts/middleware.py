"""Applies the signed-in person's language and time zone."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers


class PreferencesMiddleware:
    """Language: the profile's, else the cookie's, else the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        asked = translation.get_language_from_request(request)
        # An API caller asks by Accept-Language, page by page a person's profile rules.
        by_header = request.path.startswith("/api/") and (
            "Accept-Language" in request.headers
        )
        if user is not None and not by_header:
            asked = user.language
        translation.activate(asked)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        if user is not None:
            timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        response.headers.setdefault("Content-Language", translation.get_language())
        # What one person may see is kept for nobody else, and asked for again.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Accept-Language"])
        return response
