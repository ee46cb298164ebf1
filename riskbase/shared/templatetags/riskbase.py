"""Presentation only: icons, numbers, tiers and the current navigation entry."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from riskbase.shared.money import DIGITS

register = template.Library()

Number = int | float | Decimal

NOTHING = "—"
NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
TIERS: dict[str, tuple[Promise | str, str]] = {
    "low": (_("Low"), "circle-check"),
    "moderate": (_("Moderate"), "diamond"),
    "high": (_("High"), "triangle-alert"),
    "critical": (_("Critical"), "octagon-alert"),
    "none": (_("Not assessed"), "circle-dashed"),
}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw a sprite icon; hidden from assistive technology unless labeled."""
    classes = f"icon icon--{size}" if size else "icon"
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            classes,
            label,
            href,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>',
        classes,
        href,
    )


def rounded(value: Number, digits: int) -> str:
    step = Decimal(1).scaleb(-digits)
    exact = Decimal(str(value)).quantize(step, ROUND_HALF_UP)
    return number_format(exact, digits, use_l10n=True, force_grouping=True)


@register.filter
def score(value: Number | None) -> str:
    """Return a score of 0-100 with one decimal, in the reader's notation."""
    return NOTHING if value is None or value == "" else rounded(value, 1)


@register.filter
def signed(value: Number | None) -> str:
    """Return a change in points with its sign: +3.2, −3.2, ±0.0."""
    if value is None or value == "":
        return NOTHING
    change = Decimal(str(value))
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{rounded(abs(change), 1)}"


@register.filter
def percent(value: Number | None, digits: int = 0) -> str:
    """Return a share in [0, 1] as a percentage."""
    if value is None or value == "":
        return NOTHING
    return f"{rounded(Decimal(str(value)) * 100, digits)}{NBSP}%"


@register.simple_tag
def interval(low: Number | None, high: Number | None, kind: str = "percent") -> str:
    """Return a range of shares in percent, or of scores for kind 'score'."""
    if low is None or high is None or "" in {low, high}:
        return NOTHING
    if kind == "score":
        return f"{rounded(low, 1)}{DASH}{rounded(high, 1)}"
    shares = [rounded(Decimal(str(bound)) * 100, 0) for bound in (low, high)]
    return f"{shares[0]}{DASH}{shares[1]}{NBSP}%"


def known_tier(value: Any) -> str:
    return str(value) if str(value) in TIERS else "none"


@register.filter
def tier_class(value: Any) -> str:
    return f"tier--{known_tier(value)}"


@register.filter
def tier_label(value: Any) -> str:
    return str(TIERS[known_tier(value)][0])


@register.filter
def tier_icon(value: Any) -> str:
    return TIERS[known_tier(value)][1]


@register.filter
def initials(value: Any) -> str:
    """Return 'AP' for 'Anna Petrova' or 'anna.petrova@…', '王' for '王小明'."""
    name = getattr(value, "get_full_name", lambda: str(value))() or str(value)
    words = name.split("@", maxsplit=1)[0].replace(".", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def money(minor: int | str | None, currency: str = "EUR") -> str:
    """Return an amount of minor units: 123450 and 'EUR' is '1,234.50 EUR'."""
    if minor is None or minor == "":
        return NOTHING
    digits = DIGITS.get(currency, 2)
    amount = rounded(Decimal(minor).scaleb(-digits), digits)
    return f"{amount}{NBSP}{currency}"


@register.filter
def localized(texts: Mapping[str, str] | str | None) -> str:
    """Pick the reader's language from {en, ru, zh-hans}, else English."""
    if not isinstance(texts, Mapping):
        return str(texts or "")
    language = get_language() or "en"
    if text := texts.get(language) or texts.get("en"):
        return text
    return next((text for text in texts.values() if text), "")


@register.simple_tag(takes_context=True)
def nav_current(context: template.Context, *prefixes: str) -> SafeString:
    """Return aria-current where one of the prefixes starts the view's name.

    Several may stand in one text, with spaces between them.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    view = match.view_name if match else ""
    wanted = tuple(prefix for each in prefixes for prefix in each.split())
    current = bool(view) and view.startswith(wanted)
    return mark_safe(' aria-current="page"') if current else mark_safe("")
