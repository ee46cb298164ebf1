import io

import pytest
from django.utils import timezone

from accounts.roles import Role
from failures.models import CauseCoding, SecondCoding
from failures.permissions import can_invite_second
from failures.selectors.agreement import agreement
from failures.selectors.completeness import missing_for_publication
from failures.services import (
    actions,
    attachments,
    coding,
    parts,
    postmortems,
    second_coding,
)
from failures.services.second_coding import SecondCodingRefused
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.failures import CauseFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
LEAKAGE = {"cause": "leakage", "role": "root", "confidence": "known"}
DEPLOYMENT = {"cause": "deployment", "role": "contributing", "confidence": "probable"}


def member(unit, role=Role.CONTRIBUTOR):
    return MembershipFactory(unit=unit, role=role).user


@pytest.fixture
def people(retail):
    return {name: member(retail) for name in ("first", "second", "third")}


@pytest.fixture
def record(retail, people):
    CauseFactory(slug="leakage")
    CauseFactory(slug="deployment")
    row = PostmortemFactory(unit=retail, author=people["first"], severity="moderate")
    return postmortems.save_step(
        postmortem=row, by=people["first"], values={"severity": "high"}
    )


def code_first(record, by, cause="leakage", role="root", confidence="known"):
    judgement = coding.Judgement(role, confidence, evidence="The first's evidence.")
    return coding.add(postmortem=record, cause=cause, judgement=judgement, by=by)


def code_second(record, people, *judgements):
    second_coding.invite(postmortem=record, coder=people["second"], by=people["first"])
    return second_coding.judge(
        postmortem=record, judgements=judgements, by=people["second"]
    )


def both(record, people, *judgements):
    code_first(record, people["first"])
    code_second(record, people, *judgements)
    second_coding.submit(postmortem=record, by=people["first"])
    return second_coding.submit(postmortem=record, by=people["second"])


def codings(record):
    rows = CauseCoding.objects.filter(postmortem=record)
    return {(row.cause.slug, row.role, row.confidence): row for row in rows}


def test_causes_of_a_severe_record_are_told_to_nobody_but_who_coded_them(
    record, people
):
    code_first(record, people["first"])
    record.refresh_from_db()
    assert record.causes_sealed
    assert record.cause_slugs == []
    told = {
        name: CauseCoding.objects.told_to(person).exists()
        for name, person in people.items()
    }
    assert told == {"first": True, "second": False, "third": False}
    admin = UserFactory(is_superuser=True)
    assert not CauseCoding.objects.told_to(admin).exists()


def test_both_are_shown_once_both_are_in_and_the_difference_is_decided(record, people):
    second = both(record, people, {**LEAKAGE, "role": "trigger"}, DEPLOYMENT)
    record.refresh_from_db()
    assert second.is_open
    assert not record.causes_sealed
    assert record.cause_slugs == ["leakage"]
    with pytest.raises(coding.CodingSubmitted):
        code_first(record, people["first"], "deployment")
    decided = second_coding.decide(
        postmortem=record, kept=[LEAKAGE, DEPLOYMENT], note="Seen.", by=people["third"]
    )
    record.refresh_from_db()
    assert record.cause_slugs == ["leakage", "deployment"]
    found = codings(record)
    assert found["leakage", "root", "known"].coder == people["first"]
    assert found["leakage", "root", "known"].evidence == "The first's evidence."
    assert found["deployment", "contributing", "probable"].coder == people["second"]
    assert [each["cause"] for each in decided.first] == ["leakage"]
    assert [each["role"] for each in decided.judgements] == ["trigger", "contributing"]
    assert decided.note == "Seen."


def test_codings_that_agree_need_no_decision(record, people):
    second = both(record, people, {**LEAKAGE, "evidence": "Seen elsewhere."})
    assert second.decided_at is not None
    assert second.decided_by is None
    assert list(codings(record)) == [("leakage", "root", "known")]


def test_order_of_submission_does_not_matter(record, people):
    code_second(record, people, DEPLOYMENT)
    second_coding.submit(postmortem=record, by=people["second"])
    record.refresh_from_db()
    assert record.causes_sealed
    code_first(record, people["first"])
    assert second_coding.submit(postmortem=record, by=people["first"]).is_open


def test_handing_over_submits_the_first_coding_and_a_return_opens_it(record, people):
    code_first(record, people["first"])
    values = {"title": "A title", "summary": "A summary"}
    postmortems.save_step(postmortem=record, by=people["first"], values=values)
    postmortems.submit_for_review(postmortem=record, by=people["first"])
    with pytest.raises(coding.CodingSubmitted):
        code_first(record, people["first"], "deployment")
    postmortems.return_to_draft(postmortem=record, by=people["third"])
    assert code_first(record, people["first"], "deployment")


def test_severe_record_is_not_approved_before_the_decision(record, people):
    values = {
        "title": "A title",
        "summary": "A summary",
        "outcome": "failed",
        "detected_on": timezone.localdate(),
    }
    postmortems.save_step(postmortem=record, by=people["first"], values=values)
    both(record, people, DEPLOYMENT)
    postmortems.submit_for_review(postmortem=record, by=people["first"])
    third, now = people["third"], timezone.now()
    with pytest.raises(postmortems.NotReady) as refusal:
        postmortems.approve(postmortem=record, by=third, at=now)
    assert [gap.code for gap in refusal.value.missing] == ["second_coding", "actions"]
    second_coding.decide(postmortem=record, kept=[LEAKAGE], note="Clear.", by=third)
    follow_up = {"text": "Split by part", "kind": "prevent", "cause_slug": "leakage"}
    actions.add(postmortem=record, values=follow_up, by=third)
    assert postmortems.approve(postmortem=record, by=third, at=now).state == "approved"
    with pytest.raises(parts.WrongState):
        second_coding.invite(postmortem=record, coder=None, by=third)


@pytest.mark.parametrize("name", ["first", "stranger", "viewer"])
def test_who_coded_it_or_cannot_read_it_is_no_second_coder(record, people, name):
    people["stranger"] = UserFactory()
    people["viewer"] = member(record.unit, Role.VIEWER)
    with pytest.raises(SecondCodingRefused) as refusal:
        second_coding.invite(postmortem=record, coder=people[name], by=people["third"])
    assert refusal.value.code == "not_a_second_coder"


def test_another_invitation_drops_what_was_not_submitted(record, people):
    code_second(record, people, DEPLOYMENT)
    second = second_coding.invite(
        postmortem=record, coder=people["third"], by=people["first"]
    )
    assert second.judgements == []
    with pytest.raises(SecondCodingRefused):
        second_coding.judge(postmortem=record, judgements=[], by=people["second"])


def test_submitted_judgements_do_not_change(record, people):
    code_second(record, people, DEPLOYMENT)
    second_coding.submit(postmortem=record, by=people["second"])
    with pytest.raises(SecondCodingRefused):
        second_coding.judge(
            postmortem=record, judgements=[LEAKAGE], by=people["second"]
        )
    with pytest.raises(SecondCodingRefused):
        second_coding.invite(
            postmortem=record, coder=people["third"], by=people["first"]
        )


def test_nothing_is_submitted_empty(record, people):
    code_second(record, people)
    with pytest.raises(SecondCodingRefused):
        second_coding.submit(postmortem=record, by=people["second"])
    assert (
        second_coding.submit(postmortem=record, by=people["first"]).first_submitted_at
        is None
    )


@pytest.mark.parametrize(
    ("judgements", "error"),
    [
        ([{**LEAKAGE, "cause": "human error"}], coding.UnknownCause),
        ([LEAKAGE, LEAKAGE], coding.CodedTwice),
        ([{**LEAKAGE, "role": "boss"}], second_coding.DomainError),
    ],
)
def test_judgements_are_checked(record, people, judgements, error):
    with pytest.raises(error):
        code_second(record, people, *judgements)


def test_stale_version_is_a_conflict(record, people):
    old = code_second(record, people, DEPLOYMENT).version
    judge = {"postmortem": record, "by": people["second"], "expected_version": old}
    second_coding.judge(judgements=[LEAKAGE], **judge)
    with pytest.raises(EditConflict):
        second_coding.judge(judgements=[DEPLOYMENT, LEAKAGE], **judge)
    assert second_coding.judge(judgements=[LEAKAGE], **judge)


def test_decision_keeps_only_what_was_named_and_says_why(record, people):
    CauseFactory(slug="data-cost")
    both(record, people, DEPLOYMENT)
    decide = {"postmortem": record, "by": people["third"]}
    with pytest.raises(coding.UnknownCause):
        second_coding.decide(
            kept=[{**LEAKAGE, "cause": "data-cost"}], note="So.", **decide
        )
    for kept, note in (([], "So."), ([LEAKAGE], " ")):
        with pytest.raises(SecondCodingRefused):
            second_coding.decide(kept=kept, note=note, **decide)
    second_coding.decide(kept=[DEPLOYMENT], note="So.", **decide)
    with pytest.raises(SecondCodingRefused):
        second_coding.decide(kept=[LEAKAGE], note="Again.", **decide)


def test_a_mild_record_is_sealed_only_by_an_invitation(record, people):
    values = {"severity": "low"}
    code_first(record, people["first"])
    postmortems.save_step(postmortem=record, by=people["first"], values=values)
    record.refresh_from_db()
    assert record.cause_slugs == ["leakage"]
    second_coding.invite(postmortem=record, coder=people["second"], by=people["first"])
    record.refresh_from_db()
    assert record.cause_slugs == []
    second_coding.invite(postmortem=record, coder=None, by=people["first"])
    record.refresh_from_db()
    assert record.cause_slugs == ["leakage"]


def test_second_coder_names_only_files_of_the_record(
    record, people, settings, tmp_path
):
    settings.EVIDENCE_ROOT = tmp_path / "kept"
    kept = attachments.attach(
        postmortem=record,
        file=io.BytesIO(b"The till log."),
        name="log.txt",
        by=people["first"],
    )
    said = {"cause": "leakage", "role": "root", "confidence": "known"}
    with pytest.raises(coding.UnknownFile):
        code_second(record, people, {**said, "evidence_file": "0" * 64})
    both(record, people, {**said, "evidence_file": kept.sha256})
    ((_key, row),) = codings(record).items()
    assert row.evidence_file == kept.sha256


def test_nobody_opens_the_seal_to_read_it(record, people):
    """Not by a lower severity, not by taking the invitation back."""
    code_first(record, people["first"])
    second_coding.invite(postmortem=record, coder=people["second"], by=people["first"])
    second_coding.submit(postmortem=record, by=people["first"])
    assert not can_invite_second(people["second"], record)
    for deed in (
        lambda: postmortems.save_step(
            postmortem=record, by=people["second"], values={"severity": "low"}
        ),
        lambda: second_coding.invite(
            postmortem=record, coder=None, by=people["second"]
        ),
    ):
        with pytest.raises(DomainError):
            deed()
    record.refresh_from_db()
    assert record.causes_sealed


def test_coding_that_was_open_meanwhile_does_not_count_as_agreement(record, people):
    first, other = people["first"], people["second"]
    code_first(record, first)
    postmortems.save_step(postmortem=record, by=first, values={"severity": "low"})
    record.refresh_from_db()
    assert not record.causes_sealed
    postmortems.save_step(postmortem=record, by=first, values={"severity": "high"})
    second_coding.invite(postmortem=record, coder=other, by=first)
    second_coding.judge(postmortem=record, judgements=[LEAKAGE], by=other)
    for person in (first, other):
        second_coding.submit(postmortem=record, by=person)
    assert SecondCoding.objects.get().opened_at
    assert agreement(first).records == 0


def test_refusal_of_a_judgement_names_its_place(record, people):
    code_first(record, people["first"])
    for second, code in (
        (LEAKAGE, "coded_twice"),
        ({**LEAKAGE, "cause": "x"}, "unknown_cause"),
    ):
        with pytest.raises(DomainError) as refusal:
            code_second(record, people, LEAKAGE, second)
        assert (refusal.value.code, refusal.value.item) == (code, 1)


def test_withdrawn_invitation_hides_no_gap(retail, people):
    """What nobody codes a second time is asked for its evidence and its follow-ups."""
    CauseFactory(slug="leakage")
    record = PostmortemFactory(unit=retail, author=people["first"], severity="low")
    coding.add(
        postmortem=record,
        cause="leakage",
        judgement=coding.Judgement("root", "known"),
        by=people["first"],
    )
    second_coding.invite(postmortem=record, coder=people["second"], by=people["first"])
    second_coding.submit(postmortem=record, by=people["first"])
    second_coding.invite(postmortem=record, coder=None, by=people["first"])
    record.refresh_from_db()
    assert not record.causes_sealed
    gaps = {gap.code for gap in missing_for_publication(record)}
    assert {"cause", "actions"} <= gaps
    assert SecondCoding.objects.get().first_submitted_at is None
