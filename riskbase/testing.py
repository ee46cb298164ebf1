"""Run a command, usually pytest, with throwaway PostgreSQL and Valkey servers.

python -m riskbase.testing pytest tests/accounts -k login
python -m riskbase.testing manage.py makemigrations
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from riskbase.embedded.postgres import PostgresServer
from riskbase.embedded.processes import ServerError
from riskbase.embedded.server_user import server_user
from riskbase.embedded.valkey import ValkeyServer

# pytest turns an interrupt into an orderly end with its fixtures torn down.
GRACE = 30.0


class Terminated(BaseException):
    """SIGTERM arrived."""


def terminate(*_: object) -> None:
    """Turn the signal into an exception, once."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Terminated


def command_of(arguments: Sequence[str]) -> list[str]:
    """Return the command line, run by this very Python where that makes sense."""
    program, *rest = arguments or ["pytest"]
    if program == "pytest":
        return [sys.executable, "-m", "pytest", *rest]
    if program.endswith(".py"):
        return [sys.executable, program, *rest]
    return [program, *rest]


@contextlib.contextmanager
def throwaway_folder() -> Iterator[Path]:
    """Make a folder, under a root the server's user can enter, and delete it."""
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]  # noqa: S108 - mkdtemp inside
    user = server_user()
    root = next((place for place in candidates if user.can("-x", place)), candidates[0])
    folder = Path(tempfile.mkdtemp(prefix="riskbase-test-", dir=root))
    if user.credentials:
        folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def servers(environment: dict[str, str]) -> Iterator[None]:
    """Start what the environment does not name, and name it there."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(throwaway_folder())
        if not environment.get("DATABASE_URL"):
            postgres = PostgresServer(folder / "postgres", durable=False)
            stack.callback(postgres.remove)
            postgres.start()
            environment["DATABASE_URL"] = postgres.url
        if not environment.get("REDIS_URL"):
            valkey = ValkeyServer(folder / "valkey", durable=False)
            stack.callback(valkey.remove)
            valkey.start()
            environment["REDIS_URL"] = valkey.url
        yield


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run the command to its end; a signal for us is a signal for it."""
    child = subprocess.Popen(command, env=environment)  # noqa: S603 - the caller's own
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the terminal sent it to the child as well
        except Terminated:
            child.send_signal(signal.SIGINT)
            try:
                child.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                child.kill()
            raise


def main(arguments: Sequence[str]) -> int:
    """Start the servers, run the command, return its exit code."""
    signal.signal(signal.SIGTERM, terminate)
    # A shell ignores interrupts for what it starts in the background, and so would our
    # children: they would be killed after GRACE instead of ending in order.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    environment = dict(os.environ)
    # Importing the project has already set the module of local runs.
    environment["DJANGO_SETTINGS_MODULE"] = "riskbase.settings.test"
    try:
        with servers(environment):
            code = run(command_of(arguments), environment)
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except Terminated:
        return 128 + signal.SIGTERM
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
