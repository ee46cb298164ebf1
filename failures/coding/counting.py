"""Which coded causes count for a record."""

from collections.abc import Iterable

COUNTED_ROLES = ("root", "contributing")
COUNTED_CONFIDENCES = frozenset({"known", "probable"})


def counted_causes(codings: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the causes of (cause, role, confidence) that count, each once.

    Root causes and contributing factors that are at least probable; roots first,
    else in the order given.
    """
    counted = [
        (COUNTED_ROLES.index(role), slug)
        for slug, role, confidence in codings
        if role in COUNTED_ROLES and confidence in COUNTED_CONFIDENCES
    ]
    counted.sort(key=lambda pair: pair[0])
    return list(dict.fromkeys(slug for _rank, slug in counted))
