"""Texts that were copied, forgotten in another language, or are too long to read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from projects.scoring.lint.finding import Finding, note, warning
from projects.scoring.lint.parts import Part, listed, questions, spoken, texts

MAX_QUESTION = 300

_WORD = re.compile(r"[^\W\d_]{2,}")


def text_findings(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what is wrong with the texts of a document."""
    asked = list(questions(document))
    yield from _long(asked)
    yield from _doubles(asked)
    for place, question in asked:
        yield from _doubles(listed(place, question, "choices"))
    yield from _untranslated(document)


def _long(asked: Iterable[Part]) -> Iterator[Finding]:
    for place, question in asked:
        for language, text in spoken(question.get("text")).items():
            if len(text) > MAX_QUESTION:
                params = {"most": MAX_QUESTION, "language": language}
                yield warning("long_text", f"{place}.text.{language}", **params)


def _doubles(parts: Iterable[Part]) -> Iterator[Finding]:
    """Find parts whose texts are the same, once for each pair that follow in order."""
    seen: dict[tuple[str, str], str] = {}
    for place, part in parts:
        for language, text in spoken(part.get("text")).items():
            first = seen.setdefault((language, text.casefold()), place)
            if first != place:
                params = {"other": first, "language": language}
                yield warning("duplicate_text", f"{place}.text", **params)
                break


def _untranslated(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Find the same words in languages of different scripts.

    What any text of the language is written in tells its script; one word alone may
    be a name, and is a note.
    """
    all_texts = list(texts(document))
    scripts = _scripts(words for _, words in all_texts)
    for place, words in all_texts:
        for one, other in combinations(words, 2):
            count = len(_WORD.findall(words[one]))
            same = words[one] == words[other]
            if not count or not same or scripts[one] == scripts[other]:
                continue
            params = {"language": one, "other": other}
            tell = warning if count > 1 else note
            yield tell("untranslated", place, **params)
            break


def _scripts(many: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the script most texts of each language use."""
    counts: dict[str, dict[str, int]] = {}
    for words in many:
        for language, text in words.items():
            tally = counts.setdefault(language, {})
            script = _script(text)
            tally[script] = tally.get(script, 0) + 1
    return {
        language: max(sorted(tally), key=lambda script: tally[script])
        for language, tally in counts.items()
    }


def _script(text: str) -> str:
    """Name the script of a text by its first letter beyond the Latin ones."""
    letters = [letter for letter in text[:MAX_QUESTION] if letter.isalpha()]
    names = [unicodedata.name(letter, "").split(" ")[0] for letter in letters]
    return next((name for name in names if name != "LATIN"), "LATIN")
