import datetime as dt
import io

import pytest

from failures.models import CauseCoding
from failures.selectors.completeness import missing_for_publication
from failures.selectors.records import codings_of
from failures.services import attachments, coding, postmortems
from riskbase.shared.events.models import OutboxEvent
from tests.factories.failures import CauseFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
KNOWN_ROOT = coding.Judgement("root", "known", evidence="The replay.")


@pytest.fixture
def draft(retail):
    CauseFactory(slug="leakage")
    CauseFactory(slug="deployment")
    return PostmortemFactory(unit=retail, sector="retail", quarter=8104)


def test_add_copies_facts_and_refreshes_the_record(draft, alice):
    row = coding.add(postmortem=draft, cause="leakage", judgement=KNOWN_ROOT, by=alice)
    draft.refresh_from_db()
    assert draft.cause_slugs == ["leakage"]
    assert (row.quarter, row.sector, row.coder) == (8104, "retail", alice)
    assert draft.release == row.cause.release
    assert OutboxEvent.objects.filter(topic="coding.changed").exists()


def test_possible_causes_do_not_count(draft, alice):
    guess = coding.Judgement("root", "possible")
    coding.add(postmortem=draft, cause="leakage", judgement=guess, by=alice)
    draft.refresh_from_db()
    assert draft.cause_slugs == []


@pytest.mark.parametrize("words", ["human-error", "Human error", "the intern"])
def test_add_refuses_what_is_not_in_the_tree(draft, alice, words):
    with pytest.raises(coding.UnknownCause):
        coding.add(postmortem=draft, cause=words, judgement=KNOWN_ROOT, by=alice)


def test_add_refuses_the_same_role_twice(draft, alice):
    coding.add(postmortem=draft, cause="leakage", judgement=KNOWN_ROOT, by=alice)
    with pytest.raises(coding.CodedTwice):
        coding.add(postmortem=draft, cause="leakage", judgement=KNOWN_ROOT, by=alice)


def test_change_and_remove_refresh_the_record(draft, alice):
    row = coding.add(postmortem=draft, cause="leakage", judgement=KNOWN_ROOT, by=alice)
    weaker = coding.Judgement("contributing", "possible")
    coding.change(coding=row, judgement=weaker, by=alice)
    draft.refresh_from_db()
    assert draft.cause_slugs == []
    coding.remove(coding=row, by=alice)
    assert not CauseCoding.objects.exists()


def test_published_record_is_not_recoded(alice, retail):
    row = PostmortemFactory(unit=retail, published=True)
    CauseFactory(slug="leakage")
    with pytest.raises(postmortems.WrongState):
        coding.add(postmortem=row, cause="leakage", judgement=KNOWN_ROOT, by=alice)


def test_saving_the_facts_updates_the_copies(draft, alice):
    row = coding.add(postmortem=draft, cause="leakage", judgement=KNOWN_ROOT, by=alice)
    values = {"sector": "finance", "detected_on": dt.date(2025, 1, 5)}
    postmortems.save_step(postmortem=draft, by=alice, values=values)
    row.refresh_from_db()
    assert (row.sector, row.quarter) == ("finance", 2025 * 4)


def test_evidence_may_be_a_file_of_the_record(draft, alice, retail, settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "kept"
    kept = attachments.attach(
        postmortem=draft, file=io.BytesIO(b"The till log."), name="log.txt", by=alice
    )
    shown = coding.Judgement("root", "known", evidence_file=kept.sha256)
    row = coding.add(postmortem=draft, cause="leakage", judgement=shown, by=alice)
    (told,) = codings_of(draft, alice)
    assert told.file == kept
    assert "cause" not in {gap.code for gap in missing_for_publication(draft)}
    other = PostmortemFactory(unit=retail)
    with pytest.raises(coding.UnknownFile):
        coding.add(postmortem=other, cause="leakage", judgement=shown, by=alice)
    attachments.remove(attachment=kept, by=alice)
    (told,) = codings_of(draft, alice)
    assert (told.file, told.evidence_file) == (None, kept.sha256)
    weaker = coding.Judgement("root", "possible", evidence_file=kept.sha256)
    assert coding.change(coding=row, judgement=weaker, by=alice).version == 2
