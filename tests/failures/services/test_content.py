import copy
import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from failures.models import FailureCause, Postmortem, Practice, PublishedRate
from failures.services import cases, knowledge, seeds, taxonomy
from failures.services.content import load_knowledge
from failures.taxonomy import DocumentError
from riskbase.shared.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@pytest.fixture
def loaded():
    return load_knowledge(at=NOW)


def test_load_brings_the_whole_content(loaded):
    assert FailureCause.objects.current().count() == 86
    assert FailureCause.objects.current().top_level().count() == 9
    assert loaded["cases"].created >= 60
    slugs = {
        slug for each in seeds.release_document()["nodes"] for slug in each["practices"]
    }
    assert slugs <= set(Practice.objects.values_list("slug", flat=True))
    assert PublishedRate.objects.exists()


def test_load_twice_changes_nothing(loaded):
    events = AuditEvent.objects.count()
    again = load_knowledge(at=timezone.now())
    assert all(
        not each.created and not each.updated and not each.retired
        for each in again.values()
    )
    assert AuditEvent.objects.count() == events


def test_release_is_closed_once_published(loaded):
    document = copy.deepcopy(seeds.release_document())
    document["nodes"][0]["title"]["en"] = "Something else"
    with pytest.raises(taxonomy.TaxonomyConflict):
        taxonomy.load_release(document=document, at=NOW)


def test_new_release_supersedes_and_recodes_the_cases(loaded):
    document = {**seeds.release_document(), "number": 2, "label": "2027.1"}
    taxonomy.load_release(document=document, at=NOW)
    again = cases.load_cases(entries=seeds.case_entries(), at=NOW)
    assert again.updated == loaded["cases"].created
    case = Postmortem.objects.filter(origin="case").first()
    assert case.release.number == 2


def test_case_is_published_shareable_and_told_in_three_languages(loaded):
    case = Postmortem.objects.get(external_id="case:zillow-offers")
    assert (case.state, case.visibility, case.origin) == (
        "published",
        "shareable",
        "case",
    )
    assert set(case.texts.values_list("language", flat=True)) == {"en", "ru", "zh-hans"}
    assert case.cause_slugs[0] == "ng-concept-drift"
    assert case.cost_minor == 304_000_000_00
    assert case.sources.exists()


def test_changed_case_is_updated_and_the_others_stay(loaded):
    entries = copy.deepcopy(seeds.case_entries())
    entries[0]["title"]["en"] = "Another title"
    result = cases.load_cases(entries=entries, at=NOW)
    assert (result.created, result.updated) == (0, 1)
    case = Postmortem.objects.get(external_id=f"case:{entries[0]['slug']}")
    assert case.texts.get(language="en").title == "Another title"
    assert case.version == 2


def test_practice_no_longer_listed_is_retired(loaded):
    entries = seeds.practice_entries()
    result = knowledge.load_practices(entries=entries[1:])
    assert result.retired == 1
    assert Practice.objects.get(slug=entries[0]["slug"]).is_retired


def test_faulty_entry_stops_the_load_with_its_place(loaded):
    entries = copy.deepcopy(seeds.case_entries())[:2]
    entries[0]["causes"][0]["cause"] = "human-error"
    with pytest.raises(DocumentError) as raised:
        cases.load_cases(entries=entries, at=NOW)
    assert (
        raised.value.problems[0].place == f"cases[{entries[0]['slug']}].causes[0].cause"
    )


def test_command_prints_counts(capsys):
    call_command("load_knowledge")
    assert "taxonomy: 86 created" in capsys.readouterr().out
