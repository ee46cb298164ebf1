"""A document as text again: keys in the order in which people write them."""

from collections.abc import Mapping
from typing import Any

import yaml

ORDER = (
    "code",
    "version",
    "title",
    "text",
    "description",
    "help",
    "why",
    "minutes",
    "method",
    "languages",
    "completeness_threshold",
    "kind",
    "combine",
    "dimension",
    "weight",
    "weights",
    "unit",
    "minimum",
    "maximum",
    "breakpoints",
    "low_label",
    "high_label",
    "signals",
    "signal",
    "floor",
    "retired",
    "cause",
    "score",
    "visible_when",
    "when",
    "effect",
    "practice",
    "message",
    "allow_unknown",
    "unknown_signal",
    "allow_not_applicable",
    "choices",
    "sources",
    "sections",
    "questions",
    "gates",
    "en",
    "ru",
    "zh-hans",
)
_RANK = {key: rank for rank, key in enumerate(ORDER)}
_WIDTH = 100


def source_of(document: Mapping[str, Any]) -> str:
    """Write a document as YAML that reads back as the same document."""
    return yaml.safe_dump(
        ordered(document), allow_unicode=True, sort_keys=False, width=_WIDTH
    )


def ordered(part: Any) -> Any:
    """Return the same values with every mapping in the one order."""
    if isinstance(part, list):
        return [ordered(item) for item in part]
    if not isinstance(part, Mapping):
        return part
    keys = sorted(part, key=lambda key: (_RANK.get(key, len(ORDER)), key))
    return {key: ordered(part[key]) for key in keys}
