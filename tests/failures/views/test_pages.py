import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from failures.models import Postmortem
from failures.services import postmortems, timeline
from tests.factories.failures import (
    CauseFactory,
    CodingFactory,
    PostmortemFactory,
    PracticeFactory,
)

pytestmark = pytest.mark.django_db


def address(view, *args):
    return reverse(f"failures:{view}", args=args)


@pytest.fixture
def draft(retail, carol):
    return PostmortemFactory(unit=retail, author=carol, title="Churn")


def test_knowledge_pages_open(client, vera):
    client.force_login(vera)
    CauseFactory(slug="leakage")
    PracticeFactory(slug="split")
    for page in (
        address("cause-list"),
        address("cause-detail", "leakage"),
        address("practice-list"),
        address("practice-detail", "split"),
        address("base-rate-list"),
        address("postmortem-list"),
    ):
        assert client.get(page).status_code == 200, page


def test_pages_need_a_login(client, draft):
    for page in (address("cause-list"), address("postmortem-detail", draft.pk)):
        assert client.get(page).status_code == 302


def test_outsider_finds_nothing(client, charlie, draft):
    client.force_login(charlie)
    for view in (
        "postmortem-detail",
        "postmortem-publish",
        "coding-pick",
        "action-create",
    ):
        assert client.get(address(view, draft.pk)).status_code == 404
    assert (
        client.get(address("postmortem-edit", draft.pk, "intended")).status_code == 404
    )


def test_viewer_may_read_but_not_act(client, vera, retail):
    record = PostmortemFactory(unit=retail, published=True)
    client.force_login(vera)
    assert client.get(address("postmortem-detail", record.pk)).status_code == 200
    assert client.get(address("postmortem-return", record.pk)).status_code == 403
    assert client.get(address("postmortem-create")).status_code == 403


def test_whole_way_from_start_to_publication(client, alice, retail):
    CauseFactory(slug="leakage")
    client.force_login(alice)
    reply = client.post(
        address("postmortem-create"),
        {"title": "Churn", "unit": retail.pk, "sector": "retail"},
    )
    record = Postmortem.objects.get()
    assert reply.url == address("postmortem-edit", record.pk, "intended")
    values = {"summary": "Failed", "outcome": "failed", "version": 1}
    reply = client.post(address("postmortem-edit", record.pk, "happened"), values)
    assert reply.url == address("postmortem-edit", record.pk, "dates")
    values = {"detected_on": "2026-03-02", "version": 2}
    client.post(address("postmortem-edit", record.pk, "dates"), values)
    reply = client.get(address("coding-pick", record.pk), {"q": "leak"})
    assert address("coding-create", record.pk, "leakage") in reply.content.decode()
    judged = {"role": "root", "confidence": "known", "evidence": "Replay"}
    client.post(address("coding-create", record.pk, "leakage"), judged)
    client.post(
        address("timeline-create", record.pk), {"on": "2026-01-01", "text": "Begun"}
    )
    client.post(
        address("action-create", record.pk),
        {"text": "Split by time", "kind": "prevent"},
    )
    client.post(address("postmortem-publish", record.pk))
    record.refresh_from_db()
    assert record.state == "published"
    assert record.detected_on == dt.date(2026, 3, 2)
    page = client.get(address("postmortem-detail", record.pk)).content.decode()
    assert "Split by time" in page
    assert "Replay" in page


def test_every_step_and_sub_form_opens(client, alice, draft):
    CauseFactory(slug="leakage")
    coding = CodingFactory(postmortem=draft)
    client.force_login(alice)
    for step in ("intended", "happened", "dates", "causes", "follow-up"):
        assert client.get(address("postmortem-edit", draft.pk, step)).status_code == 200
    for view in (
        "postmortem-submit",
        "postmortem-publish",
        "postmortem-visibility",
        "coding-pick",
        "timeline-create",
        "action-create",
    ):
        assert client.get(address(view, draft.pk)).status_code == 200, view
    for view in ("coding-edit", "coding-remove"):
        assert client.get(address(view, draft.pk, coding.pk)).status_code == 200, view
    assert (
        client.get(address("postmortem-edit", draft.pk, "nowhere")).status_code == 404
    )


def test_autosave_answers_with_the_new_version(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-autosave", draft.pk, "happened")
    reply = client.post(page, {"summary": "Typing", "version": 1})
    assert reply.json()["state"] == "saved"
    assert reply.json()["version"] == 2
    assert draft.texts.get().summary == "Typing"


def test_autosave_saves_what_is_valid_and_names_the_rest(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-autosave", draft.pk, "happened")
    reply = client.post(page, {"summary": "Kept", "harmed_count": "many", "version": 1})
    assert reply.json()["state"] == "partly"
    assert "People harmed".lower() in reply.json()["text"].lower()
    assert draft.texts.get().summary == "Kept"


def test_conflict_shows_both_texts_and_saving_again_keeps_mine(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    client.post(page, {"summary": "Theirs", "outcome": "failed", "version": 1})
    autosave = address("postmortem-autosave", draft.pk, "happened")
    assert client.post(autosave, {"summary": "Mine", "version": 1}).status_code == 409
    reply = client.post(page, {"summary": "Mine", "outcome": "failed", "version": 1})
    shown = reply.content.decode()
    assert "Theirs" in shown
    assert "Mine" in shown
    assert reply.context["form"]["version"].value() == "2"
    client.post(page, {"summary": "Mine", "outcome": "failed", "version": 2})
    assert draft.texts.get().summary == "Mine"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"introduced_on": "2026-05-01", "detected_on": "2026-04-01"}, "detected_on"),
        ({"detected_on": "9999-04-01"}, "detected_on"),
    ],
)
def test_step_keeps_what_was_typed_on_an_error(client, carol, draft, values, field):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "dates")
    reply = client.post(page, {**values, "surprise": "Typed", "version": 1})
    assert reply.status_code == 200
    assert field in reply.context["form"].errors
    assert "Typed" in reply.content.decode()


def test_cost_is_stored_in_minor_units(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    client.post(page, {"cost": "12.50", "currency": "EUR", "version": 1})
    draft.refresh_from_db()
    assert (draft.cost_minor, draft.currency) == (1250, "EUR")
    reply = client.post(page, {"cost": "12.50", "version": 2})
    assert "currency" in reply.context["form"].errors


def test_parts_of_the_cost_stand_beside_it_in_one_currency(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    parts = {"spent": "900", "wasted": "300", "remediation": "50", "currency": "JPY"}
    assert client.post(page, {**parts, "version": 1}).status_code == 302
    draft.refresh_from_db()
    assert (draft.spent_minor, draft.cost_minor, draft.loss_minor()) == (900, None, 350)
    told = client.get(address("postmortem-detail", draft.pk)).content.decode()
    assert "350 JPY" in told
    assert "900 JPY" in told
    assert 'value="300"' in client.get(page).content.decode()
    reply = client.post(page, {**parts, "wasted": "901", "version": 2})
    assert set(reply.context["form"].errors) == {"wasted"}


def test_each_date_is_told_as_exactly_as_it_is_known(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "dates")
    dates = {
        "introduced_on": "2025-05-20",
        "introduced_precision": "year",
        "detected_on": "2025-05-02",
        "detected_precision": "day",
        "resolved_on": "2025-05-01",
        "resolved_precision": "month",
    }
    assert client.post(page, {**dates, "version": 1}).status_code == 302
    told = client.get(address("postmortem-detail", draft.pk)).content.decode()
    for words in (">2025<", "May 2, 2025", ">May 2025<"):
        assert words in told
    assert "Time to detection" not in told
    reply = client.post(page, {**dates, "introduced_precision": "day", "version": 2})
    assert set(reply.context["form"].errors) == {"detected_on"}


def test_conflict_over_a_part_shows_both_and_saving_again_keeps_mine(
    client, carol, draft
):
    client.force_login(carol)
    step = draft.timeline.create(on="2026-01-01", text="Begun")
    page = address("timeline-edit", draft.pk, step.pk)
    client.post(page, {"on": "2026-01-01", "text": "Theirs", "version": 1})
    reply = client.post(page, {"on": "2026-01-01", "text": "Mine", "version": 1})
    shown = reply.content.decode()
    assert "Theirs" in shown
    assert "Mine" in shown
    client.post(page, {"on": "2026-01-01", "text": "Mine", "version": 2})
    newest = draft.timeline.get(version=3)
    assert (newest.text, newest.corrects.text) == ("Mine", "Theirs")


def test_conflict_over_a_cause_shows_both(client, carol, draft):
    client.force_login(carol)
    coding = CodingFactory(postmortem=draft)
    page = address("coding-edit", draft.pk, coding.pk)
    judged = {"role": "root", "confidence": "known", "version": 1}
    client.post(page, {**judged, "evidence": "Theirs"})
    shown = client.post(page, {**judged, "evidence": "Mine"}).content.decode()
    assert "Theirs" in shown
    assert "Mine" in shown


def test_create_is_prefilled_and_names_look_alikes(client, carol, draft, retail):
    client.force_login(carol)
    reply = client.get(
        address("postmortem-create"),
        {"title": "Churn again", "unit": retail.pk, "sector": "retail"},
    )
    assert reply.context["form"]["title"].value() == "Churn again"
    similar = client.get(address("postmortem-similar"), {"title": "Churn"})
    assert str(draft.pk) in similar.content.decode()


def test_create_with_a_cause_leads_to_judging_it(client, carol, retail):
    CauseFactory(slug="leakage")
    client.force_login(carol)
    reply = client.post(
        address("postmortem-create"),
        {"title": "Churn", "unit": retail.pk, "cause": "leakage"},
    )
    assert reply.url == address("coding-create", Postmortem.objects.get().pk, "leakage")


def test_verifying_a_follow_up_is_a_reviewers(client, carol, alice, draft):
    client.force_login(carol)
    client.post(
        address("action-create", draft.pk),
        {"text": "A", "kind": "learn", "success_check": "B"},
    )
    action = draft.actions.get()
    move = address("action-move", draft.pk, action.pk)
    client.post(move, {"state": "done"})
    assert client.post(move, {"state": "verified"}).status_code == 403
    client.force_login(alice)
    asked = client.post(move, {"state": "verified"}).content.decode()
    assert "Say what showed that it works" in asked
    client.post(move, {"state": "verified", "verification": "Four weeks agree"})
    action.refresh_from_db()
    assert action.state == "verified"


def test_prose_is_rendered_and_harmless(client, carol, draft):
    draft.texts.update(
        summary="**bold** <script>alert(1)</script> [x](javascript:alert(1))"
    )
    client.force_login(carol)
    page = client.get(address("postmortem-detail", draft.pk)).content.decode()
    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_htmx_gets_the_fragment_alone(client, carol, draft):
    client.force_login(carol)
    whole = client.get(address("postmortem-list"))
    part = client.get(address("postmortem-list"), headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert "HX-Request" in part["Vary"]


def test_list_asks_as_often_for_many_as_for_one(client, carol, retail):
    client.force_login(carol)
    counts = []
    for more in (1, 19):
        for _each in range(more):
            CodingFactory(postmortem=PostmortemFactory(unit=retail, author=carol))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("postmortem-list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_strange_cursor_is_not_found(client, carol):
    client.force_login(carol)
    assert (
        client.get(address("postmortem-list"), {"cursor": "nonsense"}).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("step", "values"),
    [
        ("happened", {"harmed_count": 10**12}),
        ("happened", {"cost": "1e30", "currency": "EUR"}),
        ("dates", {"plumbing_percent": 101}),
        ("dates", {"days_before_baseline": -1}),
        ("happened", {"summary": "a" * 20_001}),
    ],
)
def test_step_refuses_what_no_column_holds(client, carol, draft, step, values):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, step)
    reply = client.post(page, {**values, "version": 1})
    assert set(reply.context["form"].errors) == set(values) - {"currency"}


def test_a_range_upside_down_is_told_and_the_rest_is_saved(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-autosave", draft.pk, "happened")
    typed = {"affected_low": 9, "affected_high": 3, "affected_groups": "Guards"}
    reply = client.post(page, {**typed, "version": draft.version})
    assert reply.json()["state"] == "partly"
    draft.refresh_from_db()
    assert (draft.affected_low, draft.texts.get().affected_groups) == (None, "Guards")


def test_archiving_twice_is_archiving_once(client, alice, retail):
    record = PostmortemFactory(unit=retail, published=True)
    client.force_login(alice)
    for _ in range(2):
        client.post(address("postmortem-archive", record.pk))
    record.refresh_from_db()
    assert record.state == "archived"
    for _ in range(2):
        client.post(address("postmortem-restore", record.pk))
    record.refresh_from_db()
    assert record.state == "published"


def test_shareable_version_is_written_signed_and_downloaded(client, alice, retail):
    record = PostmortemFactory(unit=retail, published=True)
    client.force_login(alice)
    page = reverse("failures:postmortem-sharing", args=[record.pk])
    file = reverse("failures:postmortem-sharing-file", args=[record.pk, "md"])
    assert client.get(file).status_code == 404
    refused = client.post(page, {"names": "no equals sign", "version": "1"})
    assert "no equals sign" in refused.content.decode()
    assert client.post(page, {"names": "Model = Machine"}).status_code == 302
    assert client.post(f"{page}sign-off/", {"digest": "stale"}).status_code == 302
    assert client.get(file).status_code == 404
    shown = client.get(page)
    assert "Machine" in shown.content.decode()
    digest = shown.context["found"].digest
    assert client.post(f"{page}sign-off/", {"digest": digest}).status_code == 302
    told = client.get(file)
    assert told.status_code == 200
    assert "shared.md" in told["Content-Disposition"]


def test_fields_that_only_others_changed_keep_theirs(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    mine = {
        name: client.get(page).context["form"][name].value() or ""
        for name in ("version", "base", "summary", "impact", "severity")
    }
    changed = {**mine, "impact": "Their impact", "severity": "low"}
    assert client.post(page, changed).status_code == 302
    reply = client.post(page, {**mine, "summary": "Mine"})
    assert reply.status_code == 302, (
        reply.context["form"].errors,
        reply.context["differences"],
    )
    text = draft.texts.get()
    draft.refresh_from_db()
    assert (text.summary, text.impact) == ("Mine", "Their impact")
    assert draft.severity == "low"
    both = {**mine, "summary": "Mine too", "impact": ""}
    reply = client.post(page, both)
    assert [each.name for each in reply.context["differences"]] == ["summary"]
    assert reply.context["form"]["impact"].value() == "Their impact"


def test_lines_end_in_one_way_whatever_the_browser_sends(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    client.post(page, {"actual": "One\r\ntwo", "version": 1})
    assert draft.texts.get().actual == "One\ntwo"


def test_page_that_shows_an_older_record_publishes_nothing(client, alice, retail):
    record = PostmortemFactory(unit=retail, state="in_review")
    CodingFactory(postmortem=record)
    client.force_login(alice)
    stale = {"version": record.version}
    Postmortem.objects.filter(pk=record.pk).update(version=record.version + 1)
    for act in ("approve", "publish"):
        assert (
            client.post(address(f"postmortem-{act}", record.pk), stale).status_code
            == 302
        )
        record.refresh_from_db()
        assert record.state == "in_review"


def test_old_years_are_filtered_by(client, alice, retail):
    old = PostmortemFactory(
        unit=retail, published=True, detected_on="1965-05-05", title="Punch cards"
    )
    PostmortemFactory(unit=retail, published=True, title="Churn again")
    client.force_login(alice)
    told = client.get(address("postmortem-list"), {"year": "1965"}).content.decode()
    assert old.reference in told
    assert "Churn again" not in told


def test_what_was_taken_out_is_told_in_the_unit_alone(client, alice, charlie, retail):
    record = PostmortemFactory(unit=retail, visibility="organization")
    step = timeline.add(
        postmortem=record, by=alice, values={"on": "2026-01-01", "text": "Bob slipped"}
    )
    timeline.correct(
        entry=step, by=alice, values={"text": "The flag was wrong"}, reason="Names Bob"
    )
    record.refresh_from_db()
    postmortems.submit_for_review(postmortem=record, by=alice)
    postmortems.return_to_draft(postmortem=record, by=alice, reason="Take out Bob")
    Postmortem.objects.filter(pk=record.pk).update(
        state="published", published_at="2026-03-02T09:00:00Z"
    )
    page = address("postmortem-detail", record.pk)
    listed = reverse("api-postmortem-timeline-list", args=[record.pk])
    client.force_login(alice)
    assert "Bob" in client.get(page).content.decode()
    assert client.get(listed).content.decode().count("Bob") == 2
    client.force_login(charlie)
    for where in (page, listed):
        told = client.get(where).content.decode()
        assert "The flag was wrong" in told
        assert "Bob" not in told


def filled(client, page):
    form = client.get(page).context["form"]
    names = ("version", "base", *form.step.fields)
    return {name: form[name].value() or "" for name in names}


def test_autosave_tells_what_the_form_now_starts_from(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    autosave = address("postmortem-autosave", draft.pk, "happened")
    mine = filled(client, page) | {"impact": "Mine"}
    answer = client.post(autosave, mine).json()
    assert answer["base"] != mine["base"]
    theirs = filled(client, page) | {"impact": ""}
    assert client.post(page, theirs).status_code == 302
    later = mine | {
        "version": answer["version"],
        "base": answer["base"],
        "loss": "Time",
    }
    assert client.post(page, later).status_code == 302
    text = draft.texts.get()
    assert (text.impact, text.loss) == ("", "Time")


def test_amount_and_currency_are_one_thing_to_merge(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    client.post(page, filled(client, page) | {"cost": "100", "currency": "EUR"})
    mine = filled(client, page)
    assert client.post(page, mine | {"cost": "200"}).status_code == 302
    reply = client.post(page, mine | {"currency": "USD"})
    assert {each.name for each in reply.context["differences"]} == {"cost", "currency"}
    draft.refresh_from_db()
    assert (draft.cost_minor, draft.currency) == (200_00, "EUR")


def test_nought_is_not_blank_when_two_people_differ(client, carol, draft):
    client.force_login(carol)
    page = address("postmortem-edit", draft.pk, "happened")
    client.post(page, filled(client, page) | {"harmed_count": "5"})
    mine = filled(client, page)
    assert client.post(page, mine | {"harmed_count": "0"}).status_code == 302
    reply = client.post(page, mine | {"harmed_count": "", "base": mine["base"]})
    assert [each.name for each in reply.context["differences"]] == ["harmed_count"]
    odd = mine | {"base": "[" * 4900, "summary": "Odd"}
    assert client.post(page, odd).status_code == 200
