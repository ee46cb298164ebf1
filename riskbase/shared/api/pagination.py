"""Cursors in DRF's clothes."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from riskbase.shared import keyset

LONGEST_SIZE = 6


SPARSE: dict[str, Any] = {
    "type": "object",
    "required": ["id"],
    "description": "With `fields`: those members only.",
}


class KeysetPagination(BasePagination):
    """`?cursor=&page_size=&ordering=&count=exact`.

    A view declares `orderings: list[keyset.Ordering]`; the first is the default.
    """

    page: keyset.Page[Any]

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        """Return the rows of the page asked for. Raises ValidationError."""
        self.request = request
        ordering = self._ordering(view, request.query_params.get("ordering"))
        try:
            self.page = keyset.paginate(
                queryset,
                ordering=ordering,
                cursor=request.query_params.get("cursor"),
                size=self._size(request.query_params.get("page_size")),
            )
        except keyset.BadCursor as error:
            raise ValidationError({"cursor": _("This cursor is not valid.")}) from error
        self.total = self._total(queryset, request.query_params.get("count"))
        return list(self.page.items)

    def get_paginated_response(self, data: Any) -> Response:
        body = {
            "results": data,
            "next": self._link(self.page.next),
            "previous": self._link(self.page.previous),
        }
        if self.total is not None:
            body["count"] = self.total
        return Response(body)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        rows = {**schema, "items": {"anyOf": [schema["items"], SPARSE]}}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": rows,
                "next": link,
                "previous": link,
                "count": {
                    "type": "integer",
                    "description": "Only with count=exact.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        names = [ordering.name for ordering in getattr(view, "orderings", [])]
        return [
            _parameter("cursor", {"type": "string"}, "Opaque cursor of a page."),
            _parameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": keyset.MAXIMUM_SIZE},
                "Rows per page.",
            ),
            _parameter("ordering", {"type": "string", "enum": names}, "Order of rows."),
            _parameter(
                "count", {"type": "string", "enum": ["exact"]}, "Ask for the total."
            ),
        ]

    def _ordering(self, view: Any, asked: str | None) -> keyset.Ordering:
        orderings: list[keyset.Ordering] = getattr(
            view, "orderings", [keyset.Ordering("-created", "pk", descending=True)]
        )
        if asked is None:
            return orderings[0]
        for ordering in orderings:
            if ordering.name == asked:
                return ordering
        raise ValidationError({"ordering": _("This ordering is not offered.")})

    def _size(self, asked: str | None) -> int:
        if asked is None:
            return keyset.DEFAULT_SIZE
        if (
            asked.isascii()
            and asked.isdigit()
            and len(asked) <= LONGEST_SIZE
            and 1 <= int(asked) <= keyset.MAXIMUM_SIZE
        ):
            return int(asked)
        raise ValidationError(
            {
                "page_size": _("Give a whole number from 1 to %(most)s.")
                % {"most": keyset.MAXIMUM_SIZE}
            }
        )

    def _total(self, queryset: QuerySet[Any], asked: str | None) -> int | None:
        if asked is None:
            return None
        if asked != "exact":
            raise ValidationError({"count": _("Only “exact” is offered.")})
        return queryset.count()

    def _link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        parameters = self.request.query_params.copy()  # repeated names stay repeated
        parameters["cursor"] = cursor
        return self.request.build_absolute_uri(f"?{parameters.urlencode()}")


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": description,
    }
