"""A questionnaire in our own format, as YAML and as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from projects.scoring.writing import ordered, source_of


def as_yaml(document: Mapping[str, Any]) -> bytes:
    """Write a document as YAML."""
    return source_of(document).encode()


def as_json(document: Mapping[str, Any]) -> bytes:
    """Write a document as JSON."""
    return json.dumps(ordered(document), ensure_ascii=False, indent=2).encode() + b"\n"
