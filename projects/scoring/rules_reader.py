"""From an additive document to the rules that turn its points into a level."""

from fractions import Fraction

from projects.scoring.reader import Entry
from projects.scoring.scales import AdditiveRules, Adjustment, PointBand, PointScale
from projects.scoring.tiers import RiskTier


def read_rules(entry: Entry) -> AdditiveRules:
    """Read scales, total, adjustments and bands; what is wrong is noted."""
    adjustments = entry.entries("adjustments") if entry.has("adjustments") else []
    return AdditiveRules(
        scales=tuple(_scale(each) for each in entry.entries("scales")),
        total=entry.text("total"),
        adjustments=tuple(_adjustment(each) for each in adjustments),
        bands=tuple(_band(each) for each in entry.entries("bands")),
    )


def _scale(entry: Entry) -> PointScale:
    entry.words("title")
    scale = PointScale(
        code=entry.text("code"),
        credit=entry.flag("credit", default=False),
        alternatives=entry.whole("alternatives") if entry.has("alternatives") else 1,
    )
    entry.finish()
    return scale


def _adjustment(entry: Entry) -> Adjustment:
    entry.words("message")
    adjustment = Adjustment(
        code=entry.text("code"),
        scale=entry.text("scale"),
        at_least=entry.number("at_least"),
        factor=entry.number_or("factor", Fraction(1)),
    )
    entry.finish()
    return adjustment


def _band(entry: Entry) -> PointBand:
    entry.words("title")
    if not entry.has("tier"):
        entry.note("tier", "missing")
    band = PointBand(
        code=entry.text("code"),
        up_to=entry.number("up_to"),
        tier=entry.member("tier", RiskTier, RiskTier.LOW),
    )
    entry.finish()
    return band
