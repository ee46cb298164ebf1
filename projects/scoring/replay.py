"""Canonical bytes and digests of questionnaires and results, and their replay.

Canonical JSON: sorted keys, no spaces, UTF-8, no NaN; whole floats are written as
integers, so that a document keeps its digest through stores that drop `.0`. An exact
number is written twice: `decimal`, four digits half to even, and `exact`, "n/d".
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction

from projects.scoring.answers import sheet_from_json
from projects.scoring.contributions import contributions, rounded
from projects.scoring.document import instrument_from_document
from projects.scoring.gates import GateReport
from projects.scoring.instrument import Gate
from projects.scoring.interval import Interval
from projects.scoring.plan import CauseMap
from projects.scoring.points import PointScore, ScaleScore
from projects.scoring.result import CauseScore, RiskScore
from projects.scoring.score import score

ENGINE_VERSION = "1"
"""Raised by any change that may change a result."""

_DIGITS = 10**4


def canonical_bytes(value: object) -> bytes:
    """Write JSON-able values in the one canonical way."""
    return json.dumps(
        _canonical(value),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode()


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def replay(
    document: Mapping[str, object],
    sheet: Mapping[str, Mapping[str, object]],
    causes: CauseMap,
) -> bytes:
    """Score a stored sheet with its stored questionnaire: always the same bytes."""
    return canonical_bytes(scoring_record(document, sheet, causes))


def scoring_record(
    document: Mapping[str, object],
    sheet: Mapping[str, Mapping[str, object]],
    causes: CauseMap,
) -> dict[str, object]:
    """Return everything a scoring run stores, as JSON-able values."""
    instrument = instrument_from_document(document, languages=())
    answers = sheet_from_json(instrument, sheet)
    return {
        "engine": ENGINE_VERSION,
        "instrument": {
            "code": instrument.code,
            "version": instrument.version,
            "digest": digest(document),
        },
        "causes_digest": digest(dict(causes)),
        "answers": answers.to_json(),
        "result": result_json(score(instrument, answers, causes)),
    }


def result_json(risk: RiskScore) -> dict[str, object]:
    """Write a result as JSON-able values."""
    written: dict[str, object] = {
        "causes": {cause.slug: _cause_json(cause) for cause in risk.causes},
        "impact": _cause_json(risk.impact),
        "overall": _interval_json(risk.overall),
        "binding_cause": risk.binding_cause,
        "breadth": exact_json(risk.breadth),
        "completeness": exact_json(risk.completeness),
        "floors": [asdict(floor) for floor in risk.floors],
        "gates": _gates_json(risk.gates),
        "hidden": list(risk.hidden),
        "tier": risk.tier.value if risk.tier else None,
        "provisional": risk.provisional,
        "not_assessable": risk.not_assessable,
    }
    if risk.points is not None:
        written["points"] = _points_json(risk.points)
    return written


def _points_json(points: PointScore) -> dict[str, object]:
    return {
        "total": _interval_json(points.total),
        "most": points.most,
        "band": points.band.code if points.band else None,
        "adjustments": [
            {
                "code": each.code,
                "scale": each.scale,
                "threshold": exact_json(each.threshold),
                "holds": each.holds,
                "missing": exact_json(each.missing),
            }
            for each in points.adjustments
        ],
        "scales": {scale.code: _scale_json(scale) for scale in points.scales},
    }


def _scale_json(scale: ScaleScore) -> dict[str, object]:
    return {
        "interval": _interval_json(scale.interval),
        "most": scale.most,
        "reach": exact_json(scale.reach),
        "sections": [
            {
                "section": each.section,
                "interval": _interval_json(each.interval),
                "most": each.most,
                "full": each.is_full,
            }
            for each in scale.sections
        ],
        "contributions": [
            {
                "question": line.question,
                "most": line.most,
                "share": exact_json(line.point),
                "shown": f"{shown:.1f}",
            }
            for line, shown in zip(
                scale.lines, rounded([line.point for line in scale.lines]), strict=True
            )
        ],
    }


def exact_json(number: Fraction | None) -> dict[str, str] | None:
    """Write an exact number as a decimal to read and a fraction to trust."""
    if number is None:
        return None
    decimal = Decimal(round(number * _DIGITS)).scaleb(-4)
    return {
        "decimal": f"{decimal:.4f}",
        "exact": f"{number.numerator}/{number.denominator}",
    }


def _interval_json(interval: Interval | None) -> dict[str, object] | None:
    if interval is None:
        return None
    return {
        "low": exact_json(interval.low),
        "point": exact_json(interval.point),
        "high": exact_json(interval.high),
    }


def _cause_json(cause: CauseScore) -> dict[str, object]:
    return {
        "top_level": cause.top_level,
        "interval": _interval_json(cause.interval),
        "unfloored": exact_json(cause.unfloored),
        "contributions": [
            {
                "question": line.question,
                "weight": line.weight,
                "share": exact_json(line.share),
                "shown": f"{line.shown:.1f}",
            }
            for line in contributions(cause)
        ],
    }


def _gates_json(report: GateReport) -> dict[str, object]:
    return {
        "fired": [_gate_json(gate) for gate in report.fired],
        "undetermined": [_gate_json(gate) for gate in report.undetermined],
    }


def _gate_json(gate: Gate) -> dict[str, object]:
    return {"code": gate.code, "effect": gate.effect.value, "practice": gate.practice}


def _canonical(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
