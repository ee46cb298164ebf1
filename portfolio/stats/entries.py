"""At which stage of the life cycle the causes of the taxonomy act."""

from collections.abc import Iterable, Sequence


def entries_per_stage(
    causes: Iterable[Sequence[str]], stages: Sequence[str]
) -> dict[str, int]:
    """Count taxonomy entries by stage; a cause of two stages counts in both."""
    counts = dict.fromkeys(stages, 0)
    for cause_stages in causes:
        for stage in set(cause_stages) & counts.keys():
            counts[stage] += 1
    return counts
