"""Putting other names in the place of people and vendors."""

import re
import unicodedata
from collections.abc import Callable, Iterable

LETTER = r"[^\W\u3400-\u9fff\uf900-\ufaff]"
"""A letter or digit of a script that parts its words; Chinese does not."""
CYRILLIC = re.compile(r"[\u0400-\u04ff]{4,}$")
ENDING = r"[\u0430-\u044f\u0451]{0,3}"
"""Case endings of Russian."""

# No bracket within: from each of many opening ones the search would run to the end.
LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
"""A link or picture of Markdown: [words](address)."""
ADDRESS = re.compile(r"(?:https?|ftp|file)://[^\s<>)\]]+|\bmailto:\S+", re.IGNORECASE)

Pairs = Iterable[tuple[str, str]]
"""(name, what to write instead)."""


def replacer(pairs: Pairs) -> Callable[[str], str]:
    """Return what replaces each name in a text, whatever its case; long names first.

    Only whole words, so that a short name does not maim others, with any spaces or line
    ends between them; a Russian name also with an ending of up to three letters. What
    the function returns is composed (NFC), as names and texts are compared.
    """
    written = {_composed(name).casefold(): (name, other) for name, other in pairs}
    written.pop("", None)
    if not written:
        return str
    names = sorted(written.values(), key=lambda pair: len(pair[0]), reverse=True)
    either = re.compile(
        "|".join(f"({_pattern(name)})" for name, _other in names), re.IGNORECASE
    )

    def replace(match: re.Match[str]) -> str:
        return names[(match.lastindex or 1) - 1][1]

    return lambda text: either.sub(replace, _composed(text))


def unlinked(text: str) -> str:
    """Return the text without addresses; a link of Markdown leaves its words."""
    return ADDRESS.sub("\N{HORIZONTAL ELLIPSIS}", LINK.sub(r"\1", text))


def _composed(text: str) -> str:
    """Return the text with each letter and its marks as one sign."""
    return unicodedata.normalize("NFC", text)


def _pattern(name: str) -> str:
    name = _composed(name)
    before = f"(?<!{LETTER})" if re.match(LETTER, name) else ""
    after = f"(?!{LETTER})" if re.search(f"{LETTER}$", name) else ""
    ending = ENDING if CYRILLIC.search(name) else ""
    words = r"\s+".join(map(re.escape, name.split()))
    return f"{before}{words}{ending}{after}"


def found_in(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return those of the names that stand in one of the texts, in their order."""
    whole = _composed("\n".join(texts))
    return [
        name
        for name in names
        if name.strip() and re.search(_pattern(name), whole, re.IGNORECASE)
    ]
