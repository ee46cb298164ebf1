from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context
from django.utils.translation import override

from riskbase.shared.templatetags import riskbase as tags

TEXTS = {"en": "Leakage", "ru": "Утечка", "zh-hans": "数据泄漏"}


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "61.3"), ("ru", "61,3"), ("zh-hans", "61.3")]
)
def test_score_has_one_localized_decimal(language, expected):
    with override(language):
        assert tags.score(61.25) == expected


@pytest.mark.parametrize("show", [tags.score, tags.percent, tags.money])
def test_unknown_is_not_zero(show):
    assert show(None) == tags.NOTHING
    assert show(0) != tags.NOTHING


def test_percent_takes_a_share():
    with override("en"):
        assert tags.percent(Decimal("0.235"), 1) == "23.5\N{NO-BREAK SPACE}%"


def test_interval_is_a_range():
    with override("en"):
        assert tags.interval(0.11, 0.38) == "11\N{EN DASH}38\N{NO-BREAK SPACE}%"
        assert tags.interval(12.5, 40, "score") == "12.5\N{EN DASH}40.0"
        assert tags.interval(None, 0.4) == tags.NOTHING


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (123450, "EUR", "1,234.50 EUR"),
        (1500, "JPY", "1,500 JPY"),
        (1, "KWD", "0.001 KWD"),
    ],
)
def test_money_knows_minor_units(minor, currency, expected):
    with override("en"):
        assert (
            tags.money(minor, currency).replace("\N{NO-BREAK SPACE}", " ") == expected
        )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Petrova", "AP"),
        ("anna.petrova@example.org", "AP"),
        ("王小明", "王"),
        ("", ""),
    ],
)
def test_initials(name, expected):
    assert tags.initials(name) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ru", "Утечка"), ("zh-hans", "数据泄漏"), ("en", "Leakage"), ("de", "Leakage")],
)
def test_localized_falls_back_to_english(language, expected):
    with override(language):
        assert tags.localized(TEXTS) == expected


def test_localized_takes_plain_and_missing_text():
    assert tags.localized("Leakage") == "Leakage"
    assert tags.localized(None) == ""
    assert tags.localized({"en": "", "ru": "Утечка"}) == "Утечка"


def test_unknown_tier_is_not_assessed():
    assert tags.tier_class("") == "tier--none"
    assert tags.tier_class("high") == "tier--high"
    assert tags.tier_icon(None) == "circle-dashed"
    with override("en"):
        assert tags.tier_label(None) == "Not assessed"


def test_icon_is_hidden_unless_labeled():
    assert 'aria-hidden="true"' in tags.icon("search")
    assert 'aria-label="&lt;Search&gt;"' in tags.icon("search", "<Search>")


@pytest.mark.parametrize(
    ("view", "current"),
    [
        ("projects:project-detail", True),
        ("projects:assessment-list", False),
        ("", False),
    ],
)
def test_nav_marks_the_entry_of_the_view(view, current):
    request = SimpleNamespace(resolver_match=SimpleNamespace(view_name=view))

    marked = tags.nav_current(Context({"request": request}), "projects:project")
    assert bool(marked) is current
