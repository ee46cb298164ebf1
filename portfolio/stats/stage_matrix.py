"""Where failures begin against where they are noticed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from portfolio.stats.records import PostmortemFact


@dataclass(frozen=True, slots=True)
class StageMatrix:
    """Counts of records by (introduced, detected); both are known of all `n`."""

    n: int
    stages: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def introduced(self) -> tuple[int, ...]:
        """Records by the stage where the failure was introduced."""
        return tuple(sum(row) for row in self.counts)

    @property
    def detected(self) -> tuple[int, ...]:
        """Records by the stage where the failure was noticed."""
        return tuple(sum(column) for column in zip(*self.counts, strict=True))

    @property
    def later(self) -> list[tuple[str, str]]:
        """Pairs of stages in which detection comes after introduction."""
        return list(combinations(self.stages, 2))

    @property
    def escaped(self) -> int:
        """Records noticed in a later stage than the one they began in."""
        place = {stage: index for index, stage in enumerate(self.stages)}
        return sum(self.counts[place[row]][place[column]] for row, column in self.later)


def stage_matrix(
    records: Iterable[PostmortemFact], stages: Sequence[str]
) -> StageMatrix:
    """Count the records of which both stages are known."""
    known = set(stages)
    pairs = Counter(
        (record.stage_introduced, record.stage_detected)
        for record in records
        if record.stage_introduced in known and record.stage_detected in known
    )
    counts = tuple(tuple(pairs[row, column] for column in stages) for row in stages)
    return StageMatrix(pairs.total(), tuple(stages), counts)
