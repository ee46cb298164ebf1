from fractions import Fraction

import pytest

from projects.scoring import QuestionKind
from projects.scoring.reader import Entry, Findings


def read(value, languages=()):
    findings = Findings(frozenset(languages))
    return Entry(value, "top", findings), findings


def noted(findings):
    return [str(problem) for problem in findings.problems]


@pytest.mark.parametrize(
    ("method", "value", "said"),
    [
        ("text", True, "not a text (quote words such as yes, no, on, off)"),
        ("text", "  ", "not a text (quote words such as yes, no, on, off)"),
        ("whole", 1.5, "not a whole number"),
        ("whole", True, "not a whole number"),
        ("number", "0.5", "not a number"),
        ("number", True, "not a number"),
        ("number", float("nan"), "not a number"),
        ("number", float("inf"), "not a number"),
        ("numbers", 5, "not a list"),
        ("numbers", [1, "a"], "not a list of numbers"),
        ("points", [[1]], "not a list of pairs of numbers"),
        ("points", [5], "not a list of pairs of numbers"),
        ("points", [[1, "a"]], "not a list of pairs of numbers"),
        ("texts", [1], "not a list of texts"),
        ("words", "text", "not a text per language"),
        ("entries", {}, "not a list"),
        ("entry", [], "not a mapping"),
    ],
)
def test_value_of_a_wrong_type_is_noted(method, value, said):
    entry, findings = read({"key": value})
    getattr(entry, method)("key")
    assert noted(findings) == [f"top.key: {said}"]


@pytest.mark.parametrize(
    "method",
    ["text", "whole", "number", "numbers", "points", "texts", "words", "entries"],
)
def test_missing_key_is_noted_once(method):
    entry, findings = read({})
    getattr(entry, method)("key")
    assert noted(findings) == ["top.key: missing"]


def test_numbers_are_read_as_they_are_written():
    entry, _ = read({"a": 0.1, "b": [0.55, 1], "c": [[1, 0.25]]})
    assert entry.number("a") == Fraction(1, 10)
    assert entry.numbers("b") == (Fraction(11, 20), 1)
    assert entry.points("c") == ((1, Fraction(1, 4)),)


def test_flag_and_member_have_defaults():
    entry, findings = read({"odd": "maybe", "kind": "essay"})
    assert entry.flag("absent", default=True)
    assert entry.flag("odd", default=False) is False
    assert entry.member("kind", QuestionKind, QuestionKind.TEXT) == "text"
    assert noted(findings) == [
        "top.odd: neither true nor false",
        "top.kind: not one of single, multiple, scale, number, date, text",
    ]


def test_words_are_in_every_language_and_no_other():
    entry, findings = read({"title": {"en": "A", "fr": "B", "ru": " "}}, ("en", "zh"))
    entry.words("title")
    assert noted(findings) == [
        "top.title.zh: the translation is missing",
        "top.title.fr: not a language of this questionnaire",
        "top.title.ru: not a language of this questionnaire",
        "top.title.ru: not a text",
    ]


def test_words_are_in_any_language_when_none_is_asked():
    entry, findings = read({"title": {"fr": "A"}})
    entry.words("title")
    assert noted(findings) == []


def test_weights_refuse_what_is_not_a_slug():
    entry, findings = read({"weights": {"b": 2, "a": 1, 5: 3}})
    assert entry.weights("weights") == (("a", 1), ("b", 2))
    assert noted(findings) == ["top.weights.5: unknown key"]


def test_entries_know_their_place():
    entry, findings = read({"items": [{"odd": 1}, {}]})
    for item in entry.entries("items"):
        item.finish()
    assert noted(findings) == ["top.items[0].odd: unknown key"]
