"""A document as text again, to be read back without loss.

The database keeps no order of keys, so they are put in the order in which a person
would write them. Strings that YAML would misread are quoted by the writer.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from projects.scoring.scalars import is_text

ORDER = [
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
    "kind",
    "completeness_threshold",
    "scales",
    "total",
    "adjustments",
    "bands",
    "sections",
    "sources",
    "when",
    "effect",
    "dimension",
    "weight",
    "weights",
    "scale",
    "visible_when",
    "combine",
    "choices",
    "signal",
    "points",
    "floor",
    "retired",
    "cause",
    "score",
    "low_label",
    "high_label",
    "signals",
    "unit",
    "minimum",
    "maximum",
    "breakpoints",
    "unknown_signal",
    "allow_unknown",
    "allow_not_applicable",
    "questions",
    "practice",
    "message",
    "gates",
]
FOLDED = re.compile("[\x85\u2028\u2029\ufeff]")
"""Line breaks of Unicode, which YAML would turn into others unless escaped."""
_PLACES = {key: place for place, key in enumerate(ORDER)}


class _Writer(yaml.SafeDumper):
    """Quotes every text that the reader would take for something else."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Write a text; the dumper by itself quotes what YAML 1.1 misreads only."""
        style = None if is_text(text) else "'"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Writer.add_representer(str, _Writer.represent_text)


def ordered(part: Any) -> Any:
    """Return the same values with keys in writing order; unknown keys by the alphabet."""
    if isinstance(part, Mapping):
        keys = sorted(part, key=lambda key: (_PLACES.get(key, len(ORDER)), str(key)))
        return {key: ordered(part[key]) for key in keys}
    if isinstance(part, list):
        return [ordered(item) for item in part]
    return part


def source_of(document: Mapping[str, Any]) -> str:
    """Write a document as YAML that reads back as the same document."""
    written: str = yaml.dump(
        ordered(document),
        Dumper=_Writer,
        allow_unicode=not FOLDED.search(json.dumps(document, ensure_ascii=False)),
        sort_keys=False,
        width=100,
    )
    return written
