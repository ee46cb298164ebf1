"""Putting other names in the place of people and vendors."""

import re
from collections.abc import Callable, Iterable

LETTER = r"[^\W\u3400-\u9fff\uf900-\ufaff]"
"""A letter or digit of a script that parts its words; Chinese does not."""
CYRILLIC = re.compile(r"[\u0400-\u04ff]{4,}$")
ENDING = r"[\u0430-\u044f\u0451]{0,3}"
"""Case endings of Russian."""

Pairs = Iterable[tuple[str, str]]
"""(name, what to write instead)."""


def replacer(pairs: Pairs) -> Callable[[str], str]:
    """Return what replaces each name in a text, whatever its case; long names first.

    Only whole words, so that a short name does not maim others; a Russian name also
    with an ending of up to three letters.
    """
    written = {name.casefold(): other for name, other in pairs if name}
    if not written:
        return str
    names = sorted(written, key=len, reverse=True)
    either = re.compile(
        "|".join(f"({_pattern(name)})" for name in names), re.IGNORECASE
    )

    def replace(match: re.Match[str]) -> str:
        return written[names[(match.lastindex or 1) - 1]]

    return lambda text: either.sub(replace, text)


def _pattern(name: str) -> str:
    before = f"(?<!{LETTER})" if re.match(LETTER, name) else ""
    after = f"(?!{LETTER})" if re.search(f"{LETTER}$", name) else ""
    ending = ENDING if CYRILLIC.search(name) else ""
    return f"{before}{re.escape(name)}{ending}{after}"


def found_in(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return those of the names that stand in one of the texts, in their order."""
    whole = "\n".join(texts)
    return [
        name
        for name in names
        if name and re.search(_pattern(name.casefold()), whole, re.IGNORECASE)
    ]
