"""Where the points of a survey stand: SurveyJS itself has none.

`suffix-points` is the convention of Canada's Algorithmic Impact Assessment. The end of
a question's name, else of the name of the panel right around it, says what it counts
for: `-RS` risk, `-MS` mitigation, `-NS` or nothing neither. A choice is worth the
number after the last hyphen of its value. Mitigation questions come in two sets, one
for each phase of a project, of which one is asked.
"""

import re
from enum import StrEnum
from typing import Any

from projects.scoring.rules_validity import MOST_POINTS
from projects.scoring.surveyjs.texts import Texts, Words
from projects.scoring.tiers import RiskTier

IMPACT, MITIGATION, POINTS = "impact", "mitigation", "points"
SCORED_TYPES = frozenset({"radiogroup", "checkbox", "dropdown"})

_SCALES = {"RS": IMPACT, "MS": MITIGATION, "NS": ""}
_SUFFIX = re.compile(r".*-(RS|MS|NS)", re.DOTALL)
_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")
_ALTERNATIVES = 2
_ENDS = (0.25, 0.5, 0.75, 1)
_TIERS = (RiskTier.LOW, RiskTier.MODERATE, RiskTier.HIGH, RiskTier.CRITICAL)
_NUMERALS = ("I", "II", "III", "IV")
_TITLES = {
    IMPACT: {
        "en": "Impact",
        "fr": "Incidence",
        "ru": "Воздействие",
        "zh-hans": "影响",
    },
    MITIGATION: {
        "en": "Mitigation",
        "fr": "Atténuation",
        "ru": "Меры",
        "zh-hans": "缓解",
    },
    POINTS: {"en": "Points", "fr": "Points", "ru": "Баллы", "zh-hans": "分数"},
    "level": {
        "en": "Level {}",
        "fr": "Niveau {}",
        "ru": "Уровень {}",
        "zh-hans": "{} 级",
    },
    "mitigated": {
        "en": "Enough is done against the risk: its points count 85 %.",
        "fr": "Les mesures suffisent : les points comptent pour 85 %.",
        "ru": "Мер достаточно: баллы риска считаются на 85 %.",
        "zh-hans": "缓解措施充分：风险分数按 85% 计。",
    },
}


class Convention(StrEnum):
    """How the points of a survey are written."""

    NONE = "none"
    SUFFIX_POINTS = "suffix-points"


class PointsError(ValueError):
    """A value that ends in a number no choice can be worth."""


def scale_of(convention: Convention, kind: str, name: str, panel: str) -> str:
    """Return the scale a question counts for; nothing for a mere fact."""
    if convention is Convention.NONE or kind not in SCORED_TYPES:
        return ""
    found = _SUFFIX.fullmatch(name) or _SUFFIX.fullmatch(panel)
    return _SCALES[found[1]] if found else ""


def points_in(value: str) -> int:
    """Return what a choice of this value is worth, or raise PointsError."""
    _, hyphen, tail = value.rpartition("-")
    if not hyphen:
        return 0
    if _WHOLE.fullmatch(tail) and int(tail) <= MOST_POINTS:
        return int(tail)
    if _WHOLE.fullmatch(tail) or _NUMBER.fullmatch(tail):
        raise PointsError(value)
    return 0


def rules_of(
    convention: Convention, texts: Texts, *, has_mitigation: bool
) -> dict[str, Any]:
    """Return scales, total, adjustments and bands of the document."""
    total = POINTS if convention is Convention.NONE else IMPACT
    rules: dict[str, Any] = {
        "scales": [{"code": total, "title": _words(total, texts)}],
        "total": total,
        "bands": [
            {
                "code": f"level_{number}",
                "up_to": end,
                "tier": tier.value,
                "title": _words("level", texts, numeral),
            }
            for number, (end, tier, numeral) in enumerate(
                zip(_ENDS, _TIERS, _NUMERALS, strict=True), 1
            )
        ],
    }
    if has_mitigation:
        rules["scales"].append(
            {
                "code": MITIGATION,
                "title": _words(MITIGATION, texts),
                "credit": True,
                "alternatives": _ALTERNATIVES,
            }
        )
        rules["adjustments"] = [
            {
                "code": "mitigated",
                "scale": MITIGATION,
                "at_least": 0.8,
                "factor": 0.85,
                "message": _words("mitigated", texts),
            }
        ]
    return rules


def _words(key: str, texts: Texts, *given: str) -> Words:
    known = _TITLES[key]
    return {
        each: known.get(each, known["en"]).format(*given) for each in texts.languages
    }
