"""How lines of text end, wherever it comes from."""


def lines(text: str) -> str:
    """Return the text with a line feed alone at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
