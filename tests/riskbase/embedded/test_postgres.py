import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from riskbase.embedded import places
from riskbase.embedded.postgres import SOCKET, PostgresServer
from riskbase.embedded.processes import ServerError, is_running, wait_until
from riskbase.testing import throwaway_folder

# Only prctl runs between fork and exec; newer Pythons warn when threads exist.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

ROOT_ONLY = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can become another user to try this"
)
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    with throwaway_folder() as path:
        yield path


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with pytest.MonkeyPatch.context() as patch, throwaway_folder() as path:
        patch.setenv("LC_ALL", "C")
        running = PostgresServer(path / "postgres")
        try:
            running.start()
            yield running
        finally:
            running.remove()


@contextlib.contextmanager
def started(path: Path, **options: object) -> Iterator[PostgresServer]:
    server = PostgresServer(path, **options)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def one(server: PostgresServer, query: str) -> object:
    with psycopg.connect(server.url) as link:
        return link.execute(query).fetchone()[0]


def kill_group(server: PostgresServer) -> None:
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()


def as_nobody(path: Path) -> str:
    """Connect to a socket as another user; return the error's name."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        said = "connected"
        try:
            socket.socket(socket.AF_UNIX).connect(str(path))
        except OSError as error:
            said = type(error).__name__
        os.write(write, said.encode())
        os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read) as answer:
        return answer.read()


def write_until_killed(server: PostgresServer, acknowledged: list[int]) -> None:
    with (
        contextlib.suppress(psycopg.OperationalError),
        psycopg.connect(server.url, autocommit=True) as link,
    ):
        while True:
            row = link.execute("insert into kept default values returning id")
            acknowledged.append(row.fetchone()[0])


@pytest.mark.parametrize("killed", ["group", "postmaster alone"])
def test_acknowledged_rows_survive_sigkill(folder: Path, killed: str):
    acknowledged: list[int] = []
    with started(folder / "postgres") as server:
        with psycopg.connect(server.url) as link:
            link.execute("create table kept (id bigint generated always as identity)")
        for _ in range(3):
            before = len(acknowledged)
            writer = threading.Thread(
                target=write_until_killed, args=(server, acknowledged)
            )
            writer.start()
            assert wait_until(lambda n=before: len(acknowledged) > n + 50, seconds=30)
            if killed == "postmaster alone":
                server.process.kill()
                server.process.wait()
            else:
                kill_group(server)
            writer.join()
            server.start()
            with psycopg.connect(server.url) as link:
                stored = {row[0] for row in link.execute("select id from kept")}
            assert set(acknowledged) <= stored


def test_data_survives_a_clean_stop(folder: Path):
    with started(folder / "postgres") as server:
        with psycopg.connect(server.url) as link:
            link.execute("create table kept as select 42 as answer")
        url = server.url
        server.stop()
        assert not server.alive()
        server.start()
        assert one(server, "select answer from kept") == 42
        assert server.url == url


def test_a_server_that_outlived_its_parent_is_replaced(folder: Path):
    abandoned = PostgresServer(folder / "postgres")
    abandoned.start()
    said: list[str] = []
    with started(folder / "postgres", progress=said.append) as server:
        assert one(server, "select 1") == 1
        assert not abandoned.alive()
    assert any("left running" in line for line in said)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_server_ends_when_its_parent_is_killed(folder: Path):
    program = (
        "import sys, time; from pathlib import Path;"
        "from riskbase.embedded.postgres import PostgresServer;"
        "server = PostgresServer(Path(sys.argv[1])); server.start();"
        "print(server.process.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, folder / "postgres"], stdout=subprocess.PIPE
    )
    with parent:
        pid = int(parent.stdout.readline())
        assert is_running(pid)
        parent.kill()
    assert wait_until(lambda: not is_running(pid), seconds=30)
    with started(folder / "postgres") as server:
        assert one(server, "select 1") == 1


@pytest.mark.parametrize("kind", ["alive elsewhere", "zombie", "gone"])
def test_stale_pid_file_is_no_obstacle(folder: Path, kind: str):
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    wait_until(lambda: not is_running(zombie.pid), seconds=10)
    pid = {"alive elsewhere": os.getpid(), "zombie": zombie.pid, "gone": 4_000_000}
    with started(folder / "postgres") as server:
        kill_group(server)
        left = server.cluster.data / "postmaster.pid"
        text = left.read_text().split("\n", 1)[1]
        left.write_text(f"{pid[kind]}\n{text}")
        server.start()
        assert one(server, "select 1") == 1
    zombie.wait()


@pytest.mark.parametrize(
    "name", ["with space", "данные", "long" * 40, "quote'and\"colon:"]
)
def test_any_folder_name_works(folder: Path, name: str):
    (folder / name).mkdir(mode=0o711)
    with started(folder / name / "postgres", durable=False) as server:
        assert one(server, "select 1") == 1
        assert len(str(server.sockets / SOCKET)) <= places.SOCKET_PATH_LIMIT
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700


def test_text_of_every_language_is_understood(server: PostgresServer):
    with psycopg.connect(server.url) as link:
        link.execute("create extension if not exists pg_trgm")
        lowered, russian, chinese, alike = link.execute(
            "select lower('ПРИВЕТ'), show_trgm('привет'), show_trgm('数据泄漏'),"
            " similarity('модель', 'модели')"
        ).fetchone()
    assert lowered == "привет"
    assert russian
    assert chinese
    assert alike > 0.4


def test_locale_is_ours_and_not_the_machines(server: PostgresServer):
    query = (
        "select datlocprovider::text || ' ' || datlocale || ' ' ||"
        " pg_encoding_to_char(encoding) from pg_database"
        " where datname = current_database()"
    )
    assert one(server, query) == "b PG_UNICODE_FAST UTF8"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("unix_socket_permissions", "0700"),
        ("timezone", "UTC"),
    ],
)
def test_server_is_durable_and_private(
    server: PostgresServer, setting: str, value: str
):
    assert one(server, f"show {setting}") == value


def test_password_is_needed_and_kept_to_ourselves(server: PostgresServer):
    kept = server.cluster.home / "password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for given in ("wrong", ""):
        wrong = server.url.replace(server.cluster.password, given)
        with pytest.raises(psycopg.OperationalError, match=r"password"):
            psycopg.connect(wrong)


def test_django_reads_the_address(server: PostgresServer):
    read = dj_database_url.parse(server.url)
    assert read["OPTIONS"]["host"] == str(server.sockets)
    assert (read["NAME"], read["USER"]) == ("riskbase", "riskbase")
    assert read["PASSWORD"] == server.cluster.password


@ROOT_ONLY
def test_another_user_cannot_reach_the_server(server: PostgresServer):
    assert as_nobody(server.sockets / SOCKET) == "PermissionError"
    assert as_nobody(server.cluster.data / "PG_VERSION") == "PermissionError"


@ROOT_ONLY
def test_another_user_cannot_reach_the_short_socket_folder(folder: Path):
    (folder / "with space").mkdir(mode=0o711)
    with started(folder / "with space" / "postgres", durable=False) as server:
        assert as_nobody(server.sockets / SOCKET) == "PermissionError"


@ROOT_ONLY
def test_a_socket_folder_of_somebody_else_is_refused(folder: Path):
    theirs = folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, NOBODY, -1)
    with pytest.raises(ServerError, match="belongs to user"):
        places.private_folder(theirs)


def test_a_link_in_place_of_the_socket_folder_is_refused(folder: Path):
    (folder / "real").mkdir(mode=0o700)
    (folder / "link").symlink_to(folder / "real")
    with pytest.raises(ServerError, match="not a folder"):
        places.private_folder(folder / "link")


@ROOT_ONLY
def test_data_moves_to_where_the_server_user_can_go(folder: Path):
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    said: list[str] = []
    options = {"durable": False, "progress": said.append}
    with started(closed / "postgres", **options) as server:
        assert one(server, "select 1") == 1
        home = server.cluster.home
        assert home.parent == places.SHARED_ROOT
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert any(str(home) in line for line in said)
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert not home.exists()


def test_a_pointer_to_missing_data_is_not_taken_for_a_fresh_start(folder: Path):
    (folder / "postgres.path").write_text(f"{folder / 'nowhere'}\n")
    with pytest.raises(ServerError, match="missing"):
        PostgresServer(folder / "postgres").start()


def test_data_of_another_version_is_refused(folder: Path):
    with started(folder / "postgres", durable=False) as server:
        server.stop()
        (server.cluster.data / "PG_VERSION").write_text("17\n")
        with pytest.raises(ServerError, match="PostgreSQL 17"):
            server.start()


def test_an_interrupted_initdb_is_repeated(folder: Path):
    with started(folder / "postgres", durable=False) as server:
        server.stop()
        server.cluster.data.rename(server.cluster.home / "cluster.new")
        (server.cluster.home / "cluster.new" / "PG_VERSION").unlink()
        server.start()
        assert one(server, "select 1") == 1
