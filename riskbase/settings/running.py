"""Lets a command typed beside `make run` find the servers of that run."""

import json
import os
from pathlib import Path


def adopt() -> None:
    """Take over what the running installation published, unless told otherwise.

    An explicit DATABASE_URL means another installation: then nothing is taken.
    """
    if "DATABASE_URL" in os.environ or "DATABASE_URL_FILE" in os.environ:
        return
    folder = Path(os.environ.get("RISKBASE_DATA", "var"))
    if not folder.is_absolute():
        folder = Path(__file__).resolve().parent.parent.parent / folder
    published = folder / "environment.json"
    try:
        values: dict[str, str] = json.loads(published.read_text(encoding="utf-8"))
    except (FileNotFoundError, PermissionError):
        return
    for name, value in values.items():
        if value:
            os.environ.setdefault(name, value)
