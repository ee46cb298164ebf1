"""Which language a page speaks, judged by its letters and by telltale words."""

import re

# Words of the interface that are never part of people's or sources' own text.
ENGLISH = (
    "Assessments", "Answered", "Begin", "Cancel", "Causes", "Continue", "Dashboard",
    "Follow-ups", "Overdue", "Owner", "Post-mortems", "Projects", "Publish", "Questions",
    "Save", "Settings", "Sign out", "Skip", "Statistics", "Submit", "Unknown",
)  # fmt: skip
LETTERS = {"ru": r"[а-яё]", "zh-hans": r"[\u4e00-\u9fff]"}


def english_in(text):
    """Return the telltale words a text contains as whole words."""
    return [word for word in ENGLISH if re.search(rf"(?<!\w){word}(?!\w)", text)]


def speaks(language, text):
    """Whether the letters of the language are there in number."""
    return language == "en" or len(re.findall(LETTERS[language], text.lower())) > 20
