import pytest
from django.utils import timezone

from failures.models import Practice, Proposal
from failures.selectors.proposals import named, open_for, proposals
from failures.services.proposals import ProposalRefused, decide, propose
from riskbase.shared.audit.models import AuditEvent
from tests.factories.failures import PostmortemFactory
from tests.factories.projects import QuestionnaireVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(retail):
    return PostmortemFactory(unit=retail, published=True)


@pytest.fixture
def version(db):
    return QuestionnaireVersionFactory()


def made(record, by, kind="question", target="", text="Ask it earlier."):
    return propose(postmortem=record, kind=kind, target=target, text=text, by=by)


def first_question(version):
    code = version.document["sections"][0]["questions"][0]["code"]
    return f"{version.questionnaire.code}:{code}"


def test_author_of_the_questionnaire_finds_what_is_proposed(record, version, alice):
    proposal = made(record, alice, target=first_question(version))
    [(row, name)] = named(open_for(alice, version.questionnaire.code))
    assert row == proposal
    assert name != proposal.target
    assert not open_for(alice, "another")
    decide(proposal=row, state="accepted", answer="", by=alice, at=timezone.now())
    assert not open_for(alice, version.questionnaire.code)


def test_practice_is_named_and_a_new_one_has_no_name(record, alice):
    Practice.objects.create(
        slug="split-first",
        title={"en": "Split first"},
        effect=0.2,
        cause_slugs=["leakage"],
    )
    made(record, alice, kind="practice", target="split-first")
    made(record, alice, kind="practice")
    assert {name for _row, name in named(proposals(alice))} == {"Split first", ""}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "cause"},
        {"target": "full-intake:nothing"},
        {"kind": "practice", "target": "nothing"},
        {"text": "  "},
        {"text": "x" * 5_000},
    ],
)
def test_what_cannot_be_proposed_is_refused(record, alice, wrong):
    with pytest.raises(ProposalRefused):
        made(record, alice, **wrong)
    assert not Proposal.objects.exists()


def test_declining_needs_a_reason_and_opening_again_forgets_who_decided(record, alice):
    proposal = made(record, alice)
    now = timezone.now()
    with pytest.raises(ProposalRefused):
        decide(proposal=proposal, state="declined", answer=" ", by=alice, at=now)
    row = decide(proposal=proposal, state="declined", answer="Asked.", by=alice, at=now)
    assert (row.state, row.decided_by) == ("declined", alice)
    decide(proposal=proposal, state="declined", answer="Asked.", by=alice, at=now)
    assert AuditEvent.objects.filter(verb="proposal_decided").count() == 1
    row = decide(proposal=proposal, state="open", answer="", by=alice, at=now)
    assert (row.decided_at, row.decided_by) == (None, None)


def test_only_proposals_of_readable_records_are_told(record, alice, charlie):
    made(record, alice)
    assert not proposals(charlie)
