import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from riskbase.embedded import places
from riskbase.embedded.processes import is_running, wait_until
from riskbase.embedded.valkey import ValkeyServer, quoted
from riskbase.testing import throwaway_folder

# Only prctl runs between fork and exec; newer Pythons warn when threads exist.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    with throwaway_folder() as path:
        yield path


@contextlib.contextmanager
def started(path: Path, **options: object) -> Iterator[ValkeyServer]:
    server = ValkeyServer(path, **options)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@contextlib.contextmanager
def client(server: ValkeyServer) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(server.url) as link:
        yield link


def test_acknowledged_writes_survive_sigkill(folder: Path):
    with started(folder / "valkey") as server:
        for batch in range(3):
            with client(server) as link:
                for number in range(200):
                    link.rpush("queue", f"{batch}:{number}")
            os.killpg(server.process.pid, signal.SIGKILL)
            server.process.wait()
            server.start()
            with client(server) as link:
                assert link.llen("queue") == 200 * (batch + 1)


def test_data_survives_a_clean_stop(folder: Path):
    with started(folder / "valkey") as server:
        with client(server) as link:
            link.set("kept", "yes")
        process = server.process
        server.stop()
        assert process.returncode == 0
        server.start()
        with client(server) as link:
            assert link.get("kept") == b"yes"


def test_a_server_that_outlived_its_parent_is_replaced(folder: Path):
    abandoned = ValkeyServer(folder / "valkey")
    abandoned.start()
    with client(abandoned) as link:
        link.set("kept", "yes")
    said: list[str] = []
    with started(folder / "valkey", progress=said.append) as server:
        assert wait_until(lambda: not abandoned.alive(), seconds=10)
        with client(server) as link:
            assert link.get("kept") == b"yes"
    assert any("left running" in line for line in said)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_server_ends_when_its_parent_is_killed(folder: Path):
    program = (
        "import sys, time; from pathlib import Path;"
        "from riskbase.embedded.valkey import ValkeyServer;"
        "server = ValkeyServer(Path(sys.argv[1])); server.start();"
        "print(server.process.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, folder / "valkey"], stdout=subprocess.PIPE
    )
    with parent:
        pid = int(parent.stdout.readline())
        assert is_running(pid)
        parent.kill()
    assert wait_until(lambda: not is_running(pid), seconds=30)


@pytest.mark.parametrize(
    "name", ["with space", "данные", "long" * 40, "quote'and\"colon:"]
)
def test_any_folder_name_works(folder: Path, name: str):
    (folder / name).mkdir()
    with started(folder / name / "valkey") as server:
        with client(server) as link:
            link.set("kept", "yes")
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
        assert len(str(server.socket)) <= places.SOCKET_PATH_LIMIT
        assert list((folder / name / "valkey" / "appendonlydir").iterdir())


def test_a_broken_end_of_the_log_is_cut_off(folder: Path):
    with started(folder / "valkey") as server:
        with client(server) as link:
            link.set("kept", "yes")
        server.stop()
        (journal,) = server.folder.glob("appendonlydir/*.incr.aof")
        with journal.open("ab") as file:
            file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nhal")
        server.start()
        with client(server) as link:
            assert link.get("kept") == b"yes"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("appendonly", "yes"),
        ("appendfsync", "always"),
        ("maxmemory-policy", "noeviction"),
        ("port", "0"),
        ("unixsocketperm", "700"),
    ],
)
def test_server_is_durable_and_private(folder: Path, setting: str, value: str):
    with started(folder / "valkey") as server, client(server) as link:
        assert link.config_get(setting)[setting] == value


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can become another user to try this"
)
@pytest.mark.parametrize("name", ["valkey", "with space"])
def test_another_user_cannot_reach_the_server(folder: Path, name: str):
    with started(folder / name) as server:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            said = "connected"
            try:
                socket.socket(socket.AF_UNIX).connect(str(server.socket))
            except OSError as error:
                said = type(error).__name__
            os.write(write, said.encode())
            os._exit(0)
        os.close(write)
        os.waitpid(child, 0)
        with os.fdopen(read) as answer:
            assert answer.read() == "PermissionError"


def test_configuration_words_are_quoted():
    assert quoted('a "b" \\c') == '"a \\"b\\" \\\\c"'
