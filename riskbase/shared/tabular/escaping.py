"""Text that a spreadsheet would run as a formula, made harmless and back."""

import re

RISKY = "=+-@\t\r"
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?\Z")


def escaped(text: str) -> str:
    """Return `text` so that no spreadsheet evaluates it; see CWE-1236.

    An apostrophe goes before what begins like a formula, numbers excepted, and before
    what begins with apostrophes and then like one, so that `restored` is its inverse.
    """
    return f"'{text}" if _begins_risky(text) else text


def restored(text: str) -> str:
    """Return what `escaped` was given."""
    inner = text[1:]
    return inner if text[:1] == "'" and _begins_risky(inner) else text


def _begins_risky(text: str) -> bool:
    bare = text.lstrip("'")
    return bare[:1] != "" and bare[0] in RISKY and not NUMBER.match(text)
