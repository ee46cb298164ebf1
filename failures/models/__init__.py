"""Rows of failures: knowledge below, post-mortems on it, codings on both."""

from failures.models.coding import ActionItem, CauseCoding
from failures.models.details import PostmortemDetail, Source, TimelineEntry
from failures.models.imports import ImportFault, ImportRun
from failures.models.knowledge import (
    FailureCause,
    Practice,
    PublishedRate,
    TaxonomyRelease,
)
from failures.models.postmortem import Postmortem
from failures.models.prose import PostmortemText, best_text
from failures.models.second_coding import SecondCoding

__all__ = [
    "ActionItem",
    "CauseCoding",
    "FailureCause",
    "ImportFault",
    "ImportRun",
    "Postmortem",
    "PostmortemDetail",
    "PostmortemText",
    "Practice",
    "PublishedRate",
    "SecondCoding",
    "Source",
    "TaxonomyRelease",
    "TimelineEntry",
    "best_text",
]
