"""A backtest is asked for, followed, and read; names only where one may see them."""

import pytest
from django.urls import reverse

from projects import tasks
from projects.models import Backtest
from projects.scoring.writing import source_of
from projects.services import backtests, drafts
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.projects import AT
from tests.factories.runs import SHEETS, harsher, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(retail, elsewhere, alice, charlie, olga):
    for said in SHEETS:
        run = scored(unit=retail, by=alice, **said)
    copied = drafts.copy(version=run.assessment.questionnaire_version, by=olga)
    return drafts.save(version=copied, source=source_of(harsher()), by=olga)


@pytest.fixture
def author(client, olga):
    client.force_login(olga)
    return client


def address(name, row):
    return reverse(f"projects:questionnaire-{name}", args=[row.pk])


def text(answer):
    return answer.content.decode()


def asked(author, draft, **more):
    author.post(address("backtest", draft), more)
    return Backtest.objects.get()


def done(backtest):
    assert tasks.backtest is not None
    queue.run(str(backtest.job_id), now=AT.replace(year=2100))
    return backtest


def test_progress_survives_leaving_the_page(author, draft):
    backtest = asked(author, draft)
    shown = text(author.get(address("backtest-result", backtest)))
    assert address("backtest-progress", backtest) in shown
    assert "<progress" in shown
    htmx = {"HX-Request": "true"}
    path = address("backtest-progress", backtest)
    assert "<progress" in text(author.get(path, headers=htmx))
    done(backtest)
    assert address("backtest-result", backtest) in text(author.get(path, headers=htmx))
    assert author.get(path).status_code == 302


def test_result_tells_tiers_gates_differences_and_projects(author, draft):
    backtest = done(asked(author, draft))
    shown = text(author.get(address("backtest-result", backtest)))
    for words in ("Tiers before and after", "unsigned", "split", "Project "):
        assert words in shown
    assert shown.count('class="chart chart--') == 4
    moved = backtest.lines.exclude(before_tier="")
    assert moved.exists()


def test_scope_is_passed_on(author, draft):
    assert asked(author, draft, scope="all").job.payload["scope"] == "all"


def test_a_dead_job_is_said(author, draft):
    backtest = asked(author, draft)
    Job.objects.filter(pk=backtest.job_id).update(state="dead")
    shown = text(author.get(address("backtest-result", backtest)))
    assert "did not come to its end" in shown


def test_what_cannot_be_scored_is_said(author, draft, olga):
    drafts.save(version=draft, source="[", by=olga)
    answer = author.post(address("backtest", draft), follow=True)
    assert "cannot be scored yet" in text(answer)


def test_an_earlier_text_is_told(author, draft, olga):
    backtest = done(asked(author, draft))
    longer = source_of({**draft.document, "minutes": 50})
    drafts.save(version=draft, source=longer, by=olga)
    shown = text(author.get(address("backtest-result", backtest)))
    assert "of an earlier one" in shown


def test_a_cursor_that_is_none_begins_anew(author, draft):
    backtest = done(asked(author, draft))
    path = address("backtest-result", backtest)
    assert author.get(path, {"cursor": "x"})["Location"] == path


def test_nobody_else_sees_it(client, draft, alice, olga):
    backtest = backtests.request(version=draft, by=olga)
    client.force_login(alice)
    assert client.get(address("backtest-result", backtest)).status_code == 404
    assert client.post(address("backtest", draft)).status_code == 404
