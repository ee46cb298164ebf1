"""People are no causes: what made their error likely is."""

HUMAN_ERROR = frozenset({"human-error", "operator-error", "user-error", "carelessness"})


def is_human_error(words: str) -> bool:
    """Return whether the words blame a person instead of naming a cause."""
    return "-".join(words.lower().replace("_", " ").split()) in HUMAN_ERROR
