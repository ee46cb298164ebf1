"""Many records of words that real cases use, written as fast as rows can be."""

import random
from collections.abc import Sequence

from django.db import connection

from failures.choices import OutcomeClass, Sector, Severity, Stage, Task
from failures.models import Postmortem, PostmortemDetail, PostmortemText
from failures.services.copies import refresh_search
from riskbase.shared.ids import uuid7

BATCH = 2_000


def fill(count: int, seed: int = 7) -> None:
    """Write `count` published records beside the public cases, in three languages.

    A text mixes sentences of several cases, so that words are as frequent as there.
    """
    draw = random.Random(seed)
    told = {
        language: list(PostmortemText.objects.filter(language=language))
        for language in ("en", "ru", "zh-hans")
    }
    causes = [
        slugs
        for slugs in Postmortem.objects.values_list("cause_slugs", flat=True)
        if slugs
    ]
    for start in range(0, count, BATCH):
        _batch(draw, told, causes, start, min(BATCH, count - start))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _batch(
    draw: random.Random,
    told: dict[str, list[PostmortemText]],
    causes: Sequence[list[str]],
    start: int,
    size: int,
) -> None:
    rows = [
        Postmortem(
            id=uuid7(),
            reference=f"B-{start + n}",
            origin="import",
            state="published",
            visibility="organization",
            published_at="2026-03-02T09:00:00Z",
            language=draw.choices(("en", "ru", "zh-hans"), (6, 2, 2))[0],
            outcome=draw.choice(OutcomeClass.values),
            severity=draw.choice(Severity.values),
            sector=draw.choice(Sector.values),
            task=draw.choice(Task.values),
            stage_introduced=draw.choice(Stage.values),
            detected_on=f"{draw.randint(2012, 2026)}-0{draw.randint(1, 9)}-15",
            cause_slugs=sorted(
                {*draw.choice(causes), *draw.sample(draw.choice(causes), 1)}
            ),
        )
        for n in range(size)
    ]
    Postmortem.objects.bulk_create(rows)
    PostmortemDetail.objects.bulk_create(
        PostmortemDetail(postmortem=row) for row in rows
    )
    PostmortemText.objects.bulk_create(
        _text(draw, row, told[row.language]) for row in rows
    )
    refresh_search([row.pk for row in rows])


def _text(
    draw: random.Random, row: Postmortem, told: Sequence[PostmortemText]
) -> PostmortemText:
    one, two, three = draw.choices(told, k=3)
    titles = one.title.split(" "), two.title.split(" ")
    half = " ".join(
        [*titles[0][: len(titles[0]) // 2 + 1], *titles[1][len(titles[1]) // 2 :]]
    )
    return PostmortemText(
        postmortem=row,
        language=row.language,
        title=half[:200],
        summary=f"{two.summary} {three.summary}",
        intended=one.intended,
        actual=two.actual,
        lessons=three.lessons,
    )
