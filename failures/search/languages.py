"""Words as the index holds them: stems of English and Russian, pairs of Chinese signs."""

import re

from django.contrib.postgres.search import SearchQuery

CONFIGURATIONS = {"en": "english", "ru": "russian", "zh-hans": "english"}
"""Language -> text search configuration.

Chinese is indexed by pairs of signs, which no stemmer changes; Latin words have the
stems of English in all three, so that one query finds them everywhere.
"""
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
UNWANTED = re.compile(r'(?<!\S)-\s*("[^"]+"|[^\s"-]\S*)')
PAIRS = "riskbase_pairs"
"""Function of the database that writes each pair of Chinese signs as a word."""


def query_of(words: str) -> SearchQuery:
    """Return the query of all the words, as websites write them.

    One query, not one per language: alternatives would triple what the planner
    expects, and it would read the newest texts one by one for a rare word.
    """
    config, words = terms_of(words)
    return SearchQuery(words, config=config, search_type="websearch")


def unwanted(words: str) -> list[str]:
    """Return the words and phrases that a minus excludes, without it."""
    return UNWANTED.findall(words)


def terms_of(words: str) -> tuple[str, str]:
    """Return the configuration of the query and its words as the index holds them."""
    config = "russian" if CYRILLIC.search(words) else "english"
    return config, HAN.sub(lambda run: f" {' '.join(pairs(run[0]))} ", words)


def pairs(run: str) -> list[str]:
    """Return the pairs of neighboring signs; a sign alone stands for itself."""
    if len(run) == 1:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
