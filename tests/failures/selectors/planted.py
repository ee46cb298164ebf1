"""Near-duplicates of public cases, as another team would write them."""

import random

from failures.models import Postmortem, PostmortemText
from failures.selectors.similar import CONTEXT
from failures.services.copies import refresh_search

FILLERS = ("model", "system", "team", "later", "however", "report", "review", "case")


def plant(case, number, *, unit, author):
    """Store a record that tells the case anew: shorter, reworded, mistyped, recoded."""
    draw = random.Random(number)  # noqa: S311 - repeatable
    texts = {text.language: text for text in case.texts.all()}
    language = draw.choices(("en", "ru", "zh-hans"), (8, 1, 1))[0]
    text = texts[language]
    causes = list(case.cause_slugs)
    if len(causes) > 1 and draw.random() < 0.5:
        causes.pop(draw.randrange(len(causes)))
    row = Postmortem.objects.create(
        reference=f"D-{number}",
        unit=unit,
        author=author,
        language=language,
        cause_slugs=causes,
        **{name: getattr(case, name) for name in CONTEXT},
    )
    changed = draw.choice(CONTEXT)
    setattr(row, changed, "")
    row.save()
    PostmortemText.objects.create(
        postmortem=row,
        language=language,
        title=reworded(text.title, draw)[:200],
        summary=reworded(shortened(text.summary, draw), draw),
    )
    refresh_search([row.pk])
    return row


def shortened(summary, draw):
    """Keep some of the sentences, at least one."""
    sentences = summary.replace("。", "。 ").split(". ")
    kept = [each for each in sentences if draw.random() < 0.7]
    return ". ".join(kept or sentences[:1])


def reworded(text, draw):
    """Leave words out, put others in, swap neighbors, mistype some."""
    words = [word for word in text.split(" ") if draw.random() > 0.2]
    for at in range(len(words) - 1):
        if draw.random() < 0.1:
            words[at], words[at + 1] = words[at + 1], words[at]
    for at, word in enumerate(words):
        if len(word) > 4 and draw.random() < 0.08:
            cut = draw.randrange(1, len(word) - 1)
            words[at] = word[:cut] + word[cut + 1 :]
    words.insert(draw.randrange(len(words) + 1), draw.choice(FILLERS))
    return " ".join(words) or text
