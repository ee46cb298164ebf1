"""Typed readers of the environment; a secret may come from a variable or a file."""

import os
from pathlib import Path

from environs import Env

env = Env()


class SettingMissing(RuntimeError):
    """A setting that production cannot do without is absent."""


def secret(name: str, default: str | None = None) -> str:
    """Return NAME, or the content of the file named by NAME_FILE.

    Raises SettingMissing when neither is set and no default is given.
    """
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        message = f"Set {name} or {name}_FILE."
        raise SettingMissing(message)
    return value
