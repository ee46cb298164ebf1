import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from riskbase.testing import command_of

SHOW = (
    "import os, sys, psycopg, redis\n"
    "from urllib.parse import parse_qs, urlsplit\n"
    "url = os.environ['DATABASE_URL']\n"
    "with psycopg.connect(url) as link: link.execute('select 1')\n"
    "with redis.Redis.from_url(os.environ['REDIS_URL']) as link: link.ping()\n"
    "print(parse_qs(urlsplit(url).query)['host'][0])\n"
    "print(os.environ['DJANGO_SETTINGS_MODULE'], flush=True)\n"
)
# Ready is told from inside the try: an interrupt may come as soon as it is read.
WAIT = (
    "import time\n"
    "try:\n"
    "    print('ready', flush=True)\n"
    "    time.sleep(600)\n"
    "except KeyboardInterrupt: print('in order', flush=True)\n"
)


def environment() -> dict[str, str]:
    """Return our variables without the servers our own run was given."""
    given = {"DATABASE_URL", "REDIS_URL"}
    return {name: value for name, value in os.environ.items() if name not in given}


# What a shell starts in the background ignores interrupts, and so do its children.
IN_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")


def start(tmp_path: Path, program: str) -> subprocess.Popen[str]:
    script = tmp_path / "script.py"
    script.write_text(program)
    return subprocess.Popen(
        [*IN_BACKGROUND, sys.executable, "-m", "riskbase.testing", str(script)],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["-m", "pytest"]),
        (["pytest", "-k", "x"], ["-m", "pytest", "-k", "x"]),
        (["manage.py", "check"], ["manage.py", "check"]),
    ],
)
def test_commands_run_with_this_python(given: list[str], expected: list[str]):
    assert command_of(given) == [sys.executable, *expected]


def test_command_finds_servers_and_its_exit_code_is_ours(tmp_path: Path):
    with start(tmp_path, SHOW + "sys.exit(7)") as wrapper:
        sockets, settings = wrapper.stdout.read().split()
    assert wrapper.returncode == 7
    assert settings == "riskbase.settings.test"
    assert not Path(sockets).exists()


def test_sigterm_ends_the_command_and_the_servers(tmp_path: Path):
    with start(tmp_path, SHOW + WAIT) as wrapper:
        sockets, _settings, ready = (
            wrapper.stdout.readline().strip() for _line in range(3)
        )
        assert ready == "ready"
        wrapper.send_signal(signal.SIGTERM)
        assert wrapper.stdout.read().strip() == "in order"
    assert wrapper.returncode == 128 + signal.SIGTERM
    assert not Path(sockets).exists()
