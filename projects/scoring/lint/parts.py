"""The parts of a document that may be anything, each with its place."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Part: TypeAlias = tuple[str, Mapping[str, Any]]

_TEXTS = (
    "title",
    "description",
    "text",
    "help",
    "why",
    "unit",
    "low_label",
    "high_label",
    "message",
)


def listed(place: str, part: Mapping[str, Any], key: str) -> Iterator[Part]:
    """Yield the mappings of a list; whatever else stands there is passed over."""
    items = part.get(key)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            where = f"{key}[{index}]"
            yield (f"{place}.{where}" if place else where), item


def questions(document: Mapping[str, Any]) -> Iterator[Part]:
    """Yield the questions of all sections."""
    for place, section in listed("", document, "sections"):
        yield from listed(place, section, "questions")


def parts(document: Mapping[str, Any]) -> Iterator[Part]:
    """Yield every part that may carry texts, the document itself first."""
    yield "", document
    for key in ("sections", "gates", "scales", "adjustments", "bands"):
        yield from listed("", document, key)
    for place, question in questions(document):
        yield place, question
        yield from listed(place, question, "choices")


def texts(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every text by language."""
    for place, part in parts(document):
        for key in _TEXTS:
            words = part.get(key)
            if isinstance(words, dict):
                where = f"{place}.{key}" if place else key
                yield where, spoken(words)


def spoken(words: object) -> dict[str, str]:
    """Return the texts of a value by language, without blank ones."""
    if not isinstance(words, dict):
        return {}
    return {
        language: text.strip()
        for language, text in words.items()
        if isinstance(language, str) and isinstance(text, str) and text.strip()
    }


def coded(part: Mapping[str, Any]) -> str | None:
    """Return the code of a part, if it is a text."""
    code = part.get("code")
    return code if isinstance(code, str) else None
