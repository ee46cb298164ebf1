"""What a report still lacks, as counts a page can turn into words."""

from portfolio.reports.shown import Json
from portfolio.stats.tally import Tally


def missing(tally: Tally, k: int) -> list[Json]:
    """Return what is needed before the numbers can be shown: code, have, need."""
    if tally.failure is None:
        found = [("coded_cases", tally.causes.coded, k)]
    else:
        failures = tally.failure.rate.successes
        found = [
            ("projects", tally.projects, 1),
            ("close_outs", tally.n, k),
            ("failures", failures, k),
            ("coded_failures", tally.causes.coded, k),
        ]
    # Only whether there are enough: the exact number below k is withheld too.
    return [
        {"code": code, "have": have if have == 0 else None, "need": need}
        for code, have, need in found
        if have < need
    ]
