"""The cause tree as plain values: its shape, its document, nearness of records."""

from failures.taxonomy.document import (
    CauseNode,
    ReleaseDocument,
    digest_of,
    read_release,
)
from failures.taxonomy.nearness import Nearness, nearness
from failures.taxonomy.reader import LANGUAGES, DocumentError, Problem, Reader
from failures.taxonomy.tree import CauseTree, TreeError

__all__ = [
    "LANGUAGES",
    "CauseNode",
    "CauseTree",
    "DocumentError",
    "Nearness",
    "Problem",
    "Reader",
    "ReleaseDocument",
    "TreeError",
    "digest_of",
    "nearness",
    "read_release",
]
