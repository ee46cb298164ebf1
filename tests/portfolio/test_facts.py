"""Facts: what is read, at one moment, in a constant number of queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portfolio import facts
from tests.factories.portfolio import coded_postmortem, ended_project, portfolio_of
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def test_reads_a_project_with_its_outcome_and_published_postmortem(retail):
    project = ended_project(retail, "failed", ["lk-split"], due_on=dt.date(2026, 1, 1))
    found = facts.read().projects[0]
    assert found.key == str(project.pk)
    assert found.unit == str(retail.pk)
    assert found.failed
    assert found.postmortem.causes == {"lk-split"}


def test_leaves_out_drafts(retail):
    project = ended_project(retail, "failed")
    draft = coded_postmortem(retail, is_published=False)
    project.outcomes.update(postmortem=draft)
    found = facts.read()
    assert found.projects[0].postmortem is None
    assert found.cases == []


def test_reads_outside_cases_and_own_records_as_cases(retail):
    coded_postmortem()
    coded_postmortem(retail)
    assert len(facts.read().cases) == 2


def test_reads_the_tree_of_causes_and_units(retail, pricing):
    coded_postmortem()
    found = facts.read()
    parents = {cause.slug: cause.parent for cause in found.causes}
    assert parents["lk-split"] == "leakage"
    above = {unit.key: unit.parent for unit in found.units}
    assert above[str(pricing.pk)] == str(retail.pk)


def queries():
    with CaptureQueriesContext(
        connection,
    ) as captured:
        facts.read()
    return len(captured)


def test_query_count_does_not_grow(retail):
    portfolio_of(retail, failed=1, succeeded=1)
    few = queries()
    portfolio_of(retail, failed=15, succeeded=15)
    ProjectFactory.create_batch(10, unit=retail)
    assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_all_reads_see_one_moment():
    with facts.consistent_read(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)


def test_loss_is_added_up_and_a_year_is_no_day(retail):
    record = coded_postmortem(retail)
    record.introduced_on = record.detected_on = dt.date(2026, 1, 1)
    record.introduced_precision, record.detected_precision = "year", "month"
    record.spent_minor, record.wasted_minor, record.opportunity_minor = 900, 300, 5
    record.currency = "EUR"
    record.save()
    found = facts.read().cases[0]
    assert (found.introduced_on, found.detected_on) == (None, record.detected_on)
    assert (found.cost_minor, found.currency) == (305, "EUR")
