from xml.etree import ElementTree as ET

import pytest

from riskbase.shared.charts.svg import (
    Frame,
    Key,
    Svg,
    document,
    label,
    legend,
    mark,
    nothing,
    number,
    responsive,
    tag,
)

SPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('\"&')</script>\x00\x0b"


def test_document_names_and_describes_itself():
    root = ET.XML(document(Frame("rates", "Leakage leads", "n = 41"), "x", 50, []))

    ids = root.get("aria-labelledby").split()
    texts = {node.get("id"): node.text for node in root}
    assert root.get("role") == "img"
    assert [texts[key] for key in ids] == ["Leakage leads", "n = 41"]


def test_document_has_no_inline_style():
    drawn = document(Frame("a", "b"), "x", 10, [mark("published", 1, 1)])

    assert "style=" not in drawn


def test_escapes_titles_and_attributes():
    frame = Frame("a", HOSTILE, HOSTILE)
    drawn = document(
        frame, "x", 10, [label((0, 0), [HOSTILE]), tag("g", "", id=HOSTILE)]
    )

    root = ET.XML(drawn)
    assert "<script" not in drawn
    assert root.find(f"{SPACE}title").text == "<script>alert('\"&')</script>"


@pytest.mark.parametrize(
    ("value", "written"), [(1.0, "1"), (0.125, "0.12"), (1e-9, "0"), (1e6, "1000000")]
)
def test_numbers_are_short_and_plain(value, written):
    assert number(value) == written


def test_shortened_label_keeps_its_full_text():
    assert "<title>Leakage of labels</title>" in label(
        (0, 0), ["Leak…"], "Leakage of labels"
    )


def test_legend_wraps_into_rows():
    keys = [Key("bar", "Closed projects"), Key("whisker", "95 % interval")]

    _, in_one_row = legend(keys, 700, 0)
    _, in_two_rows = legend(keys, 180, 0)
    assert in_two_rows > in_one_row


def test_legend_without_keys_takes_no_room():
    assert legend([], 300, 40) == ("", 40)


def test_empty_chart_says_why():
    root = ET.XML(nothing(Frame("a", "b", empty="No outcomes yet"), "bars"))

    assert "No outcomes yet" in "".join(root.itertext())


def test_draws_for_wide_and_narrow_columns_with_distinct_ids():
    pair = responsive(lambda frame: nothing(frame, "bars"), Frame("a", "b"))

    ids = [node.get("id") for node in ET.XML(pair).iter() if node.get("id")]
    assert len(ids) == len(set(ids)) == 4


def test_svg_is_printed_unescaped_by_templates():
    assert Svg("<svg/>").__html__() == "<svg/>"
