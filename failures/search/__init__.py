"""Finding post-mortems: full text in three languages, typing errors, filters."""

from failures.search.finding import EXACT, Criteria, Hit, find, visible
from failures.search.languages import CONFIGURATIONS
from failures.search.matching import RANKED, matching

__all__ = [
    "CONFIGURATIONS",
    "EXACT",
    "RANKED",
    "Criteria",
    "Hit",
    "find",
    "matching",
    "visible",
]
