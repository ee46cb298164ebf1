"""A worker killed in the middle of its work takes nothing with it."""

from tests.journeys.stack import until

# A failure of a project, told the way a page tells it.
A_FAILURE = """
import json
from django.utils import timezone
from accounts.models import Unit, User
from projects.services import outcomes, projects
now = timezone.now()
by = User.objects.filter(is_superuser=True).first()
unit = Unit.objects.filter(parent=None, is_demo=False).first()
project = projects.create(unit=unit, by=by, owner=by, text={},
                          facts={"name": "Ended under a falling worker", "sector": "other"})
outcomes.record(project=project, by=by, at=now, kind="failed",
                happened_on=timezone.localdate(now), stage="operation")
print(json.dumps(str(project.pk)))
"""
# Whoever publishes statistics waits for this lock; whoever reads them does not.
HOLD_PUBLICATION = "lock table portfolio_snapshot in exclusive mode"
WAITING = """
select count(*) from pg_locks held join pg_class kept on kept.oid = held.relation
where kept.relname = 'portfolio_snapshot' and not held.granted
"""
RUNNING = (
    "select id from shared_job where kind = 'portfolio.refresh' and state = 'running'"
)
JOB = "select state, attempts from shared_job where id = %s"
CLOSED = """
select n from portfolio_snapshot
where is_current and population = 'portfolio' and unit_id is null
"""
LEASE_SECONDS = "3"


def test_killed_worker_leaves_the_old_statistics_and_the_job_is_done_later(stack):
    stack.settle()
    reader = stack.client("reports:read")
    summary = "reports/summary/?population=portfolio"
    before = reader.get(summary)
    assert before.status_code == 200
    old, closed = stack.snapshots(), stack.value(CLOSED)
    try:
        stack.restart_worker(JOB_LEASE_SECONDS=LEASE_SECONDS)
        with stack.connect() as holder:
            holder.execute(HOLD_PUBLICATION)
            stack.ask_django(A_FAILURE)
            until(lambda: stack.value(WAITING), "no job reaches its publication")
            job = stack.value(RUNNING)
            stack.kill_worker()
            # Nobody works now; everybody reads what was there.
            assert stack.snapshots() == old
            during = reader.get(summary)
            assert (during.status_code, during.json()) == (200, before.json())
            holder.rollback()
        assert stack.rows(JOB, job) == [("running", 1)]
        assert stack.snapshots() == old
    finally:
        stack.start_worker()
    until(lambda: stack.rows(JOB, job)[0][0] == "done", "the job is never done")
    stack.settle()
    assert stack.rows(JOB, job) == [("done", 2)]
    assert stack.value(CLOSED) == closed + 1
    after = reader.get(summary).json()
    assert after["n"] == before.json()["n"] + 1
    assert after["computed_at"] > before.json()["computed_at"]


ROWS, BAD = 3_000, 30
A_UNIT = "select id from accounts_unit where parent_id is null and not is_demo"
NEXT_ROW = "select next_row from failures_importrun where id = %s"
STORED = "select count(*) from failures_postmortem where external_id like 'killed-%%'"


def a_file():
    """Return rows of which every hundredth has no title."""
    lines = ["external_id,title,summary,detected_on"]
    for number in range(ROWS):
        title = "" if number % 100 == 0 else f"Failure {number}"
        lines.append(f"killed-{number},{title},It was noticed late.,2026-02-03")
    return "\n".join(lines)


def test_import_killed_in_the_middle_ends_as_if_nothing_had_happened(stack):
    stack.settle()
    admin = stack.client("admin")
    given = {"unit": str(stack.value(A_UNIT)), "mode": "partial"}
    try:
        stack.restart_worker(JOB_LEASE_SECONDS=LEASE_SECONDS)
        sent = admin.post("imports/", files={"file": ("f.csv", a_file())}, data=given)
        assert sent.status_code == 201, sent.text
        run = sent.json()["id"]
        until(lambda: stack.value(NEXT_ROW, run), "no batch is stored")
        stack.kill_worker()
        assert 0 < stack.value(STORED) < ROWS - BAD
        assert admin.get(f"imports/{run}/").json()["stage"] == "waiting"
    finally:
        stack.start_worker()

    def ended():
        body = admin.get(f"imports/{run}/").json()
        return body if body["stage"] != "waiting" else None

    counts = ("stage", "faulty", "created", "updated", "unchanged")
    first = until(ended, "the import is never done")
    assert [first[name] for name in counts] == ["imported", BAD, ROWS - BAD, 0, 0]
    assert stack.value(STORED) == ROWS - BAD
    admin.post(f"imports/{run}/start/", json={"mode": "partial"})
    again = until(ended, "the second import is never done")
    assert [again[name] for name in counts] == ["imported", BAD, 0, 0, ROWS - BAD]
