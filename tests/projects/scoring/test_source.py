import json
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from projects.scoring.source import MAX_BYTES, MAX_DEPTH, SourceError, read
from tests.projects.scoring.examples import a_document

SEEDS = Path(__file__).parents[3] / "projects" / "seeds" / "questionnaires"
TEXT = """\
code: small
sections:
- code: one
  questions:
  - code: split
    choices:
    - {code: best, signal: 0}
    - code: worst
      signal: 1
  - code: rows
"""


@pytest.mark.parametrize(
    ("place", "position"),
    [
        ("", (1, 1)),
        ("code", (1, 1)),
        ("sections", (2, 1)),
        ("sections[0].code", (3, 3)),
        ("sections[0].questions[0]", (5, 5)),
        ("sections[0].questions[0].choices[0].signal", (7, 20)),
        ("sections[0].questions[0].choices[1].signal", (9, 7)),
        ("sections[0].questions[1].text.ru", (10, 5)),
        ("sections[7]", (2, 1)),
        ("gates[0].when", (1, 1)),
    ],
)
def test_place_has_its_line_or_that_of_the_part_that_lacks_it(place, position):
    assert read(TEXT).line_of(place) == position


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.yaml")), ids=lambda p: p.stem)
def test_shipped_questionnaires_are_read_as_before(path):
    text = path.read_bytes()
    assert json.dumps(read(text).document) == json.dumps(yaml.safe_load(text))


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_is_read_alike(indent, ascii_only):
    document = {**a_document(), "note": '😀 \\ud83d\\ude00 " / é \u2028 \n'}
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    assert read(text).document == document
    assert read(text.encode()).document == document


def test_byte_order_mark_is_no_part_of_the_text():
    assert read("\ufeffa: 1").document == {"a": 1}


def test_quoted_words_stay_texts():
    text = "a: 'yes'\nb: \"1\"\nc: no\nd: 2025-01-31\ne: |\n  12\nf:\n"
    assert read(text).document == {
        "a": "yes",
        "b": "1",
        "c": False,
        "d": "2025-01-31",
        "e": "12\n",
        "f": None,
    }


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "empty_document", (1, 1)),
        ("- a", "not_a_document", (1, 1)),
        ("a: [", "not_yaml", (2, 1)),
        ("a: 1\nb: {c: 2\n", "not_yaml", (3, 1)),
        ("a: 1\n---\nb: 2", "several_documents", (2, 1)),
        ("a: &x 1", "alias", (1, 4)),
        ("a: *x", "alias", (1, 4)),
        ("a: !!str 1", "tag", (1, 4)),
        ("a: !x [1]", "tag", (1, 4)),
        ("a: 1\na: 2", "duplicate_key", (2, 1)),
        ("a: {b: 1, b: 2}", "duplicate_key", (1, 11)),
        ("{'a': 1, \"a\": 2}", "duplicate_key", (1, 10)),
        ("1: a", "key_not_text", (1, 1)),
        ("no: a", "key_not_text", (1, 1)),
        ("? [a]\n: 1", "key_not_text", (1, 3)),
        ("a: .nan", "not_finite", (1, 4)),
        ('{"a": NaN}', "not_finite", (1, 7)),
        ('{"a": -Infinity}', "not_finite", (1, 7)),
        ("a: b\nc: \x07", "control_character", (2, 4)),
        ('a: "\\x00"', "control_character", (1, 4)),
        ('{"a": "\\ud83d"}', "not_yaml", (1, 10)),
        ("a: \ud83d", "control_character", (1, 4)),
        (b"a: b\nc: \xff", "undecodable", (2, 4)),
        ("a: 1".encode("utf-16"), "undecodable", (1, 1)),
        ("x" * 101 + ": 1", "key_too_long", (1, 1)),
    ],
)
def test_refusal_names_reason_and_place(text, code, position):
    with pytest.raises(SourceError) as refused:
        read(text)
    error = refused.value
    assert (error.code, (error.line, error.column)) == (code, position)
    assert str(error).startswith(f"line {position[0]}, column {position[1]}: ")


HOSTILE = {
    "lists": "[" * 10_000,
    "many lists": "[" * 999_999,
    "mappings": "{" * 999_999,
    "keyed mappings": "{a: " * 240_000,
    "pending keys": "? " * 400_000,
    "pending keys in lists": "[? " * 300_000,
    "dashes": "- " * 400_000,
    "stairs": "".join(" " * step + "a:\n" for step in range(1_300)),
    "keys in a line": "a: " * 300_000,
    "repeated keys": "a:\n" * 300_000,
    "long text": "a: " + "x" * 5_000_000,
    "long bytes": b"a: " + b"x" * 5_000_000,
    "wide characters": "a: " + "学" * 400_000,
    "bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "items": "a:\n" + "- b\n" * 240_000,
    "items in a line": "a: [" + "1," * 499_000 + "]",
    "empty mappings": "a: [" + "{}," * 333_000 + "]",
    "no end of a text": 'a: "' + "x\n" * 499_000,
    "quotes": "'" * 999_999,
    "backslashes": '"' + "\\" * 999_999,
    "colons": ":" * 999_999,
    "commas": "," * 999_999,
    "tabs": "\t" * 999_999,
    "documents": "---\n" * 249_000,
    "tags": "! " * 499_000,
    "anchors": "&a " * 333_000,
    "directives": "%a b\n" * 199_000,
    "number": "a: " + "9" * 900_000,
    "key": "? " + "x" * 900_000,
    "spaces": " " * 999_999,
    "comments": "#\n" * 499_000,
}


@pytest.mark.timeout(5)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused(name):
    with pytest.raises(SourceError) as refused:
        read(HOSTILE[name])
    assert len(str(refused.value)) < 300


def test_limits_themselves_are_accepted():
    deep = "{a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1) + "}"
    assert read(deep).document["a"]
    wide = "a: '" + "x" * (MAX_BYTES - 5) + "'"
    assert len(wide) == MAX_BYTES
    assert read(wide).document["a"]


@given(st.text("ab:-[]{}?!&*#|>'\"\\ \n\t,%1.😀", max_size=60) | st.binary(max_size=40))
def test_reading_raises_nothing_but_its_own_error(text):
    with suppress(SourceError):
        source = read(text)
        assert source.line_of("a[0].b") >= (1, 1)
