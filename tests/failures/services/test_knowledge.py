import pytest

from failures.models import Practice, PublishedRate
from failures.services import knowledge
from failures.taxonomy import DocumentError
from riskbase.shared.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_load_again_changes_nothing(loaded, practice, rate):
    events = AuditEvent.objects.count()
    assert knowledge.load_practices(entries=[practice]).unchanged == 1
    assert knowledge.load_rates(entries=[rate]).unchanged == 1
    assert AuditEvent.objects.count() == events


def test_changed_practice_is_updated_and_audited(loaded, practice):
    practice["effect"] = "0.20"
    assert knowledge.load_practices(entries=[practice]).updated == 1
    event = AuditEvent.objects.get(verb="practice_updated")
    assert (event.before, event.after) == ({"effect": "0.40"}, {"effect": "0.20"})


def test_practice_no_longer_listed_is_retired_and_can_come_back(loaded, practice):
    assert knowledge.load_practices(entries=[]).retired == 1
    assert Practice.objects.get().is_retired
    knowledge.load_practices(entries=[practice])
    assert not Practice.objects.get().is_retired


def test_rate_no_longer_listed_is_withdrawn(loaded):
    assert knowledge.load_rates(entries=[]).retired == 1
    assert not PublishedRate.objects.exists()


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"effect": "0.70"}, "practices[split-first].effect"),
        ({"effect": "much"}, "practices[split-first].effect"),
        ({"causes": ["human-error"]}, "practices[split-first].causes[0]"),
        ({"kind": "hope"}, "practices[split-first].kind"),
    ],
)
def test_faulty_practice_is_told_with_its_place(loaded, practice, changed, place):
    with pytest.raises(DocumentError) as raised:
        knowledge.load_practices(entries=[{**practice, **changed}])
    assert [problem.place for problem in raised.value.problems] == [place]


def test_rate_of_an_unknown_cause_is_told(loaded, rate):
    with pytest.raises(DocumentError) as raised:
        knowledge.load_rates(entries=[{**rate, "cause": "gone"}, rate])
    places = [problem.place for problem in raised.value.problems]
    assert places == ["base_rates[fail-87].cause", "base_rates[fail-87]"]
