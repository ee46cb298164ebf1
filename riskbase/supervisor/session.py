"""One run from its first step to its last: servers, preparation, services, end."""

import contextlib
import os
import subprocess
import sys
import time
from functools import partial

from riskbase.embedded.postgres import PostgresServer
from riskbase.embedded.processes import last_lines
from riskbase.embedded.valkey import ValkeyServer
from riskbase.supervisor.children import Child, end_leftovers, stop_all
from riskbase.supervisor.commands import ROOT, manage, output_of
from riskbase.supervisor.console import Screen
from riskbase.supervisor.echo import LogEcho
from riskbase.supervisor.folder import DataFolder
from riskbase.supervisor.interrupts import Interrupts
from riskbase.supervisor.options import Options
from riskbase.supervisor.ports import free_port
from riskbase.supervisor.readiness import answer_of
from riskbase.supervisor.services import children_of, environment_of, mark_of
from riskbase.supervisor.watch import Watch

Server = PostgresServer | ValkeyServer

READY_WITHIN = 180.0
STOP_WITHIN = 20.0
PUBLISHED = (
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"),
    *("RISKBASE_STATIC_ROOT", "RISKBASE_ADDRESS", "RISKBASE_DATA", "ALLOWED_HOSTS"),
)


class NotReadyError(RuntimeError):
    """The web server runs and does not become ready."""


class Session:
    """What one run has started."""

    def __init__(
        self,
        options: Options,
        folder: DataFolder,
        screen: Screen,
        interrupts: Interrupts,
    ) -> None:
        self.options = options
        self.folder = folder
        self.screen = screen
        self.interrupts = interrupts
        self.environment: dict[str, str] = {}
        self.watches: list[Watch] = []
        self.children: list[Child] = []
        self.echo: LogEcho | None = None

    def run(self) -> None:
        """Start everything and keep it running; `check` ends when it is ready."""
        with contextlib.ExitStack() as stack:
            self._end_leftovers()
            port = self._port()
            self._start_servers(stack, port)
            administrator = self._prepare()
            self._start_services(stack, port)
            self._wait_until_ready()
            self._say_ready(administrator)
            while not self.options.check:
                self._look()

    def run_command(self) -> int:
        """Run one command with the servers of the data folder."""
        with contextlib.ExitStack() as stack:
            self._start_servers(stack, self.options.port)
            return run_attached(self.options.command, self.environment)

    def _end_leftovers(self) -> None:
        killed = end_leftovers(mark_of(self.folder))
        if killed:
            self.screen.warn(f"Ended {len(killed)} processes of a run that was killed.")

    def _port(self) -> int:
        port = free_port(self.options.bind, self.options.port)
        if port != self.options.port:
            self.screen.warn(f"Port {self.options.port} is in use; using {port}.")
        return port

    def _start_servers(self, stack: contextlib.ExitStack, port: int) -> None:
        self.environment = environment_of(
            os.environ, options=self.options, folder=self.folder, port=port
        )
        postgres, valkey = self.folder.path / "postgres", self.folder.path / "valkey"
        self._start_server(
            stack,
            "DATABASE_URL",
            PostgresServer(
                postgres, log=self.folder.log("postgres"), progress=self._progress
            ),
        )
        self._start_server(
            stack,
            "REDIS_URL",
            ValkeyServer(
                valkey, log=self.folder.log("valkey"), progress=self._progress
            ),
        )
        self.folder.publish({k: self.environment.get(k, "") for k in PUBLISHED})

    def _start_server(
        self, stack: contextlib.ExitStack, variable: str, server: Server
    ) -> None:
        if self.environment.get(variable):
            self.screen.line(f"{server.name}: the one {variable} names")
            return
        stack.callback(self._stop_server, server)
        watch = Watch(
            server.name, server, partial(last_lines, server.log), self.screen.warn
        )
        with self.screen.step(f"Starting {server.name}"):
            watch.start()
        self.watches.append(watch)
        self.environment[variable] = server.url

    def _progress(self, text: str) -> None:
        self.screen.line(text)
        self.interrupts.check()

    def _stop_server(self, server: Server) -> None:
        server.stop()
        self.screen.line(f"{server.name} stopped", "✓")

    def _prepare(self) -> str:
        steps = [
            ("Migrating the database", ("migrate", "--noinput")),
            ("Loading questionnaires and causes", ("load_content",)),
            ("Collecting static files", ("collectstatic", "--noinput")),
        ]
        if self.options.demo:
            steps.append(("Loading the example portfolio", ("demo", "load")))
        for text, arguments in steps[:2]:
            self._manage(text, *arguments)
        said = self._manage("Looking for an administrator", "ensure_admin")
        administrator = introduction(said)
        # Said now as well: should a later step fail, it is never shown again.
        self.screen.line(administrator)
        for text, arguments in steps[2:]:
            self._manage(text, *arguments)
        return administrator

    def _manage(self, text: str, *arguments: str) -> str:
        with self.screen.step(text):
            return output_of(manage(*arguments), self.environment, self.interrupts)

    def _start_services(self, stack: contextlib.ExitStack, port: int) -> None:
        self.children = children_of(
            options=self.options,
            folder=self.folder,
            environment=self.environment,
            port=port,
        )
        stack.callback(self._stop_services)
        self.echo = LogEcho(self.children[0].log)
        for child in self.children:
            watch = Watch(child.name, child, child.last_words, self.screen.warn)
            watch.start()
            self.watches.append(watch)

    def _stop_services(self) -> None:
        self.screen.line("Stopping")
        for name in stop_all(self.children, seconds=STOP_WITHIN):
            self.screen.warn(f"{name} did not end within {STOP_WITHIN:g} s; killed.")

    def _look(self) -> None:
        for watch in self.watches:
            watch.look()
        for line in self.echo.fresh() if self.echo else []:
            self.screen.warn(f"web: {line}")
        self.interrupts.pause(0.2)

    def _wait_until_ready(self) -> None:
        address = self.environment["RISKBASE_ADDRESS"]
        deadline = time.monotonic() + READY_WITHIN
        with self.screen.step("Starting web, worker and schedule"):
            while reason := answer_of(address):
                if time.monotonic() > deadline:
                    raise NotReadyError(f"{address} is not ready: {reason}")
                self._look()

    def _say_ready(self, administrator: str) -> None:
        self.screen.line(f"Riskbase is ready: {self.environment['RISKBASE_ADDRESS']}")
        self.screen.line(administrator)
        self.screen.line(f"Data and logs: {self.folder.path}")
        if not self.options.check:
            self.screen.line("Ctrl-C stops everything; the data stays.")


def introduction(said: str) -> str:
    """Turn the answer of ensure_admin into a sentence."""
    for line in said.splitlines():
        match line.split():
            case ["created", username, password]:
                return f"Administrator: {username}  Password (shown once): {password}"
            case ["exists", username]:
                return f"Administrator: {username} (password as set before)"
    return "Administrator: manage.py ensure_admin named none"


def run_attached(command: tuple[str, ...], environment: dict[str, str]) -> int:
    """Run a command on this terminal and return its exit code."""
    line = list(command)
    if line[0].endswith(".py"):
        line = [sys.executable, str(ROOT / line[0]), *line[1:]]
    return subprocess.run(line, check=False, env=environment).returncode  # noqa: S603
