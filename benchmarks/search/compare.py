"""Searching many records beside the same bounded ranking written by hand.

    .venv/bin/python -m riskbase.testing .venv/bin/python -m benchmarks.search.compare [rows]

Prints for each query the median and the 95th percentile, each as a ratio to the limit:
one statement that finds the newest matches of a language by its index and ranks at most
as many as we do, with nothing of visibility, languages, snippets or pages.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskbase.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Value  # noqa: E402
from django.db.models.functions import Concat  # noqa: E402
from django.test.utils import get_runner  # noqa: E402

from accounts.models import Unit, User  # noqa: E402
from benchmarks.search.records import fill  # noqa: E402
from failures.models import Postmortem, PostmortemText  # noqa: E402
from failures.search import RANKED, Criteria, find  # noqa: E402
from failures.selectors.precedents import nearest_cases, possible_duplicates  # noqa: E402
from failures.selectors.similar import similar_to  # noqa: E402
from failures.services.copies import refresh_search  # noqa: E402

ROWS, REPEATS = 100_000, 15
QUERIES = {
    "common word": ("model", "english", "model"),
    "rare word": ("zillow", "english", "zillow"),
    "selective word": ("quokka", "english", "quokka"),
    "two words": ("model drift", "english", "model drift"),
    "phrase": ('"training data"', "english", '"training data"'),
    "Russian": ("данные модель", "russian", "данные модель"),
    "Chinese": ("数据泄漏", "english", "数据 据泄 泄漏"),
}
ALIKE = """
    SELECT id FROM failures_postmortemtext WHERE title %%> %s
    ORDER BY postmortem_id DESC LIMIT %s
"""
# Materialized, so that only the newest are ranked and not each match.
LIMIT = """
    WITH newest AS MATERIALIZED (
        SELECT id, q, search, summary || ' ' || actual AS body
        FROM failures_postmortemtext,
            websearch_to_tsquery(%(config)s::regconfig, %(words)s) q
        WHERE search @@ q ORDER BY postmortem_id DESC LIMIT %(most)s
    ), best AS MATERIALIZED (
        SELECT id, q, body FROM newest ORDER BY ts_rank(search, q) DESC LIMIT 20
    )
    SELECT id, ts_headline(%(config)s::regconfig, left(body, 4000), q) FROM best
"""


def timed(what: Callable[[], Any]) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds."""
    what()
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        what()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), sorted(taken)[int(0.95 * (REPEATS - 1))]


def by_hand(configuration: str, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LIMIT, {"config": configuration, "words": words, "most": RANKED})
        cursor.fetchall()


def alike_by_hand() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.45")
        cursor.execute(ALIKE, ["zilow ofers", RANKED])
        cursor.fetchall()


Taken = tuple[float, float]


def _tell(name: str, ours: Taken, limit: Taken) -> None:
    ratio = ours[0] / limit[0]
    print(
        f"{name:14} {ours[0]:7.1f} / {ours[1]:7.1f}"
        f"   limit {limit[0]:6.1f}   ratio {ratio:5.2f}"
    )


def main() -> int:
    """Build the records and print the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        call_command("load_content", verbosity=0)
        fill(rows)
        plant("quokka")
        user = User.objects.create(username="reader")
        Unit.objects.create(name="Somewhere")
        measure(user)
    finally:
        runner.teardown_databases(databases)
    return 0


def plant(word: str) -> None:
    """Let three records, one old, one new and one between, hold the word alone."""
    keys = list(Postmortem.objects.order_by("pk").values_list("pk", flat=True))
    chosen = [keys[100], keys[len(keys) // 2], keys[-1]]
    texts = PostmortemText.objects.filter(postmortem__in=chosen)
    texts.update(summary=Concat("summary", Value(f" {word}")))
    refresh_search(chosen)


def measure(user: User) -> None:
    gc.collect()
    gc.freeze()  # as a web process does when it has started
    print(f"{Postmortem.objects.count():,} records; ms median / p95; ratio of medians")
    for name, (words, configuration, tokens) in QUERIES.items():
        limit = timed(lambda c=configuration, t=tokens: by_hand(c, t))
        ours = timed(
            lambda w=words: find(user=user, criteria=Criteria(q=w), language="en")
        )
        _tell(name, ours, limit)
    mistyped = (
        timed(alike_by_hand),
        timed(
            lambda: find(user=user, criteria=Criteria(q="zilow ofers"), language="en")
        ),
    )
    _tell("typing error", mistyped[1], mistyped[0])
    for name, criteria in {
        "filters": Criteria(causes=("leakage",), exact={"sector": "retail"}),
        "newest": Criteria(),
    }.items():
        ours = timed(lambda c=criteria: find(user=user, criteria=c, language="en"))
        print(f"{name:14} {ours[0]:7.1f} / {ours[1]:7.1f}")
    ours = timed(
        lambda: possible_duplicates(user=user, title="Zillow Offers closed down")
    )
    print(f"{'duplicates':14} {ours[0]:7.1f} / {ours[1]:7.1f}")
    some = Postmortem.objects.order_by("pk")[40]
    ours = timed(lambda: similar_to(user=user, postmortem=some))
    print(f"{'similar':14} {ours[0]:7.1f} / {ours[1]:7.1f}")
    profile = {"leakage": 0.8, "lk-temporal": 0.5, "deployment": 0.3}
    ours = timed(lambda: nearest_cases(user=user, profile=profile))
    print(f"{'nearest cases':14} {ours[0]:7.1f} / {ours[1]:7.1f}")


if __name__ == "__main__":
    sys.exit(main())
