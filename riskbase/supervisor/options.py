"""What the person who starts a run may choose."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DESCRIPTION = """Run Riskbase on this machine: web, worker, schedule and, unless
DATABASE_URL and REDIS_URL name others, a PostgreSQL and a Valkey of its own."""
EPILOG = """Variables: PORT (8000), BIND (127.0.0.1), RISKBASE_DATA (var),
RISKBASE_ADMIN_PASSWORD (generated), WEB_WORKERS, WORKER_CONCURRENCY (2)."""


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one run."""

    data: Path
    bind: str
    port: int
    demo: bool
    check: bool
    command: tuple[str, ...]
    web_workers: int
    worker_concurrency: int


def options_of(arguments: Sequence[str]) -> Options:
    """Read the command line and the environment."""
    parser = argparse.ArgumentParser(
        prog="python -m riskbase.run", description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("--demo", action="store_true", help="load an example portfolio")
    parser.add_argument(
        "--check", action="store_true", help="start, wait until ready, stop"
    )
    parser.add_argument(
        "--command",
        nargs=argparse.REMAINDER,
        default=[],
        help="run one command with the servers of this data folder, for example"
        " --command manage.py api_token alice",
    )
    chosen = parser.parse_args(arguments)
    half_the_cores = (os.cpu_count() or 2) // 2
    return Options(
        data=Path(os.environ.get("RISKBASE_DATA") or "var"),
        bind=os.environ.get("BIND") or "127.0.0.1",
        port=number(parser, "PORT", 8000),
        demo=chosen.demo,
        check=chosen.check,
        command=tuple(chosen.command),
        web_workers=number(parser, "WEB_WORKERS", min(2, max(1, half_the_cores))),
        worker_concurrency=number(parser, "WORKER_CONCURRENCY", 2),
    )


def number(parser: argparse.ArgumentParser, name: str, default: int) -> int:
    """Read a positive number from the environment."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= 65_535:
        parser.error(f"{name} is not a number between 1 and 65535: {text!r}")
    return int(text)
