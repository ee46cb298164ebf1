"""Past answer sheets scored anew: fitting them, and counting what comes out otherwise.

The tally grows with the number of tiers, gates and questions, never with the sheets.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from projects.scoring.answers import Answer, AnswerError, AnswerSheet, parse_answer
from projects.scoring.contributions import rounded
from projects.scoring.instrument import Question
from projects.scoring.result import RiskScore

BIN = 50
"""Tenths of a point in one bar of the histogram."""
QUANTILES = (5, 25, 50, 75, 95)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a questionnaire can take of a sheet, and the questions it cannot read."""

    sheet: AnswerSheet
    misfits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one scoring says; an empty tier is not assessable."""

    tier: str = ""
    point: Decimal | None = None
    cause: str = ""
    gates: frozenset[str] = frozenset()


def fitted(
    questions: Mapping[str, Question], written: Mapping[str, Mapping[str, object]]
) -> Fitted:
    """Fit a stored sheet to other questions: what does not fit counts as blank."""
    answers: dict[str, Answer] = {}
    misfits = []
    for code, entry in written.items():
        try:
            answers[code] = parse_answer(
                questions[code],
                str(entry.get("state", "")),
                entry.get("value"),
                str(entry.get("reason", "")),
            )
        except (AnswerError, KeyError):
            misfits.append(code)
    return Fitted(AnswerSheet(answers), tuple(misfits))


def verdict_of(risk: RiskScore) -> Verdict:
    """Return what the tally compares of a score."""
    return Verdict(
        tier=risk.tier.value if risk.tier else "",
        point=rounded([risk.overall.point])[0] if risk.overall else None,
        cause=risk.binding_cause or "",
        gates=frozenset(gate.code for gate in risk.gates.fired),
    )


class Tally:
    """What a stream of sheets adds up to."""

    def __init__(self) -> None:
        self.sheets = 0
        self.skipped = 0
        self._incomplete = 0
        self._tiers: Counter[tuple[str, str]] = Counter()
        self._causes: Counter[tuple[str, str]] = Counter()
        self._gates: dict[str, Counter[str]] = {}
        self._misfits: Counter[str] = Counter()
        self._tenths: Counter[int] = Counter()

    def add(self, before: Verdict, after: Verdict, misfits: Iterable[str] = ()) -> None:
        """Count one sheet."""
        self.sheets += 1
        self._tiers[before.tier, after.tier] += 1
        if before.cause != after.cause:
            self._causes[before.cause, after.cause] += 1
        for code in before.gates | after.gates:
            word = _gate_word(code in before.gates, code in after.gates)
            self._gates.setdefault(code, Counter())[word] += 1
        missed = list(misfits)
        self._misfits.update(missed)
        self._incomplete += bool(missed)
        if before.point is not None and after.point is not None:
            self._tenths[int((after.point - before.point) * 10)] += 1

    def skip(self) -> None:
        """Count a sheet of which nothing fits."""
        self.skipped += 1

    def to_json(self) -> dict[str, object]:
        """Write the counts as JSON-able values, in an order of their own."""
        return {
            "sheets": self.sheets,
            "skipped": self.skipped,
            "tiers": _pairs(self._tiers),
            "changed": sum(n for (a, b), n in self._tiers.items() if a != b),
            "causes": _pairs(self._causes),
            "gates": [
                {
                    "code": code,
                    **{word: counts[word] for word in ("newly", "no_longer", "still")},
                }
                for code, counts in sorted(self._gates.items())
            ],
            "misfits": dict(sorted(self._misfits.items())),
            "sheets_with_misfits": self._incomplete,
            "difference": _distribution(self._tenths),
        }


def _gate_word(before: bool, after: bool) -> str:  # noqa: FBT001 - both sides of one pair
    if before and after:
        return "still"
    return "newly" if after else "no_longer"


def _pairs(counts: Mapping[tuple[str, str], int]) -> list[dict[str, object]]:
    return [
        {"before": before, "after": after, "count": count}
        for (before, after), count in sorted(counts.items())
    ]


def _distribution(tenths: Mapping[int, int]) -> dict[str, object] | None:
    """Describe the differences; None where nothing could be compared."""
    total = sum(tenths.values())
    if not total:
        return None
    mean = Fraction(sum(value * count for value, count in tenths.items()), total)
    return {
        "n": total,
        "mean": _points(mean),
        "quantiles": {str(q): _points(_quantile(tenths, q)) for q in QUANTILES},
        "histogram": _histogram(tenths),
    }


def _quantile(tenths: Mapping[int, int], percent: int) -> Fraction:
    """Return the nearest-rank quantile."""
    rank = -(-sum(tenths.values()) * percent // 100)
    for value in sorted(tenths):
        rank -= tenths[value]
        if rank <= 0:
            return Fraction(value)
    return Fraction(max(tenths))


def _histogram(tenths: Mapping[int, int]) -> list[dict[str, object]]:
    """Count by bars of five points; exactly no difference is a bar of its own."""
    bars: Counter[int] = Counter()
    for value, count in tenths.items():
        bars[_bar(value)] += count
    return [
        {"from": _edge(bar, -1), "to": _edge(bar, 1), "count": bars[bar]}
        for bar in range(min(bars), max(bars) + 1)
    ]


def _bar(tenths: int) -> int:
    bar = -(-abs(tenths) // BIN)
    return bar if tenths >= 0 else -bar


def _edge(bar: int, side: int) -> int:
    """Return the lower (-1) or upper (1) end of a bar, in points."""
    width = BIN // 10
    outer, inner = bar * width, (bar - (bar > 0) + (bar < 0)) * width
    return min(outer, inner) if side < 0 else max(outer, inner)


def _points(tenths: Fraction) -> str:
    """Write tenths of a point as points with two digits."""
    return f"{Decimal(round(tenths * 10)).scaleb(-2):.2f}"
