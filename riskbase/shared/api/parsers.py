"""Reading JSON bodies: only what can be read safely and stored."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import JSONParser

from riskbase.shared.api.refusals import TooLarge

DEEPEST = 32
"""No body of ours nests half as deep."""
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""PostgreSQL keeps neither NUL nor half a surrogate pair."""


class BoundedJSONParser(JSONParser):
    """JSON of bounded size and depth, in characters that the database can hold.

    DRF reads the stream itself, past Django's own limit of the body.
    """

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the value. Raises TooLarge or ParseError."""
        request = (parser_context or {})["request"]
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        try:
            value = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
        _refuse_unstorable(value)
        return value


def _refuse_unstorable(value: Any) -> None:
    """Raise a refusal that names the member, as far as its name can be told."""
    level: list[tuple[tuple[str, ...], Any]] = [((), value)]
    for _depth in range(DEEPEST):
        deeper: list[tuple[tuple[str, ...], Any]] = []
        for path, item in level:
            if isinstance(item, str) and UNSTORABLE.search(item):
                raise _unstorable(path)
            if isinstance(item, dict):
                deeper += [(path, name) for name in item]
                deeper += [((*path, name), inner) for name, inner in item.items()]
            elif isinstance(item, list):
                deeper += [((*path, str(at)), each) for at, each in enumerate(item)]
        if not deeper:
            return
        level = deeper
    raise ParseError(_("The body is nested too deeply."))


def _unstorable(path: Sequence[str]) -> APIException:
    words = _("The body holds characters that cannot be stored.")
    if not path:
        return ParseError(words)
    detail: Any = [words]
    for name in reversed(path):
        detail = {name: detail}
    return ValidationError(detail)
