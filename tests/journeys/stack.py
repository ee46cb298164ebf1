"""A whole installation on real servers: web, worker, beat, PostgreSQL, Valkey.

Everything is started the way `make run` starts it, with a database and a broker of
its own, and ended by the ids of the processes this one started. The database is filled
once: whoever tests beside us begins with a copy.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path
from urllib.parse import urljoin

import psycopg
import pytest
import requests
from psycopg import sql

from riskbase.embedded.processes import last_lines
from riskbase.embedded.valkey import ValkeyServer
from riskbase.supervisor.children import Child, stop_all
from riskbase.supervisor.folder import DataFolder
from riskbase.supervisor.options import Options
from riskbase.supervisor.readiness import answer_of
from riskbase.supervisor.services import children_of, environment_of
from tests.journeys.inside import Inside

READY_WITHIN = 120.0
PATIENCE = 90.0
POLL = 0.1
ADMIN = "admin"
STACK = pytest.StashKey["Stack"]()
FILLED = "riskbase_journeys_filled"
"""Name of the database that holds what every installation begins with."""
FILLING = 7_201
"""Number of the lock under which it is made."""
FILL = (
    ("migrate", "--noinput"),
    ("load_content",),
    ("ensure_admin",),
    ("demo", "load"),
    ("refresh_portfolio",),
)


def until(condition, what, *, seconds=PATIENCE):
    """Poll until the condition gives something; fail with `what` after the time."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not within {seconds:.0f} s")
        time.sleep(POLL)


def drop(link, database):
    name = sql.Identifier(database)
    link.execute(sql.SQL("drop database if exists {} (force)").format(name))


def create(link, database, template):
    names = map(sql.Identifier, (database, template))
    drop(link, database)
    link.execute(sql.SQL("create database {} template {}").format(*names))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stack:
    """One running installation."""

    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix="riskbase-journeys-"))
        self.folder = DataFolder(self.path / "data")
        self.folder.create()
        self.database = f"riskbase_journeys_{os.getpid()}"
        self.server = os.environ["DATABASE_URL"]
        # The same for all on this server, for the copied database holds it.
        self.password = hashlib.sha256(self.server.encode()).hexdigest()[:16]
        self.broker = ValkeyServer(self.path / "valkey", durable=False)
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.environment = {}
        self.inside = None
        self.web = self.worker = self.beat = None

    def start(self):
        self.broker.start()
        options = Options(
            data=self.folder.path,
            bind="127.0.0.1",
            port=self.port,
            demo=False,
            check=False,
            command=(),
            web_workers=1,
            worker_concurrency=2,
        )
        base = {k: v for k, v in os.environ.items() if k != "SECRET_KEY"}
        self.environment = environment_of(
            base, options=options, folder=self.folder, port=self.port
        ) | {
            "DJANGO_SETTINGS_MODULE": "riskbase.settings.local",
            "DATABASE_URL": self.url,
            "REDIS_URL": self.broker.url,
            "RISKBASE_ADMIN_PASSWORD": self.password,
            # One address plays every person here.
            "THROTTLE_ANONYMOUS": "100000/min",
            "THROTTLE_USER": "100000/min",
        }
        self.inside = Inside(self.environment, self.folder.log("inside"))
        self._create_database()
        self.manage("collectstatic", "--noinput", "--ignore", "redoc")
        self.web, self.worker, self.beat = children_of(
            options=options,
            folder=self.folder,
            environment=self.environment,
            port=self.port,
        )
        # A worker that misses its broker may ignore anything gentler.
        self.worker.at_parents_death = signal.SIGKILL
        for child in (self.web, self.worker, self.beat):
            child.start()
        self.wait_until_ready()

    def stop(self):
        children = [c for c in (self.web, self.worker, self.beat) if c is not None]
        try:
            stop_all(children, seconds=15)
            if self.inside is not None:
                self.inside.stop()
            self.broker.remove()
            with self._maintenance() as link:
                drop(link, self.database)
                drop(link, FILLED)
        finally:
            shutil.rmtree(self.path, ignore_errors=True)

    def wait_until_ready(self):
        until(
            lambda: not answer_of(self.base_url),
            f"{self.base_url} is not ready: {answer_of(self.base_url)}\n"
            f"{last_lines(self.web.log)}",
            seconds=READY_WITHIN,
        )

    # -- servers ------------------------------------------------------------

    @property
    def url(self):
        head, _, tail = self.server.rpartition("/")
        query = tail.partition("?")[2]
        return f"{head}/{self.database}" + (f"?{query}" if query else "")

    def _maintenance(self):
        return psycopg.connect(self.server, autocommit=True)

    def _create_database(self):
        """Copy the filled database, or fill ours and leave a copy."""
        with self._maintenance() as link:
            link.execute("select pg_advisory_lock(%s)", [FILLING])
            found = "select from pg_database where datname = %s"
            if link.execute(found, [FILLED]).fetchone():
                create(link, self.database, FILLED)
                return
            create(link, self.database, "template0")
            for command in FILL:
                self.manage(*command)
            create(link, FILLED, self.database)

    def connect(self):
        """Open a connection of its own, for transactions that hold locks."""
        return psycopg.connect(self.url)

    def rows(self, query, *parameters):
        """Return the rows of a query."""
        with psycopg.connect(self.url, autocommit=True) as link:
            cursor = link.execute(query, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, query, *parameters):
        """Return the first column of the first row, or None."""
        found = self.rows(query, *parameters)
        return found[0][0] if found else None

    def stop_broker(self):
        self.broker.stop()

    def start_broker(self, *, empty=True):
        if empty:
            for left in self.broker.folder.glob("*.rdb"):
                left.unlink()
        self.broker.start()

    # -- processes ----------------------------------------------------------

    def restart_worker(self, **environment):
        """Start the worker again, with further variables for its settings."""
        self.stop_worker()
        self.start_worker(**environment)

    def start_worker(self, **environment):
        kept = {
            k: v for k, v in self.environment.items() if k != "RISKBASE_ADMIN_PASSWORD"
        }
        self.worker = Child(
            self.worker.name,
            self.worker.command,
            self.worker.log,
            kept | environment,
            at_parents_death=self.worker.at_parents_death,
        )
        self.worker.start()

    def stop_worker(self):
        stop_all([self.worker], seconds=15)

    def kill_worker(self):
        """SIGKILL the worker and every process of its pool, all at once."""
        self.worker.end_group()

    @contextlib.contextmanager
    def without_worker(self):
        self.stop_worker()
        try:
            yield
        finally:
            self.start_worker()

    @contextlib.contextmanager
    def without_broker(self):
        self.stop_broker()
        try:
            yield
        finally:
            self.start_broker()

    # -- acts ---------------------------------------------------------------

    def manage(self, *arguments):
        """Run a management command; return what it printed."""
        return self.inside.command(*arguments)

    def ask_django(self, code):
        """Run Python inside the installation; it prints JSON as its last line."""
        return json.loads(self.inside.run(code).strip().splitlines()[-1])

    def token(self, *scopes, user=ADMIN):
        given = [part for scope in scopes or ("admin",) for part in ("--scope", scope)]
        return self.manage("api_token", user, *given, "--days", "1").strip()

    def client(self, *scopes, user=ADMIN):
        """Return an HTTP client of the API that carries a fresh token."""
        return ApiClient(self.base_url, self.token(*scopes, user=user))

    def person(self, username, role=None, unit="Organization", language="en"):
        """Make a person with a password and, in a unit, a role; return the password."""
        password = f"journey-{username}-{secrets.token_hex(4)}"
        self.ask_django(
            PERSON
            % {
                "username": username,
                "password": password,
                "language": language,
                "role": role,
                "unit": unit,
            }
        )
        return password

    def root_unit(self):
        """Return the name of the first unit of the organization."""
        return self.value(
            "select name from accounts_unit where parent_id is null and not is_demo"
        )

    def invitation(self, email, unit, role="manager"):
        """Invite somebody to a unit, made where absent; return the link's path."""
        said = {"email": email, "unit": unit, "role": role}
        return self.ask_django(INVITATION % said)

    # -- statistics ---------------------------------------------------------

    def snapshots(self):
        """Return the ids of the snapshots in force."""
        query = "select id from portfolio_snapshot where is_current order by id"
        return [row[0] for row in self.rows(query)]

    def is_quiet(self):
        """Whether no event waits and no job is to come or under way."""
        return not self.value(
            "select (select count(*) from shared_outboxevent where sent_at is null)"
            " + (select count(*) from shared_job where state in ('pending', 'running'))"
        )

    def settle(self):
        """Wait until the worker has done everything that was wanted."""
        until(self.is_quiet, "the worker is not done")


class ApiClient(requests.Session):
    """Speaks to the API of an installation with a bearer token."""

    def __init__(self, base_url, token):
        super().__init__()
        self.base = f"{base_url}/api/v1/"
        self.headers["Authorization"] = f"Bearer {token}"

    def request(self, method, url, **options):
        options.setdefault("timeout", 30)
        return super().request(method, urljoin(self.base, url), **options)


PERSON = """
import json
from accounts.models import Membership, Unit, User
from accounts.roles import Role
from accounts.services.memberships import grant_role
user = User(username=%(username)r, email=%(username)r + "@example.org",
            first_name=%(username)r.capitalize(), language=%(language)r)
user.set_password(%(password)r)
user.save()
if %(role)r:
    unit = Unit.objects.get(name=%(unit)r)
    grant_role(user=user, unit=unit, role=Role(%(role)r),
               by=User.objects.filter(is_superuser=True).first())
print(json.dumps(str(user.pk)))
"""

INVITATION = """
import json
from django.utils import timezone
from accounts.models import Unit, User
from accounts.roles import Role
from accounts.services.invitations import Invitee, create_invitation
from accounts.services.units import create_unit
by = User.objects.filter(is_superuser=True).first()
root = Unit.objects.filter(parent=None, is_demo=False).first()
unit = Unit.objects.filter(name=%(unit)r).first()
unit = unit or create_unit(name=%(unit)r, parent=root, by=by)
invitee = Invitee(email=%(email)r, unit=unit, role=Role(%(role)r))
_, link = create_invitation(invitee=invitee, by=by, at=timezone.now(),
                            link_for=lambda token: "/invitation/" + token + "/")
print(json.dumps(link))
"""


def shared_stack(config):
    """Return the run's one installation, started by whoever asks first."""
    found = config.stash.get(STACK, None)
    if found is None:
        found = config.stash[STACK] = Stack()
        config.add_cleanup(found.stop)
        found.start()
    return found
