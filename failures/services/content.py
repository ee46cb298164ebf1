"""Loading all of this app's content, in the order in which it builds up."""

import datetime as dt
from pathlib import Path

from django.db import transaction

from accounts.models import User
from failures.services import cases, knowledge, seeds, taxonomy
from failures.services.taxonomy import Loaded


@transaction.atomic
def load_knowledge(
    *, at: dt.datetime, folder: Path = seeds.SEEDS, by: User | None = None
) -> dict[str, Loaded]:
    """Load taxonomy, practices, base rates and cases; all or nothing.

    A second run changes nothing. Raises DocumentError or TaxonomyConflict.
    """
    return {
        "taxonomy": taxonomy.load_release(
            document=seeds.release_document(folder), at=at, by=by
        ),
        "practices": knowledge.load_practices(
            entries=seeds.practice_entries(folder), by=by
        ),
        "base_rates": knowledge.load_rates(entries=seeds.rate_entries(folder), by=by),
        "cases": cases.load_cases(entries=seeds.case_entries(folder), at=at, by=by),
    }
