"""Writes the JSON Schema of questionnaires, as it is kept in docs/."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from projects.scoring.schema import document_schema


class Command(BaseCommand):
    """See the module."""

    help = "Write the JSON Schema of questionnaires to standard output."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(json.dumps(document_schema(), indent=2, ensure_ascii=False))
