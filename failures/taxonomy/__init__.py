"""The cause tree as plain values: its shape, its document, nearness of records."""

from failures.taxonomy.document import (
    CauseNode,
    ReleaseDocument,
    digest_of,
    read_release,
)
from failures.taxonomy.evolution import (
    Evolution,
    Tally,
    from_json,
    read_evolution,
    tally,
    to_json,
)
from failures.taxonomy.nearness import Nearness, nearness, weights
from failures.taxonomy.reader import LANGUAGES, DocumentError, Problem, Reader
from failures.taxonomy.tree import CauseTree, TreeError

__all__ = [
    "LANGUAGES",
    "CauseNode",
    "CauseTree",
    "DocumentError",
    "Evolution",
    "Nearness",
    "Problem",
    "Reader",
    "ReleaseDocument",
    "Tally",
    "TreeError",
    "digest_of",
    "from_json",
    "nearness",
    "read_evolution",
    "read_release",
    "tally",
    "to_json",
    "weights",
]
