"""Scores every stored run again and tells whether each gives the very same bytes."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from projects.models import ScoringRecord
from projects.services import runs

BATCH = 200


class Command(BaseCommand):
    """See the module."""

    help = "Replay every stored scoring run; fail when one differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, help="newest runs only")

    def handle(self, *_args: Any, **options: Any) -> None:
        records = ScoringRecord.objects.select_related(
            "run__assessment__questionnaire_version"
        ).order_by("-run_id")
        if options["limit"]:
            records = records[: options["limit"]]
        done = different = 0
        for record in records.iterator(chunk_size=BATCH):
            done += 1
            if runs.replayed(record) != record.result.encode():
                different += 1
                self.stderr.write(f"{record.run_id}: differs")
        self.stdout.write(f"{done} replayed, {different} different")
        if different:
            sys.exit(1)
