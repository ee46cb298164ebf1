import contextlib
import fcntl
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from riskbase.embedded.processes import is_running, wait_until
from riskbase.supervisor.children import MARK, Child, end_leftovers, stop_all
from riskbase.supervisor.commands import CommandFailedError, output_of
from riskbase.supervisor.echo import LogEcho
from riskbase.supervisor.folder import LOG_LIMIT, AlreadyRunningError, DataFolder
from riskbase.supervisor.interrupts import Interrupts, StopRequested
from riskbase.supervisor.options import options_of
from riskbase.supervisor.ports import NoPortError, address_of, free_port
from riskbase.supervisor.services import (
    children_of,
    environment_of,
    hosts_of,
)
from riskbase.supervisor.session import introduction
from riskbase.supervisor.watch import FAILURES, HEALTHY_AFTER, GaveUpError, Watch

# Only prctl runs between fork and exec; newer Pythons warn when threads exist.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc and the kernel")
SLEEP = "import time; time.sleep(600)"
IGNORES_SIGTERM = "import signal; signal.signal(15, signal.SIG_IGN);"
SPAWNS = (
    "import subprocess, sys;"
    "print(subprocess.Popen([sys.executable, '-c', {!r}]).pid, flush=True);"
)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    found = DataFolder(tmp_path / "var")
    found.create()
    return found


@contextlib.contextmanager
def child(folder: DataFolder, program: str, **extra: str) -> Iterator[Child]:
    environment = {**os.environ, **extra}
    command = [sys.executable, "-c", program]
    found = Child("dummy", command, folder.log("dummy"), environment)
    try:
        found.start()
        yield found
    finally:
        found.end_group()


def wait_for_log(found: Child, text: str) -> None:
    assert wait_until(lambda: text in found.last_words(), seconds=20)


# Ports


def test_a_port_in_use_gives_way_to_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) <= port + 20


def test_a_free_port_is_kept():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert free_port("127.0.0.1", port) == port


def test_an_address_that_is_not_ours_is_refused_with_the_reason():
    with pytest.raises(NoPortError, match=r"Cannot listen on 192\.0\.2\.1:8000"):
        free_port("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 - only translated
        ("::1", "http://[::1]:8000"),
    ],
)
def test_address_opens_in_a_browser_of_this_machine(bind: str, address: str):
    assert address_of(bind, 8000) == address


def test_hosts_follow_the_address_listened_on():
    assert hosts_of("127.0.0.1") == ["127.0.0.1", "localhost", "[::1]"]
    assert "192.0.2.7" in hosts_of("192.0.2.7")
    assert socket.gethostname() in hosts_of("0.0.0.0")  # noqa: S104 - only translated


# The data folder


def test_secret_key_is_made_once_and_private(folder: DataFolder):
    key = folder.secret_key()
    assert len(key) >= 50
    assert DataFolder(folder.path).secret_key() == key
    assert stat.S_IMODE((folder.path / "secret_key").stat().st_mode) == 0o600


def test_a_second_run_is_told_who_runs(folder: DataFolder):
    with folder.locked():
        folder.publish({"RISKBASE_ADDRESS": "http://127.0.0.1:8000"})
        expected = rf"process {os.getpid()}, http://127\.0\.0\.1:8000"
        with (
            pytest.raises(AlreadyRunningError, match=expected),
            DataFolder(folder.path).locked(),
        ):
            pass
    with folder.locked():
        assert folder.published() == {}


def test_published_variables_are_private(folder: DataFolder):
    folder.publish({"SECRET_KEY": "x"})
    published = folder.path / "environment.json"
    assert stat.S_IMODE(published.stat().st_mode) == 0o600
    assert folder.published() == {"SECRET_KEY": "x"}


def test_run_ends_with_code_1_while_another_holds_the_folder(folder: DataFolder):
    with (folder.path / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = subprocess.run(
            [sys.executable, "-m", "riskbase.run"],
            env={**os.environ, "RISKBASE_DATA": str(folder.path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert answer.returncode == 1
    assert "already runs" in answer.stdout


def test_a_large_log_is_set_aside_at_start(folder: DataFolder):
    log = folder.log("web")
    for age in range(5):
        log.write_bytes(bytes([65 + age]) * (LOG_LIMIT + 1))
        folder.log("web")
    names = sorted(path.name for path in log.parent.iterdir())
    assert names == ["web.log.1", "web.log.2", "web.log.3"]
    assert log.with_name("web.log.1").read_bytes()[:1] == b"E"


def test_only_lines_worth_a_look_are_echoed(folder: DataFolder):
    log = folder.log("web")
    log.write_text("[ERROR] of the last run\n")
    echo = LogEcho(log)
    with log.open("a") as file:
        file.write('[INFO] started\n{"level": "warning", "event": "slow"}\n[ERR')
    assert echo.fresh() == ['{"level": "warning", "event": "slow"}']
    with log.open("a") as file:
        file.write("OR] broken\n")
    assert echo.fresh() == ["[ERROR] broken"]


# Children


def test_stop_ends_a_child_with_all_it_started(folder: DataFolder):
    program = IGNORES_SIGTERM + SPAWNS.format(SLEEP)
    program += "print('up', flush=True);" + SLEEP
    with child(folder, program) as found:
        wait_for_log(found, "up")
        grandchild = int(found.last_words().split()[0])
        assert is_running(grandchild)
        assert stop_all([found], seconds=0.5) == ["dummy"]
    assert wait_until(lambda: not is_running(grandchild), seconds=10)


def test_stop_lets_a_child_finish(folder: DataFolder):
    program = (
        "import signal, sys, time\n"
        "signal.signal(15, lambda *_: (print('bye', flush=True), sys.exit(0)))\n"
        "print('up', flush=True)\n"
        "time.sleep(600)"
    )
    with child(folder, program) as found:
        wait_for_log(found, "up")
        assert stop_all([found], seconds=20) == []
        assert found.process.returncode == 0
        assert "bye" in found.last_words()


@LINUX
def test_children_die_with_a_killed_supervisor(folder: DataFolder):
    program = (
        "import os, sys, time; from pathlib import Path;"
        "from riskbase.supervisor.children import Child;"
        "found = Child('dummy', [sys.executable, '-c', sys.argv[1]],"
        " Path(sys.argv[2]), dict(os.environ)); found.start();"
        "print(found.process.pid, flush=True); time.sleep(600)"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, SLEEP, folder.log("dummy")],
        stdout=subprocess.PIPE,
    )
    with supervisor:
        pid = int(supervisor.stdout.readline())
        assert is_running(pid)
        supervisor.kill()
    assert wait_until(lambda: not is_running(pid), seconds=10)


@LINUX
def test_leftovers_of_a_killed_run_are_ended_and_no_others(folder: DataFolder):
    with (
        child(folder, "print('up', flush=True);" + SLEEP, **{MARK: "ours"}) as ours,
        child(folder, SLEEP, **{MARK: "theirs"}) as theirs,
    ):
        wait_for_log(ours, "up")
        assert end_leftovers("ours") == [ours.process.pid]
        assert wait_until(lambda: not ours.alive(), seconds=10)
        assert theirs.alive()


def test_a_dead_child_is_started_again(folder: DataFolder):
    said: list[str] = []
    with child(folder, SLEEP) as found:
        watch = Watch("dummy", found, found.last_words, said.append)
        watch.start()
        first = found.process.pid
        found.process.kill()
        assert wait_until(
            lambda: (watch.look(), found.alive() and found.process.pid != first)[1],
            seconds=20,
        )
    assert said == ["dummy ended; starting it again in 0.5 s."]


def test_a_child_that_cannot_start_ends_the_run_with_its_last_words(
    folder: DataFolder,
):
    said: list[str] = []
    now = [0.0]
    with child(folder, "raise SystemExit('no such broker')") as found:
        watch = Watch("dummy", found, found.last_words, said.append, lambda: now[0])
        watch.start()

        def die() -> None:
            assert wait_until(lambda: not found.alive(), seconds=20)
            watch.look()  # notices
            now[0] += HEALTHY_AFTER - 1
            watch.look()  # starts again

        for _ in range(FAILURES - 1):
            die()
        with pytest.raises(GaveUpError, match="no such broker"):
            die()
    assert len(said) == FAILURES - 1
    assert [line.split()[-2] for line in said] == ["0.5", "1", "2", "4"]


def test_deaths_far_apart_do_not_add_up(folder: DataFolder):
    now = [0.0]
    with child(folder, "") as found:
        watch = Watch("dummy", found, found.last_words, str, lambda: now[0])
        watch.start()
        for _ in range(FAILURES * 4):
            wait_until(lambda: not found.alive(), seconds=20)
            now[0] += HEALTHY_AFTER
            watch.look()
    assert watch.failures == 1


# Commands and choices


def test_a_failed_command_shows_what_it_said():
    command = [sys.executable, "-c", "import sys; sys.exit('no table')"]
    with pytest.raises(CommandFailedError, match="no table"):
        output_of(command, os.environ, Interrupts())


def test_a_command_ends_when_a_stop_is_wished():
    interrupts = Interrupts()
    interrupts.requested = True
    started = time.monotonic()
    with pytest.raises(StopRequested):
        output_of([sys.executable, "-c", SLEEP], os.environ, interrupts)
    assert time.monotonic() - started < 10


def test_a_signal_becomes_a_wish():
    before = {n: signal.getsignal(n) for n in (2, 15, 1)}
    interrupts = Interrupts()
    try:
        interrupts.install()
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(StopRequested):
            interrupts.pause(5)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("created admin s3cret\n", "admin  Password (shown once): s3cret"),
        ("warm-up\nexists admin\n", "admin (password as set before)"),
        ("", "named none"),
    ],
)
def test_the_administrator_is_introduced(said: str, shown: str):
    assert introduction(said).endswith(shown)


def test_services_get_the_key_and_not_the_first_password(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("RISKBASE_ADMIN_PASSWORD", "first-password")
    options = options_of([])
    environment = environment_of(os.environ, options=options, folder=folder, port=1)
    assert environment["RISKBASE_ADMIN_PASSWORD"] == "first-password"
    children = children_of(
        options=options, folder=folder, environment=environment, port=8123
    )
    assert [found.name for found in children] == ["web", "worker", "beat"]
    assert "8123" in children[0].command
    for found in children:
        assert found.environment["SECRET_KEY"] == folder.secret_key()
        assert "RISKBASE_ADMIN_PASSWORD" not in found.environment


@pytest.mark.parametrize("wrong", ["eighty", "0", "70000", "-1"])
def test_a_wrong_port_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", wrong)
    with pytest.raises(SystemExit):
        options_of([])
