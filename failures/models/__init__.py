"""Rows of failures: knowledge below, post-mortems on it, codings on both."""

from failures.models.attachment import Attachment
from failures.models.cause_sets import CauseSet
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
from failures.models.proposals import Proposal
from failures.models.prose import PostmortemText, best_text
from failures.models.reminder import ActionReminder
from failures.models.second_coding import SecondCoding
from failures.models.sharing import Sharing

__all__ = [
    "ActionItem",
    "ActionReminder",
    "Attachment",
    "CauseCoding",
    "CauseSet",
    "FailureCause",
    "ImportFault",
    "ImportRun",
    "LikenessVerdict",
    "Postmortem",
    "PostmortemDetail",
    "PostmortemText",
    "Practice",
    "Proposal",
    "PublishedRate",
    "RecordComment",
    "SecondCoding",
    "Sharing",
    "Source",
    "TaxonomyRelease",
    "TimelineEntry",
    "best_text",
]
