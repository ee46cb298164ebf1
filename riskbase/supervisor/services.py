"""The long-running commands of the product and the variables they share."""

import socket
import sys
from collections.abc import Mapping
from signal import SIGQUIT

from riskbase.embedded.places import digest_of
from riskbase.supervisor.children import MARK, Child
from riskbase.supervisor.folder import DataFolder
from riskbase.supervisor.options import Options
from riskbase.supervisor.ports import UNSPECIFIED, address_of

# Longer than a process needs to import Django and every app: granian otherwise
# starts the next one while the last is still booting.
RESPAWN_SECONDS = "15"
# numpy's thread pools spin on machines with few cores.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def mark_of(folder: DataFolder) -> str:
    """Return the mark by which processes of this data folder are known."""
    return digest_of(folder.path)


def environment_of(
    base: Mapping[str, str], *, options: Options, folder: DataFolder, port: int
) -> dict[str, str]:
    """Return the variables of every command, without the servers' addresses."""
    environment = ONE_THREAD | dict(base)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "riskbase.settings.local")
    environment.setdefault("SECRET_KEY", folder.secret_key())
    environment.setdefault("RISKBASE_STATIC_ROOT", str(folder.path / "static"))
    environment.setdefault("EVIDENCE_ROOT", str(folder.path / "evidence"))
    environment.setdefault("SITE_ADDRESS", address_of(options.bind, port))
    environment.setdefault("ALLOWED_HOSTS", ",".join(hosts_of(options.bind)))
    environment |= {
        "RISKBASE_DATA": str(folder.path),
        "RISKBASE_ADDRESS": address_of(options.bind, port),
        "PYTHONUNBUFFERED": "1",
        MARK: mark_of(folder),
    }
    return environment


def hosts_of(bind: str) -> list[str]:
    """Return the names under which a browser may ask for us."""
    names = ["127.0.0.1", "localhost", "[::1]"]
    if bind in UNSPECIFIED:
        names += [socket.gethostname(), socket.getfqdn()]
        names += own_addresses()
    elif bind not in {"127.0.0.1", "::1", "localhost"}:
        names.append(f"[{bind}]" if ":" in bind else bind)
    return list(dict.fromkeys(names))


def own_addresses() -> list[str]:
    """Return the IPv4 addresses this machine's name stands for."""
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [str(address[0]) for *_, address in found]


def children_of(
    *, options: Options, folder: DataFolder, environment: Mapping[str, str], port: int
) -> list[Child]:
    """Return web, worker and beat."""
    kept = {k: v for k, v in environment.items() if k != "RISKBASE_ADMIN_PASSWORD"}
    celery = [sys.executable, "-m", "celery", "-A", "riskbase"]
    schedule = folder.path / "celerybeat-schedule"
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", options.bind, "--port", str(port), "--http", "1", "--no-ws"),
        *("--workers", str(options.web_workers), "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--respawn-interval", RESPAWN_SECONDS),
        *("--workers-kill-timeout", "10", "--log-level", "warning"),
        "riskbase.wsgi:application",
    ]
    worker = [
        *(*celery, "worker", "--concurrency", str(options.worker_concurrency)),
        *("--loglevel", "INFO", "--hostname", f"riskbase-{mark_of(folder)}@%h"),
    ]
    beat = [
        *(*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""),
        *("--schedule", str(schedule)),
    ]
    return [
        Child("web", web, folder.log("web"), kept),
        # SIGQUIT: gone at once, unfinished tasks go back to the queue.
        Child("worker", worker, folder.log("worker"), kept, at_parents_death=SIGQUIT),
        Child("beat", beat, folder.log("beat"), kept),
    ]
