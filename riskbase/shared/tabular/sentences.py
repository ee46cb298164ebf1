"""The sentences behind the codes of faults; an app may register its own."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    # -- the whole file -------------------------------------------------------
    "empty": _("The file is empty."),
    "no_head": _("The first row must name the columns."),
    "no_rows": _("The file names columns but holds no rows."),
    "duplicate_heads": _("Columns named twice: %(names)s."),
    "too_many_rows": _("The file has more than %(most)s rows."),
    "too_many_columns": _("The file has more than %(most)s columns."),
    "too_large": _("The file is larger than %(most)s MB."),
    "zip_bomb": _("The workbook unpacks to far more than it should; it is not opened."),
    "broken": _("The file is damaged: it ends early or its structure does not hold."),
    "locked": _(
        "This is an old Excel workbook (.xls) or one with a password. Save it as .xlsx without one, or as CSV."
    ),
    "unknown_format": _("This is no CSV, XLSX, JSON or NDJSON file but %(seems)s."),
    "encoding": _(
        "The text is not UTF-8: byte %(byte)s in line %(line)s. Save the file as “CSV UTF-8”."
    ),
    "unclosed_quote": _("A quotation mark opens in row %(row)s and never closes."),
    "not_table": _(
        "The JSON must be a list of objects, or an object with one such list."
    ),
    "json_broken": _("The JSON ends or breaks in line %(line)s, column %(column)s."),
    "too_deep": _("The data is nested too deeply."),
    # -- a row ----------------------------------------------------------------
    "ragged": _("The row has %(cells)s cells where the head has %(columns)s."),
    "quotes": _("A quotation mark stands where none may stand."),
    "json_line": _("This line is not JSON."),
    "not_object": _("This item is not an object."),
    "duplicate_members": _("The object names a member twice: %(names)s."),
    # -- a cell ---------------------------------------------------------------
    "control": _("The text holds characters that cannot be shown, such as NUL."),
    "surrogate": _("The text holds half a character."),
    "not_finite": _("NaN and infinity are no values."),
    "too_long": _("The text has %(length)s characters; at most %(most)s fit."),
    "formula": _("A formula stands here. Paste its value instead."),
    "cell_error": _("The spreadsheet shows an error here."),
    "required": _("A value is needed."),
    "not_text": _("This must be plain text."),
    "not_integer": _("This is not a whole number."),
    "not_decimal": _("This is not a number."),
    "not_boolean": _("Say yes or no."),
    "not_date": _("This is not a date. Write 2026-03-31."),
    "ambiguous_date": _("Day and month cannot be told apart. Write 2026-03-31."),
    "out_of_range": _("The value must lie between %(least)s and %(most)s."),
    "not_choice": _("This is none of the values that fit: %(choices)s."),
    "not_url": _("This is not a web address (http or https)."),
    "not_json": _("This must be a list or an object, as JSON."),
}
_registered: dict[str, str | Promise] = {}


def register_sentences(sentences: Mapping[str, str | Promise]) -> None:
    """Add an app's own codes. Raises ValueError for a code that has a sentence."""
    taken = sorted(sentences.keys() & (SENTENCES.keys() | _registered.keys()))
    if taken:
        raise ValueError(taken)
    _registered.update(sentences)


def sentence_of(code: str, params: Mapping[str, Any]) -> str:
    """Return the sentence of a code with its parameters, or the code itself.

    A parameter `of`, (code, parameters), is a fault within: its sentence is `what`.
    """
    if within := params.get("of"):
        params = {**params, "what": sentence_of(*within)}
    found = SENTENCES.get(code) or _registered.get(code)
    if found is None:
        return code
    try:
        return str(found) % params if params else str(found)
    except (KeyError, TypeError, ValueError):
        return str(found)
