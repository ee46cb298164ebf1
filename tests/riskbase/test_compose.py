import json
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from riskbase.embedded.cluster import LOCALE_FLAGS
from riskbase.settings.celery import TASK_LIMIT_SECONDS

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
# What runs once has an exit code instead of a health.
ONE_SHOT = {"migrate"}
OURS = {"migrate", "web", "worker", "beat"}
each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_file_follows_the_compose_specification():
    schema = json.loads((ROOT / "tests/data/compose_spec.json").read_text())
    # This release of the schema does not know the name of a project yet.
    known = {key: value for key, value in COMPOSE.items() if key != "name"}
    validator = jsonschema.Draft201909Validator(schema)
    assert [error.message for error in validator.iter_errors(known)] == []


def test_every_part_is_there():
    assert set(SERVICES) == OURS | {"postgres", "redis"}


@each_service
def test_service_is_not_root(name: str):
    uid, gid = SERVICES[name]["user"].split(":")
    assert int(uid) > 0
    assert int(gid) > 0
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in SERVICES[name]["security_opt"]
    assert not SERVICES[name].get("privileged")


@each_service
def test_service_writes_only_where_told(name: str):
    assert SERVICES[name]["read_only"] is True
    assert any(place.startswith("/tmp:") for place in SERVICES[name]["tmpfs"])  # noqa: S108
    for volume in SERVICES[name].get("volumes", []):
        assert volume.split(":")[0] in COMPOSE["volumes"]


@each_service
def test_service_has_limits(name: str):
    limits = SERVICES[name]["deploy"]["resources"]["limits"]
    assert set(limits) == {"cpus", "memory"}
    assert SERVICES[name]["pids_limit"] > 0


@each_service
def test_service_tells_its_health(name: str):
    health = SERVICES[name]["healthcheck"]
    if name in ONE_SHOT:
        assert health == {"disable": True}
        return
    assert health["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries", "start_period"} <= set(health)


@each_service
def test_service_gets_secrets_by_file_only(name: str):
    service = SERVICES[name]
    for variable, value in service.get("environment", {}).items():
        secret = re.search(r"KEY|PASSWORD|_URL", variable)
        assert not secret or variable.endswith("_FILE"), variable
        if secret:
            assert Path(value).name in service["secrets"]
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", sorted(OURS))
def test_product_waits_for_what_it_needs(name: str):
    conditions = {
        other: said["condition"] for other, said in SERVICES[name]["depends_on"].items()
    }
    assert conditions["postgres"] == conditions["redis"] == "service_healthy"
    if name != "migrate":
        assert conditions["migrate"] == "service_completed_successfully"


def test_only_the_web_server_is_reachable_and_from_this_host():
    published = {name: s["ports"] for name, s in SERVICES.items() if s.get("ports")}
    assert published == {"web": ["${BIND:-127.0.0.1}:${PORT:-8000}:8000"]}
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_database_understands_text_as_the_embedded_one_does():
    flags = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert {flag for flag in LOCALE_FLAGS if "ctype" not in flag} <= set(flags)
    assert "--lc-ctype=C.UTF-8" in flags


def test_broker_keeps_what_it_acknowledged():
    said = SERVICES["redis"]["command"][-1]
    for words in (
        "appendonly yes",
        "appendfsync always",
        "maxmemory-policy noeviction",
    ):
        assert words in said


def test_broker_is_the_process_that_gets_the_signals():
    assert "exec valkey-server" in SERVICES["redis"]["command"][-1]


def test_workers_may_finish_their_longest_task():
    minutes = int(SERVICES["worker"]["stop_grace_period"].removesuffix("m"))
    assert minutes * 60 > TASK_LIMIT_SECONDS


def test_secrets_are_made_once_and_only_we_enter_their_folder(tmp_path: Path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text())
    make = ["make", "-s", "-C", str(tmp_path), "secrets"]
    subprocess.run(make, check=True, capture_output=True)
    made = {path.name: path.read_text() for path in tmp_path.glob("secrets/[!.]*")}
    assert set(made) == set(COMPOSE["secrets"])
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets/.gitignore").read_text() == "*\n"
    assert made["postgres_password"] in made["database_url"]
    assert made["redis_password"] in made["redis_url"]
    assert len(set(made.values())) == len(made)
    subprocess.run(make, check=True, capture_output=True)
    assert (tmp_path / "secrets/secret_key").read_text() == made["secret_key"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_hashes_and_no_addresses(name: str):
    text = (ROOT / name).read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    pinned = re.findall(r"^[A-Za-z0-9._-]+(?:\[[^]]*])?==", text, re.MULTILINE)
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pinned) == len(blocks)
    assert all("--hash=sha256:" in block for block in blocks)
