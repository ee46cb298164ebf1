"""CSV beside JSON, by `?format=csv` or the Accept header."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from portfolio.exports import csv_of


class CsvRenderer(BaseRenderer):
    """Writes what the view's `csv_table` makes of its answer."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the table; refusals stay problem details."""
        context = renderer_context or {}
        response = context.get("response")
        if response is not None and response.status_code >= 400:
            return json.dumps(data).encode()
        if data is None:
            return b""
        columns, rows = context["view"].csv_table(data)
        return csv_of(columns, rows)
