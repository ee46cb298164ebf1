"""Base classes of API views: scoped rows, cursors, tags, idempotent POST."""

from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from riskbase.shared import keyset
from riskbase.shared.api import etags, idempotency
from riskbase.shared.api.models import IdempotencyKey
from riskbase.shared.api.pagination import KeysetPagination


class Replay(Exception):
    """Ends the handling of a repeated request."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class IdempotentPost:
    """Gives every POST of an APIView the Idempotency-Key behavior."""

    _kept: IdempotencyKey | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or idempotency.HEADER not in request.headers:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            if response.status_code >= status.HTTP_400_BAD_REQUEST:
                transaction.set_rollback(True)
            elif self._kept is not None:
                idempotency.keep(self._kept, response)
        return response  # type: ignore[no-any-return]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        reserved = idempotency.reserve(request)
        if isinstance(reserved, Response):
            raise Replay(reserved)
        self._kept = reserved

    def handle_exception(self, error: Exception) -> Response:
        if isinstance(error, Replay):
            return error.response
        return super().handle_exception(error)  # type: ignore[misc, no-any-return]


class ApiView(IdempotentPost, APIView):
    """A single endpoint. Declare `read_scopes` / `write_scopes`."""

    read_scopes: tuple[str, ...] = ()
    write_scopes: tuple[str, ...] = ()


class ApiViewSet(IdempotentPost, GenericViewSet[Any]):
    """A collection. Declare orderings, scopes and `get_queryset` by `visible_to`.

    Use `self.listed(rows)`, `self.shown(row)`, `self.created(row)`; before a change of
    people's text call `etags.require_match(request, row)`.
    """

    read_scopes: tuple[str, ...] = ()
    write_scopes: tuple[str, ...] = ()
    needs_match = False
    """Whether its POST too requires If-Match, for the schema."""
    orderings: list[keyset.Ordering] = [
        keyset.Ordering("-created", "pk", descending=True),
        keyset.Ordering("created", "pk"),
    ]
    pagination_class = KeysetPagination
    lookup_value_converter = "uuid"

    def listed(self, rows: Any = None) -> Response:
        """Return a page of `rows` (default: the filtered queryset), sparse if asked."""
        rows = self.filter_queryset(self.get_queryset() if rows is None else rows)
        page = self.paginate_queryset(rows)
        data = self.get_serializer(page, many=True).data
        return etags.attach(
            ready(self, self.get_paginated_response(self._sparse(data))), self.request
        )

    def shown(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """Return one object with its ETag; 304 when the caller holds it."""
        data = self.get_serializer(row).data
        response = ready(self, Response(self._sparse([data])[0], status=code))
        return etags.attach(response, self.request, row)

    def created(self, row: Any, location: str = "") -> Response:
        """Return 201 with the object, its ETag and Location."""
        response = self.shown(row, status.HTTP_201_CREATED)
        if location:
            response["Location"] = self.request.build_absolute_uri(location)
        return response

    def valid(self, **options: Any) -> dict[str, Any]:
        """Return the request's validated data. Raises ValidationError."""
        serializer = self.get_serializer(data=self.request.data, **options)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _sparse(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        asked = self.request.query_params.get("fields")
        if not asked:
            return rows
        names = {name.strip() for name in asked.split(",")} | {"id"}
        serializer: Any = self.get_serializer()
        if names - set(serializer.fields):
            raise ValidationError({"fields": [_("There is no such field.")]})
        return [
            {name: value for name, value in row.items() if name in names}
            for row in rows
        ]


def ready(view: APIView, response: Response) -> Response:
    """Give the response its renderer now, so that its bytes can be tagged."""
    renderer, media_type = view.perform_content_negotiation(view.request, force=True)
    prepared: Any = response
    prepared.accepted_renderer = renderer
    prepared.accepted_media_type = media_type
    prepared.renderer_context = view.get_renderer_context()
    return response
