from riskbase.shared.charts.text import ELLIPSIS, fit, text_width, wrap


def test_wide_characters_count_double():
    assert text_width("数据泄漏", 10) == 40


def test_keeps_text_that_fits():
    assert fit("Leakage", 200) == "Leakage"


def test_shortens_text_that_does_not_fit():
    shown = fit("Недостаточная обобщающая способность", 120)

    assert shown.endswith(ELLIPSIS)
    assert text_width(shown) <= 120


def test_wraps_between_words():
    assert wrap("Shortcut learning", 90) == ["Shortcut", "learning"]


def test_wraps_chinese_between_characters():
    assert wrap("评估漂移与数据泄漏", 65) == ["评估漂移与", "数据泄漏"]


def test_shortens_the_last_allowed_line():
    lines = wrap("Недостаточная обобщающая способность модели в новых условиях", 150)

    assert len(lines) == 2
    assert lines[1].endswith(ELLIPSIS)


def test_wraps_nothing():
    assert wrap("", 100) == [""]
