"""Bearer tokens: hashed, scoped, expiring."""

import datetime as dt
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

# Storing the time of every single use would write a row per request.
USE_RESOLUTION = dt.timedelta(minutes=1)


class BearerAuthentication(TokenAuthentication):  # type: ignore[misc]
    """Knox's token check, remembering when the token was last used."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """Return (user, token). Raises AuthenticationFailed."""
        if not (token.isascii() and token.decode("ascii").isprintable()):
            raise AuthenticationFailed
        user, auth_token = super().authenticate_credentials(token)
        now = timezone.now()
        last = auth_token.last_used_at
        if last is None or now - last > USE_RESOLUTION:
            type(auth_token)._default_manager.filter(pk=auth_token.pk).update(
                last_used_at=now
            )
        return user, auth_token


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tells the schema about bearer tokens."""

    target_class = "riskbase.shared.api.authentication.BearerAuthentication"
    name = "bearerToken"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        return {"type": "http", "scheme": "bearer", "bearerFormat": "rbk_…"}
