"""One value of a file as a value of its column."""

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from riskbase.shared.lines import lines
from riskbase.shared.tabular.columns import Column, Kind
from riskbase.shared.tabular.faults import CellRefused

YES = frozenset({"yes", "y", "true", "1", "да", "истина", "是", "真"})
NO = frozenset({"no", "n", "false", "0", "нет", "ложь", "否", "假"})
SPACES = re.compile(r"[\s\u00a0\u202f']")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})\Z")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}")
SHOWN_CHOICES = 12


def converted(value: Any, column: Column) -> Any:
    """Return `value` as the column holds it, None when nothing is said.

    Raises CellRefused with a code and its parameters.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        if column.is_required:
            raise CellRefused("required")
        return None
    return CONVERTERS[column.kind](value, column)


def _text(value: Any, column: Column) -> str:
    if isinstance(value, bool | list | dict):
        raise CellRefused("not_text")
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    text = lines(text).strip()
    if column.longest is not None and len(text) > column.longest:
        raise CellRefused("too_long", length=len(text), most=column.longest)
    return text


def _integer(value: Any, column: Column) -> int:
    number = _number(value, "not_integer")
    if number != number.to_integral_value():
        raise CellRefused("not_integer")
    return int(_bounded(number, column))


def _decimal(value: Any, column: Column) -> Decimal:
    return _bounded(_number(value, "not_decimal"), column)


def _number(value: Any, code: str) -> Decimal:
    """Read a number; one comma or point is the decimal sign, spaces group digits."""
    if isinstance(value, bool | list | dict | dt.date | dt.time | dt.timedelta):
        raise CellRefused(code)
    text = SPACES.sub("", str(value))
    if text.count(",") == 1 and "." not in text:
        # 1,234 could be a thousand or one and a bit: refused, unlike 1,5 or 0,234.
        if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text):
            raise CellRefused(code)
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise CellRefused(code) from error
    if not number.is_finite():
        raise CellRefused("not_finite")
    return number


def _bounded(number: Decimal, column: Column) -> Decimal:
    low, high = column.least, column.most
    if (low is not None and number < low) or (high is not None and number > high):
        raise CellRefused("out_of_range", least=low, most=high)
    return number


def _boolean(value: Any, _column: Column) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellRefused("not_boolean")


def _date(value: Any, column: Column) -> dt.date:
    day = _day(value)
    low, high = column.least, column.most
    if (low is not None and day.year < low) or (high is not None and day.year > high):
        raise CellRefused("out_of_range", least=low, most=high)
    return day


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if found := MOMENT.match(text):
        text = found[1]
    if found := DOTTED.match(text):
        return _of(found[3], found[2], found[1])
    if found := SLASHED.match(text):
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12 and first != second:
            raise CellRefused("ambiguous_date")
        month, day = (second, first) if first > 12 else (first, second)
        return _of(found[3], month, day)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise CellRefused("not_date")
    return _of(text[:4], text[5:7], text[8:])


def _of(year: Any, month: Any, day: Any) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellRefused("not_date") from error


def _url(value: Any, column: Column) -> str:
    text = _text(value, column)
    try:
        parts = urlsplit(text)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits or re.search(r"\s", text):
        raise CellRefused("not_url")
    return text


def _choice(value: Any, column: Column) -> str:
    if isinstance(value, str):
        word = " ".join(value.split()).casefold()
        if word.replace("-", "_").replace(" ", "_") in column.choices:
            return word.replace("-", "_").replace(" ", "_")
        if word in column.choices:
            return word
        for code, label in column.choices.items():
            if word in _names(label) or word == code.casefold():
                return code
    codes = list(column.choices)
    some = ", ".join(codes[:SHOWN_CHOICES]) + (
        " …" if len(codes) > SHOWN_CHOICES else ""
    )
    raise CellRefused("not_choice", choices=some)


def _names(label: Any) -> set[str]:
    """Return the label in every language, folded."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(label).casefold())
    return found


def _json(value: Any, _column: Column) -> Any:
    if isinstance(value, list | dict):
        return value
    if isinstance(value, str):
        if value.lstrip()[:1] not in ("[", "{"):
            return [part.strip() for part in re.split(r"[;\n]", value) if part.strip()]
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise CellRefused("not_json") from error
    raise CellRefused("not_json")


CONVERTERS: dict[Kind, Callable[[Any, Column], Any]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.URL: _url,
    Kind.CHOICE: _choice,
    Kind.JSON: _json,
}
