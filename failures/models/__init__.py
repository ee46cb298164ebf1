"""Rows of failures: knowledge below, post-mortems on it, codings on both."""

from failures.models.coding import ActionItem, CauseCoding
from failures.models.knowledge import (
    FailureCause,
    Practice,
    PublishedRate,
    TaxonomyRelease,
)
from failures.models.postmortem import (
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Source,
    TimelineEntry,
)

__all__ = [
    "ActionItem",
    "CauseCoding",
    "FailureCause",
    "Postmortem",
    "PostmortemDetail",
    "PostmortemText",
    "Practice",
    "PublishedRate",
    "Source",
    "TaxonomyRelease",
    "TimelineEntry",
]
