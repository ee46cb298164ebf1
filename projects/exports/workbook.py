"""A questionnaire as a spreadsheet: one row per question, one per choice."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from projects.scoring import LANGUAGES

Row = Sequence[str | int | float | None]
WIDE, NARROW = 60, 18


def workbook_of(document: Mapping[str, Any], digest: str) -> bytes:
    """Return an XLSX file with the sheets Questions, Choices and About.

    Every text stands in every language of the document. All texts are written as
    texts, so that no cell is ever taken for a formula.
    """
    languages = list(document.get("languages", LANGUAGES))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        _fill(
            book.add_worksheet(_("Questions")),
            _question_headings(languages),
            _question_rows(document, languages),
            (heading, cell),
        )
        _fill(
            book.add_worksheet(_("Choices")),
            _choice_headings(languages),
            _choice_rows(document, languages),
            (heading, cell),
        )
        _fill(
            book.add_worksheet(_("About")),
            [_("Property"), _("Value")],
            _about_rows(document, languages, digest),
            (heading, cell),
        )
    return buffer.getvalue()


def _fill(
    sheet: Any, headings: Sequence[str], rows: Iterable[Row], formats: tuple[Any, Any]
) -> None:
    heading, cell = formats
    sheet.freeze_panes(1, 0)
    for column, text in enumerate(headings):
        is_text = "(" in text
        sheet.set_column(column, column, WIDE if is_text else NARROW)
        sheet.write_string(0, column, text, heading)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value, cell)
            elif value is not None:
                sheet.write_number(number, column, value, cell)


def _question_headings(languages: Sequence[str]) -> list[str]:
    return [
        _("No."),
        _("Section"),
        _("Code"),
        _("Kind"),
        *_in(languages, _("Question")),
        *_in(languages, _("Help")),
        *_in(languages, _("Why we ask")),
        _("Asked when"),
        _("Weights"),
        _("Impact weight"),
        _("Scale"),
        _("Answers"),
        _("Signal of “unknown”"),
        _("“Unknown” allowed"),
        _("“Not applicable” allowed"),
        _("Sources"),
    ]


def _question_rows(
    document: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Row]:
    for section_number, section in enumerate(document["sections"], 1):
        for number, question in enumerate(section["questions"], 1):
            weights = question.get("weights", {})
            sources = question.get("sources", {})
            yield [
                f"{section_number}.{number}",
                section["code"],
                question["code"],
                question["kind"],
                *_texts(question.get("text"), languages),
                *_texts(question.get("help"), languages),
                *_texts(question.get("why"), languages),
                question.get("visible_when"),
                "; ".join(f"{slug} {weights[slug]}" for slug in sorted(weights)),
                question.get("weight"),
                question.get("scale"),
                _answers(question),
                question.get("unknown_signal"),
                _yes_no(question.get("allow_unknown", True)),
                _yes_no(question.get("allow_not_applicable", False)),
                "; ".join([*sources.get("seeds", []), *sources.get("literature", [])]),
            ]


def _choice_headings(languages: Sequence[str]) -> list[str]:
    return [
        _("Question"),
        _("Code"),
        *_in(languages, _("Choice")),
        _("Signal"),
        _("Points"),
        _("Floor on"),
        _("Floor"),
        _("Retired"),
    ]


def _choice_rows(
    document: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Row]:
    for section in document["sections"]:
        for question in section["questions"]:
            for choice in question.get("choices", []):
                floor = choice.get("floor", {})
                yield [
                    question["code"],
                    choice["code"],
                    *_texts(choice.get("text"), languages),
                    choice.get("signal"),
                    choice.get("points"),
                    floor.get("cause"),
                    floor.get("score"),
                    _yes_no(choice.get("retired")),
                ]


def _about_rows(
    document: Mapping[str, Any], languages: Sequence[str], digest: str
) -> Iterator[Row]:
    yield [_("Code"), document["code"]]
    yield [_("Version"), str(document["version"])]
    for language in languages:
        yield [f"{_('Title')} ({language})", document["title"].get(language, "")]
    yield [_("Method"), document.get("method", "weighted")]
    yield ["SHA-256", digest]
    for gate in document.get("gates", []):
        yield [f"{_('Gate')} {gate['code']}", f"{gate['when']} → {gate['effect']}"]


def _answers(question: Mapping[str, Any]) -> str:
    """Say in one cell what can be answered, and what it is worth."""
    if "choices" in question:
        return "\n".join(
            f"{choice['code']} = {choice.get('signal', choice.get('points', '–'))}"
            for choice in question["choices"]
        )
    if "signals" in question:
        return "\n".join(f"{n} = {s}" for n, s in enumerate(question["signals"], 1))
    points = question.get("breakpoints", [])
    return "\n".join(f"{number} = {signal}" for number, signal in points)


def _in(languages: Sequence[str], heading: str) -> list[str]:
    return [f"{heading} ({language})" for language in languages]


def _texts(words: Mapping[str, str] | None, languages: Sequence[str]) -> list[str]:
    return [(words or {}).get(language, "") for language in languages]


def _yes_no(value: object) -> str:
    return _("yes") if value else _("no")
