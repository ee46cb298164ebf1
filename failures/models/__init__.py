"""Rows of failures: knowledge below, post-mortems on it, codings on both."""

from failures.models.coding import ActionItem, CauseCoding
from failures.models.details import PostmortemDetail, Source, TimelineEntry
from failures.models.discussion import LikenessVerdict, RecordComment
from failures.models.imports import ImportFault, ImportRun
from failures.models.knowledge import (
    FailureCause,
    Practice,
    PublishedRate,
    TaxonomyRelease,
)
from failures.models.postmortem import Postmortem
from failures.models.prose import PostmortemText, best_text
from failures.models.reminder import ActionReminder
from failures.models.second_coding import SecondCoding

__all__ = [
    "ActionItem",
    "ActionReminder",
    "CauseCoding",
    "FailureCause",
    "ImportFault",
    "ImportRun",
    "LikenessVerdict",
    "Postmortem",
    "PostmortemDetail",
    "PostmortemText",
    "Practice",
    "PublishedRate",
    "RecordComment",
    "SecondCoding",
    "Source",
    "TaxonomyRelease",
    "TimelineEntry",
    "best_text",
]
