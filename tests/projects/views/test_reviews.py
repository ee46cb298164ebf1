"""The pages of a review round, without any script."""

import pytest
from django.urls import reverse

from projects.models import SectionReview, Thread
from projects.services import assessments, decisions, reviews, threads
from tests.factories.projects import AT
from tests.projects.reviewing import answer, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(retail, carol):
    return submitted(retail, carol)


@pytest.fixture
def asking(assessment, bob):
    return threads.open_thread(
        assessment=assessment,
        question="split",
        text="<b>Lock</b> the test set.",
        by=bob,
        asks_change=True,
    )


def path(name, assessment, *args):
    return reverse(f"projects:{name}", args=[assessment.pk, *args])


def page(client, person, address, status=200):
    client.force_login(person)
    answered = client.get(address)
    assert answered.status_code == status
    return answered.content.decode()


def test_result_tells_each_reader_what_is_next(client, assessment, alice, bob, carol):
    result = path("assessment-result", assessment)
    assert "#decision" in page(client, bob, result)
    assert "#decision" not in page(client, carol, result)
    reviews.assign(assessment=assessment, reviewer=bob, by=alice, sections=["data"])
    told = page(client, bob, result)
    assert "Your verdict is asked for" in told
    assert "Reviewers have the next step" in page(client, carol, result)


def test_asking_a_reviewer_and_taking_it_back(client, assessment, alice, bob):
    client.force_login(alice)
    address = path("reviewer-ask", assessment)
    assert client.post(address, {"reviewer": ""}).status_code == 422
    client.post(address, {"reviewer": bob.pk, "sections": ["data", "problem"]})
    rows = list(SectionReview.objects.all())
    assert {row.section for row in rows} == {"data", "problem"}
    client.post(path("reviewer-relieve", assessment, rows[0].pk))
    assert SectionReview.objects.count() == 1


def test_who_submitted_is_not_offered_as_a_reviewer(client, assessment, alice, admin):
    told = page(client, alice, path("assessment-review", assessment))
    assert str(alice.pk) in told
    own = submitted(assessment.project.unit, alice)
    told = page(client, alice, path("assessment-review", own))
    assert f'<option value="{alice.pk}"' not in told


def test_verdict_without_a_note_keeps_what_was_typed(client, assessment, alice, bob):
    row = reviews.assign(assessment=assessment, reviewer=bob, by=alice)[0]
    client.force_login(bob)
    address = path("review-verdict", assessment, row.pk)
    sent = {"verdict": "changes_requested", "note": "", "version": row.version}
    assert client.post(address, sent).status_code == 422
    client.post(address, {**sent, "note": "Too vague"})
    row.refresh_from_db()
    assert (row.verdict, row.note) == ("changes_requested", "Too vague")
    stale = client.post(address, {**sent, "note": "Typed in vain"})
    assert stale.status_code == 422
    assert "Typed in vain" in stale.content.decode()


def test_talk_about_a_question(client, assessment, bob, carol):
    client.force_login(carol)
    address = path("thread-open", assessment)
    client.post(address, {"question": "split", "text": "Is this clear?"})
    thread = Thread.objects.get()
    assert not thread.asks_change
    asked = client.post(address, {"question": "split", "text": "!", "act": "ask"})
    assert asked.status_code == 403
    act = path("thread-act", assessment, thread.pk)
    assert client.post(act, {"act": "ask"}).status_code == 403
    client.post(act, {"act": "resolve", "text": "It is."})
    thread.refresh_from_db()
    assert not thread.is_open
    assert thread.comments.count() == 2
    client.force_login(bob)
    client.post(act, {"act": "reopen"})
    client.post(act, {"act": "ask"})
    thread.refresh_from_db()
    assert thread.asks_change
    client.post(act, {"act": "waive"})
    thread.refresh_from_db()
    assert not thread.asks_change


def test_a_refused_reply_is_not_lost(client, assessment, asking, carol):
    client.force_login(carol)
    act = path("thread-act", assessment, asking.pk)
    long = "word " * 1_000
    answered = client.post(act, {"text": long})
    assert answered.status_code == 422
    assert long.strip() in answered.content.decode()


def test_what_people_say_is_shown_as_text(client, assessment, asking, carol):
    told = page(client, carol, path("assessment-review", assessment))
    assert "&lt;b&gt;Lock&lt;/b&gt; the test set." in told


def test_send_back_with_the_first_change_right_there(client, assessment, bob):
    client.force_login(bob)
    address = path("assessment-decide", assessment)
    sent = {"act": "request-changes", "version": assessment.version}
    assert client.post(address, sent).status_code == 422
    client.post(address, {**sent, "question": "split", "note": "Lock it."})
    assessment.refresh_from_db()
    assert assessment.state == "changes_requested"
    assert Thread.objects.get().asks_change


def test_intake_of_what_was_sent_back_shows_the_conversation(
    client, assessment, asking, bob, carol
):
    decisions.request_changes(assessment=assessment, by=bob)
    tasks = page(client, carol, path("assessment-detail", assessment))
    assert 'data-waiting="1"' in tasks
    section = path("assessment-section", assessment, "data")
    told = page(client, carol, section)
    key = f"talk-{asking.pk}"
    assert f'form="{key}-form"' in told
    assert f'<form id="{key}-form"' in told
    assert told.index("</form>", told.index("data-intake")) < told.index(
        f'<form id="{key}-form"'
    )
    assert key not in page(
        client, carol, path("assessment-section", assessment, "problem")
    )
    replied = client.post(
        path("thread-act", assessment, asking.pk),
        {"act": "reply", "text": "Done", "section": "data"},
    )
    assert replied.url == f"{section}#q-split"


def test_review_page_says_what_changed(client, assessment, asking, bob, carol):
    decisions.request_changes(assessment=assessment, by=bob)
    assessment.refresh_from_db()
    answer(assessment, carol, split="none")
    assessments.submit(assessment=assessment, by=carol, at=AT)
    told = page(client, bob, path("assessment-review", assessment))
    assert told.count("data-before") == 1
    assert "At the last submission: Choice locked" in told
    assert "it was “Choice locked”, now it is “Choice none”" in told
    assert "data-missing" in told


def test_approval_says_all_that_is_missing(client, assessment, asking, alice, bob):
    reviews.assign(assessment=assessment, reviewer=alice, by=alice, sections=["data"])
    client.force_login(bob)
    sent = {"act": "approve", "note": "Well done"}
    refused = client.post(path("assessment-decide", assessment), sent)
    assert refused.status_code == 422
    told = refused.content.decode()
    for part in ("Text of split?", "Alice has not accepted", "Well done"):
        assert part in told


def test_a_rejected_one_offers_to_start_anew(client, assessment, bob, carol):
    client.force_login(bob)
    sent = {"act": "reject", "note": "Not ready"}
    client.post(path("assessment-decide", assessment), sent)
    told = page(client, carol, path("assessment-result", assessment))
    assert "Not ready" in told
    assert "changes no numbers" in told
    assert f"?project={assessment.project_id}" in told


def test_a_decision_on_a_page_grown_stale_is_refused(client, assessment, bob):
    client.force_login(bob)
    sent = {"act": "approve", "version": assessment.version - 1}
    refused = client.post(path("assessment-decide", assessment), sent)
    assert refused.status_code == 422
    assessment.refresh_from_db()
    assert assessment.state == "submitted"


def test_my_reviews_lists_what_waits_for_me_alone(client, assessment, alice, bob):
    address = reverse("projects:assessment-review-list")
    assert assessment.project.name not in page(client, bob, address)
    row = reviews.assign(
        assessment=assessment, reviewer=bob, by=alice, sections=["data"]
    )[0]
    assert assessment.project.name in page(client, bob, address)
    assert assessment.project.name not in page(client, alice, address)
    reviews.give_verdict(review=row, verdict="accepted", by=bob, at=AT)
    assert assessment.project.name not in page(client, bob, address)
    client.force_login(bob)
    assert client.get(address, {"cursor": "x"}).url == address


def test_list_filters_by_the_states_of_a_review(client, assessment, bob):
    address = reverse("projects:assessment-list")
    client.force_login(bob)
    for state in ("in_review", "changes_requested", "approved", "rejected"):
        told = client.get(address, {"state": state}).content.decode()
        assert assessment.project.name not in told
    decisions.approve(assessment=assessment, by=bob, at=AT)
    told = client.get(address, {"state": "approved"}).content.decode()
    assert assessment.project.name in told


def test_an_act_that_is_none_is_not_found(client, assessment, alice, bob):
    client.force_login(bob)
    address = path("assessment-decide", assessment)
    assert client.post(address, {"act": "burn"}).status_code == 404
    row = reviews.assign(assessment=assessment, reviewer=bob, by=alice)[0]
    verdict = path("review-verdict", assessment, row.pk)
    assert client.post(verdict, {"verdict": "burn"}).status_code == 404


def test_history_of_the_project_tells_of_the_round(client, assessment, asking, bob):
    decisions.request_changes(assessment=assessment, by=bob)
    client.force_login(bob)
    address = reverse("projects:project-history", args=[assessment.project_id])
    told = client.get(address).content.decode()
    for part in (
        "sent back for changes",
        "about a question opened",
        "Changes requested",
    ):
        assert part in told
