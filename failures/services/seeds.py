"""Reading the content files of this app from disk."""

from pathlib import Path
from typing import Any

import yaml

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def release_document(folder: Path = SEEDS, *, version: str = "v1") -> dict[str, Any]:
    """Return a taxonomy release: its head, and the nodes of all its files."""
    place = folder / "taxonomy" / version
    head = _read(place / "release.yaml")
    files = sorted(place.glob("*.yaml"))
    branches = [_read(file) for file in files if file.name != "release.yaml"]
    return {**head, "nodes": [node for branch in branches for node in branch]}


def practice_entries(folder: Path = SEEDS) -> list[dict[str, Any]]:
    """Return the catalog of practices."""
    return _entries(folder / "practices")


def rate_entries(folder: Path = SEEDS) -> list[dict[str, Any]]:
    """Return the published base rates."""
    return _read(folder / "base-rates.yaml") or []


def case_entries(folder: Path = SEEDS) -> list[dict[str, Any]]:
    """Return the public cases."""
    return _entries(folder / "cases")


def _entries(folder: Path) -> list[dict[str, Any]]:
    return [entry for file in sorted(folder.glob("*.yaml")) for entry in _read(file)]


def _read(file: Path) -> Any:
    # The C loader is a safe loader, ten times as fast as the one in Python.
    with file.open("rb") as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader)
