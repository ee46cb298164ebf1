"""What an unquoted word of a document means: little more than it means in JSON.

Dates, octal, hexadecimal and sexagesimal numbers stay texts. `yes`, `no`, `on` and
`off` are booleans as everywhere in YAML, so that the reader can say where one stands
in the place of a text.
"""

import math
import re
from collections.abc import Mapping

NUMBER_CHARACTERS = 40

_CONSTANTS: Mapping[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
}
_NUMBER = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?P<rest>\.[0-9]+)?(?P<power>[eE][+-]?[0-9]+)?"
)
_ENDLESS = re.compile(r"[+-]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|NaN|-?Infinity")
"""As YAML and as JavaScript write what is no number."""


class ScalarError(ValueError):
    """A word that is refused; `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def plain(written: str) -> str | int | float | bool | None:
    """Return the value of an unquoted word, or raise ScalarError."""
    if len(written) <= len("Infinity") + 1:
        known = written if written.islower() else _uniform(written)
        if known in _CONSTANTS:
            return _CONSTANTS[known]
        if _ENDLESS.fullmatch(written):
            raise ScalarError("not_finite")
    if written[:1] not in "-0123456789":
        return written
    found = _NUMBER.fullmatch(written)
    return _number(written, found) if found else written


def is_text(written: str) -> bool:
    """Tell whether an unquoted word is read as the text it is."""
    try:
        return isinstance(plain(written), str)
    except ScalarError:
        return False


def _uniform(written: str) -> str:
    """Write `True` and `TRUE` as `true`; a mixture of both stays what it is."""
    alike = written.isupper() or written.istitle()
    return written.lower() if alike else written


def _number(written: str, found: re.Match[str]) -> int | float:
    if len(written) > NUMBER_CHARACTERS:
        raise ScalarError("number_too_long")
    if not found["rest"] and not found["power"]:
        return int(written)
    number = float(written)
    if not math.isfinite(number):
        raise ScalarError("not_finite")
    return number
