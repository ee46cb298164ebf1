"""How wide text is and where it breaks, estimated without a font."""

from unicodedata import east_asian_width

LABEL_SIZE = 13
SMALL_SIZE = 12
LINE = 17
ELLIPSIS = "…"
NARROW_LETTERS = " .,:;!|'()[]/ijl·"
WIDE_LETTERS = "mwMW@%—…" + "жшщмыюф" + "жшщмыюф".upper()


def char_width(char: str) -> float:
    """Return the width of a character in em; an estimate on the generous side."""
    if east_asian_width(char) in "WF":
        return 1.0
    if char in NARROW_LETTERS:
        return 0.33
    if char in WIDE_LETTERS:
        return 0.88
    return 0.7 if char.isupper() else 0.58


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    return sum(char_width(char) for char in text) * size


def fit(text: str, width: float, size: float = LABEL_SIZE) -> str:
    """Shorten to `width` with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    shown = text
    while shown and text_width(shown + ELLIPSIS, size) > width:
        shown = shown[:-1]
    return shown.rstrip() + ELLIPSIS


def pieces(text: str) -> list[str]:
    """Split where a line may break: after spaces and between wide characters."""
    found = [""]
    for char in text:
        if east_asian_width(char) in "WF":
            found.append(char)
        else:
            found[-1] += char
        if char in " -/":
            found.append("")
    return [piece for piece in found if piece]


def wrap(
    text: str, width: float, limit: int = 2, size: float = LABEL_SIZE
) -> list[str]:
    """Break into at most `limit` lines; the last is shortened if need be."""
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and text_width(lines[-1] + piece.rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    if len(lines) > limit:
        lines = [*lines[: limit - 1], "".join(lines[limit - 1 :])]
    return [fit(line.strip(), width, size) for line in lines]
