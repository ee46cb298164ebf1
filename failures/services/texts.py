"""In which language a record is told, and what stays told in the others."""

from typing import Any

from failures.models import Postmortem, PostmortemText
from failures.services.upserts import differing


def told_in(
    row: Postmortem, language: str, words: dict[str, Any]
) -> tuple[PostmortemText, dict[str, Any]]:
    """Return the text of the record in `language`, and which words to write there.

    A record told in it already keeps what stands there but for what is new: the rest is
    the former language's. Else the text so far comes to be in it.
    """
    texts = {each.language: each for each in row.texts.all()}
    former = texts.get(row.language)
    found = texts.get(language) or former
    if found is None:
        found = PostmortemText.objects.create(postmortem=row, language=row.language)
    if former is not None and found.pk != former.pk:
        words = differing(former, words)
    return found, words
