"""Answers in words, in the reader's language."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from projects.choices import AnswerState
from riskbase.shared.templatetags.riskbase import localized


def answer_text(entry: Mapping[str, Any], state: str, value: Any) -> str:
    """Return what was answered to the question of a document's entry, in words."""
    if state == AnswerState.UNKNOWN:
        return _("Unknown")
    if state == AnswerState.NOT_APPLICABLE:
        return _("Not applicable")
    if value is None or state == AnswerState.BLANK:
        return _("Not answered")
    return value_text(entry, value)


def value_text(entry: Mapping[str, Any], value: Any) -> str:
    """Return a value in words, by the kind of its question."""
    match entry["kind"]:
        case "single" | "multiple":
            return _chosen(entry, value)
        case "scale":
            return _("%(step)s of 5") % {"step": value}
        case "number":
            unit = localized(entry.get("unit"))
            return f"{number_format(str(value))} {unit}".strip()
        case "date":
            return _date(str(value))
        case _:
            return str(value)


def choice_text(entry: Mapping[str, Any], code: str) -> str:
    """Return the words of one choice."""
    return _chosen(entry, code)


def _chosen(entry: Mapping[str, Any], value: Any) -> str:
    codes = value if isinstance(value, list | tuple) else [value]
    texts = {choice["code"]: choice["text"] for choice in entry["choices"]}
    return "; ".join(localized(texts.get(code, code)) for code in codes)


def _date(value: str) -> str:
    try:
        return date_format(dt.date.fromisoformat(value))
    except ValueError:
        return value
