import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from failures.models import Postmortem, PostmortemText
from failures.services import imports, second_coding
from riskbase.shared.jobs.models import Job, JobState
from tests.factories.failures import (
    CauseFactory,
    CodingFactory,
    PostmortemFactory,
    PracticeFactory,
)
from tests.failures.services.sending import many, send

pytestmark = pytest.mark.django_db


def address(view, *args):
    return reverse(f"api-{view}", args=args)


@pytest.fixture
def api(alice):
    client = APIClient()
    client.force_login(alice)
    return client


@pytest.fixture
def stranger(charlie):
    client = APIClient()
    client.force_login(charlie)
    return client


def test_knowledge_is_listed_and_found_by_slug(api):
    top = CauseFactory(slug="leakage", position=1)
    CauseFactory(slug="lk-time", parent=top, position=2)
    PracticeFactory(slug="split")
    listed = api.get(address("cause-list")).json()["results"]
    assert [cause["slug"] for cause in listed] == ["leakage", "lk-time"]
    assert listed[1]["parent"] == "leakage"
    assert (
        api.get(address("cause-list"), {"top_level": "true"}).json()["results"][0][
            "parent"
        ]
        is None
    )
    assert (
        api.get(address("cause-detail", "lk-time")).json()["title"]["en"] == "lk time"
    )
    assert api.get(address("cause-detail", "gone")).status_code == 404
    assert api.get(address("practice-list"), {"cause": "leakage"}).json()["results"]
    assert api.get(address("base-rate-list")).json()["results"] == []


def test_whole_way_from_draft_to_publication(api, retail):
    CauseFactory(slug="leakage")
    body = {
        "unit": str(retail.pk),
        "title": "Churn",
        "sector": "retail",
        "spent": "40",
        "wasted": "12.50",
        "currency": "EUR",
        "introduced_on": "2026-03-20",
        "introduced_precision": "month",
    }
    made = api.post(address("postmortem-list"), body)
    assert made.status_code == 201, made.json()
    record = made.json()
    assert [record[name] for name in ("cost", "spent", "wasted")] == [
        None, "40.00", "12.50",
    ]  # fmt: skip
    assert record["introduced_precision"] == "month"
    one = address("postmortem-detail", record["id"])
    assert api.patch(one, {"summary": "Failed"}).status_code == 428
    changed = api.patch(
        one,
        {
            "summary": "Failed",
            "outcome": "failed",
            "detected_on": "2026-03-02",
            "promised": 0.9,
        },
        headers={"If-Match": made["ETag"]},
    )
    assert changed.status_code == 200, changed.json()
    assert changed.json()["text"]["summary"] == "Failed"
    assert changed.json()["measurements"]["promised"] == 0.9
    stale = api.patch(one, {"summary": "Mine"}, headers={"If-Match": made["ETag"]})
    assert stale.status_code == 412
    refused = api.post(address("postmortem-publish", record["id"]))
    assert refused.status_code == 422
    coded = {
        "cause": "leakage",
        "role": "root",
        "confidence": "known",
        "evidence": "Replay",
    }
    assert (
        api.post(address("postmortem-coding-list", record["id"]), coded).status_code
        == 201
    )
    action = {"text": "Split by part", "kind": "prevent", "cause_slug": "leakage"}
    planned = api.post(address("postmortem-action-list", record["id"]), action)
    assert planned.status_code == 201
    assert (
        api.post(address("postmortem-submit", record["id"])).json()["state"]
        == "in_review"
    )
    published = api.post(address("postmortem-publish", record["id"])).json()
    assert published["state"] == "published"
    assert published["causes"] == ["leakage"]
    assert (
        api.patch(one, {"summary": "x"}, headers={"If-Match": "*"}).status_code == 403
    )
    returned = api.post(address("postmortem-return", record["id"]), {"reason": "Names"})
    assert returned.json()["state"] == "draft"


def test_human_error_is_refused_with_a_code(api, retail):
    record = PostmortemFactory(unit=retail)
    coded = {"cause": "human-error", "role": "root", "confidence": "known"}
    reply = api.post(address("postmortem-coding-list", record.pk), coded)
    assert reply.status_code == 422
    assert reply.json()["code"] == "human_error_is_no_cause"


def test_follow_ups_move_by_rules(api, retail):
    record = PostmortemFactory(unit=retail)
    made = api.post(
        address("postmortem-action-list", record.pk), {"text": "A", "kind": "learn"}
    )
    assert made.status_code == 201, made.json()
    move = address("postmortem-action-move", record.pk, made.json()["id"])
    assert api.post(move, {"state": "wont_do"}).status_code == 422
    assert (
        api.post(move, {"state": "wont_do", "reason": "Sold"}).json()["state"]
        == "wont_do"
    )
    one = address("postmortem-action-detail", record.pk, made.json()["id"])
    assert api.patch(one, {"text": "B"}).status_code == 428
    assert (
        api.patch(one, {"text": "B"}, headers={"If-Match": "*"}).json()["text"] == "B"
    )
    assert api.delete(one, headers={"If-Match": "*"}).status_code == 204


def test_timeline_is_kept(api, retail):
    record = PostmortemFactory(unit=retail)
    steps = address("postmortem-timeline-list", record.pk)
    made = api.post(steps, {"on": "2026-01-01", "text": "Begun"}).json()
    one = address("postmortem-timeline-detail", record.pk, made["id"])
    assert api.patch(one, {"text": "Begun late"}).status_code == 428
    held = {"If-Match": api.get(one)["ETag"]}
    changed = api.patch(one, {"text": "Begun late"}, headers=held)
    assert (changed.json()["text"], changed.json()["version"]) == ("Begun late", 2)
    assert api.patch(one, {"text": "Mine"}, headers=held).status_code == 412
    assert changed.json()["corrects"] == made["id"]
    newer = address("postmortem-timeline-detail", record.pk, changed.json()["id"])
    assert api.delete(newer, headers=held).status_code == 412
    assert api.delete(newer, headers={"If-Match": changed["ETag"]}).status_code == 204
    told = api.get(steps).json()["results"]
    assert [row["text"] for row in told] == ["Begun", "Begun late", "Begun late"]
    assert told[2]["is_withdrawn"]


def test_coding_is_changed_by_who_has_read_it(api, retail):
    coding = CodingFactory(postmortem=PostmortemFactory(unit=retail))
    one = address("postmortem-coding-detail", coding.postmortem_id, coding.pk)
    assert api.patch(one, {"evidence": "A log"}).status_code == 428
    assert api.delete(one).status_code == 428
    held = {"If-Match": api.get(one)["ETag"]}
    changed = api.patch(one, {"evidence": "A log"}, headers=held)
    assert changed.json()["evidence"] == "A log"
    assert api.patch(one, {"evidence": "Mine"}, headers=held).status_code == 412
    assert api.delete(one, headers=held).status_code == 412
    assert api.delete(one, headers={"If-Match": changed["ETag"]}).status_code == 204


def test_stranger_finds_nothing(stranger, retail):
    record = PostmortemFactory(unit=retail, published=True)
    coding = CodingFactory(postmortem=record)
    assert stranger.get(address("postmortem-list")).json()["results"] == []
    for page in (
        address("postmortem-detail", record.pk),
        address("postmortem-coding-list", record.pk),
        address("postmortem-coding-detail", record.pk, coding.pk),
        address("postmortem-timeline-list", record.pk),
        address("postmortem-action-list", record.pk),
    ):
        assert stranger.get(page).status_code == 404, page
    body = {"unit": str(retail.pk), "title": "X"}
    assert stranger.post(address("postmortem-list"), body).status_code == 400


def test_list_searches_and_filters(api, retail):
    PostmortemFactory(unit=retail, title="Demand forecast", sector="retail")
    PostmortemFactory(unit=retail, title="Churn", sector="finance")

    def found(**asked):
        rows = api.get(address("postmortem-list"), asked).json()["results"]
        return {row["text"]["title"] for row in rows}

    assert found(q="forecasts") == {"Demand forecast"}
    assert found(sector="finance") == {"Churn"}
    assert found(sector=["finance", "retail"]) == {"Churn", "Demand forecast"}
    assert found(detected_from="2027-01-01") == set()
    assert api.get(address("postmortem-list"), {"sector": "nowhere"}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"promised": 1e300},
        {"detected_on": "9999-01-01"},
        {"harmed_count": 10**12},
        {"cost": "1", "currency": ""},
        {"cost": "0.001", "currency": "EUR"},
        {"opportunity": "1"},
        {"currency": "EUR"},
        {"spent": "1", "wasted": "2", "currency": "EUR"},
        {"introduced_on": "2026-03-02", "detected_on": "2026-03-01"},
        {"introduced_precision": "century"},
        {"summary": "a\0b"},
        {"plumbing_percent": 101},
        {"title": "t" * 201},
    ],
)
def test_faulty_values_are_refused(api, retail, body):
    record = PostmortemFactory(unit=retail)
    one = address("postmortem-detail", record.pk)
    reply = api.patch(one, body, headers={"If-Match": "*"})
    assert reply.status_code == 400, reply.content


def test_list_asks_as_often_for_many_as_for_one(api, retail):
    counts = []
    for more in (1, 19):
        for _each in range(more):
            CodingFactory(postmortem=PostmortemFactory(unit=retail))
        with CaptureQueriesContext(connection) as queries:
            api.get(address("postmortem-list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Postmortem.objects.count() == 20


def test_comments_completeness_likeness_and_facets(api, retail, bob):
    one, twin = (
        PostmortemFactory(unit=retail, published=True, title="Shop alarms were returns")
        for _ in range(2)
    )
    comments = address("postmortem-comment-list", one.pk)
    made = api.post(comments, {"text": "The till log says so."})
    assert made.status_code == 201
    assert made.json()["author"] == "alice"
    assert api.post(comments, {"text": " "}).status_code == 400
    assert [row["text"] for row in api.get(comments).json()["results"]] == [
        "The till log says so."
    ]
    gone = f"{comments}{made.json()['id']}/"
    assert api.delete(gone).status_code == 204
    assert api.get(gone).status_code == 404
    told = api.get(address("postmortem-completeness", one.pk)).json()
    assert 0 < told["share"] < 1
    assert {"code", "label"} == set(told["wishes"][0])
    similar = address("postmortem-similar", one.pk)
    assert [row["is_confirmed"] for row in api.get(similar).json()] == [False]
    judged = api.post(f"{similar}{twin.pk}/", {"verdict": "denied"})
    assert judged.json() == {"verdict": "denied"}
    assert api.get(similar).json() == []
    assert api.post(f"{similar}{twin.pk}/", {"verdict": "maybe"}).status_code == 400
    assert api.post(f"{similar}{one.pk}/", {"verdict": "denied"}).status_code == 422
    found = api.get(reverse("api-postmortem-facets"), {"q": "alarms"}).json()
    assert found["outcome"][0]["count"] == 2
    none = api.get(reverse("api-postmortem-facets"), {"q": "nothing"}).json()
    assert none["outcome"] == []


def test_earlier_versions_and_agreement(api, retail):
    row = PostmortemFactory(unit=retail)
    one = address("postmortem-detail", row.pk)
    for summary in ("First", "Second"):
        api.patch(one, {"summary": summary}, headers={"If-Match": "*"})
    history = reverse("api-postmortem-version-list", args=[row.pk])
    newest, _older = api.get(history).json()["results"]
    assert (newest["before"]["summary"], newest["after"]["summary"]) == (
        "First",
        "Second",
    )
    back = f"{history}{newest['id']}/restore/"
    assert api.post(back).status_code == 428
    restored = api.post(back, headers={"If-Match": api.get(one)["ETag"]})
    assert restored.json()["text"]["summary"] == "First"
    told = api.get(reverse("api-postmortem-agreement")).json()
    assert told["records"] == 0
    assert told["alpha"]["reason"] == "too_few"


def test_proposals_are_made_listed_and_decided(api, retail, admin):
    row = PostmortemFactory(unit=retail, published=True)
    of_record = reverse("api-postmortem-proposal-list", args=[row.pk])
    body = {"kind": "practice", "text": "Split before anything else."}
    made = api.post(of_record, body)
    assert made.status_code == 201
    assert made.json()["state"] == "open"
    assert api.post(of_record, {**body, "target": "nothing"}).status_code == 422
    found = api.get(reverse("api-proposal-list"), {"state": "open"}).json()["results"]
    assert [each["id"] for each in found] == [made.json()["id"]]
    verdict = reverse("api-proposal-decide", args=[made.json()["id"]])
    assert api.post(verdict, {"state": "accepted"}).status_code == 403
    api.force_authenticate(admin)
    assert api.post(verdict, {"state": "declined"}).status_code == 422
    assert api.post(verdict, {"state": "accepted"}).json()["state"] == "accepted"


def test_files_are_attached_read_and_removed(api, retail, settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "kept"
    row = PostmortemFactory(unit=retail, published=True)
    files = reverse("api-postmortem-file-list", args=[row.pk])
    sent = SimpleUploadedFile("log.txt", b"The till log.")
    made = api.post(files, {"file": sent}, format="multipart")
    assert made.status_code == 201
    one = f"{files}{made.json()['id']}/"
    content = api.get(f"{one}content/")
    assert content.getvalue() == b"The till log."
    assert content["X-Content-Type-Options"] == "nosniff"
    assert [each["name"] for each in api.get(files).json()["results"]] == ["log.txt"]
    assert api.delete(one).status_code == 204
    assert api.get(one).status_code == 404


def test_sharing_is_changed_with_the_tag_just_read(api, retail):
    record = PostmortemFactory(unit=retail)
    one = address("postmortem-sharing", record.pk)
    tag = api.get(one)["ETag"]
    assert api.get(one)["ETag"] == tag
    body = {"pseudonyms": [{"name": "Bob", "pseudonym": "An engineer"}]}
    written = api.patch(one, body, headers={"If-Match": tag}, format="json")
    assert written.status_code == 200, written.content
    stale = api.post(
        address("postmortem-sharing-sign", record.pk), headers={"If-Match": tag}
    )
    assert stale.status_code == 412
    doubled = {"pseudonyms": body["pseudonyms"] * 2}
    refused = api.patch(one, doubled, headers={"If-Match": "*"}, format="json")
    assert refused.json()["errors"][0]["pointer"] == "/pseudonyms"


def test_language_changes_to_one_that_the_record_is_told_in(api, retail):
    record = PostmortemFactory(unit=retail, title="Churn")
    PostmortemText.objects.create(postmortem=record, language="ru", title="Отток")
    one = address("postmortem-detail", record.pk)
    changed = api.patch(
        one, {"language": "ru", "summary": "Ушли."}, headers={"If-Match": "*"}
    )
    assert changed.status_code == 200, changed.content
    told = {text.language: text.title for text in record.texts.all()}
    assert told == {"en": "Churn", "ru": "Отток"}
    assert record.texts.get(language="ru").summary == "Ушли."


def test_one_amount_changes_in_the_currency_of_the_record(api, retail):
    record = PostmortemFactory(unit=retail)
    one = address("postmortem-detail", record.pk)
    for body in (
        {"cost": "100", "currency": "EUR"},
        {"wasted": "50", "currency": "EUR"},
        {"cost": "200"},
        {"cost": None},
    ):
        reply = api.patch(one, body, headers={"If-Match": "*"}, format="json")
        assert reply.status_code == 200, reply.content
    told = reply.json()
    assert (told["cost"], told["wasted"], told["currency"]) == (None, "50.00", "EUR")


@pytest.mark.parametrize(
    ("part", "body", "field"),
    [
        ("timeline", {"on": "1000-01-01", "text": "Begun"}, "/on"),
        ("action", {"text": "Do", "kind": "learn", "due_on": "9999-12-31"}, "/due_on"),
        (
            "action",
            {"text": "Do", "kind": "learn", "cause_slug": "no-such"},
            "/cause_slug",
        ),
    ],
)
def test_parts_take_only_what_a_file_may_bring_back(api, retail, part, body, field):
    record = PostmortemFactory(unit=retail)
    refused = api.post(address(f"postmortem-{part}-list", record.pk), body)
    assert refused.status_code in {400, 422}
    assert [each["pointer"] for each in refused.json()["errors"]] == [field]


def test_judgement_at_fault_is_pointed_at(retail, alice, carol):
    CauseFactory(slug="leakage")
    record = PostmortemFactory(unit=retail, author=carol)
    second_coding.invite(postmortem=record, coder=alice, by=carol)
    client = APIClient()
    client.force_login(alice)
    known = {"cause": "leakage", "role": "root", "confidence": "known"}
    refused = client.patch(
        address("postmortem-second-coding", record.pk),
        {"judgements": [known, {**known, "cause": "nope"}]},
        headers={"If-Match": "*"},
        format="json",
    )
    assert refused.json()["errors"][0]["pointer"] == "/judgements/1/cause"


def test_records_are_listed_by_year(api, retail):
    PostmortemFactory(unit=retail, published=True, detected_on="1965-05-05")
    PostmortemFactory(unit=retail, published=True, detected_on="2026-05-05")
    listed = api.get(address("postmortem-list"), {"year": "1965"}).json()["results"]
    assert [row["detected_on"] for row in listed] == ["1965-05-05"]


def test_lost_import_is_told_to_have_failed(api, retail, alice):
    CauseFactory(slug="leakage")
    run = send(many(1, 0)[0], retail, alice)
    run = imports.start(run=run, by=alice, mode="partial", is_dry=True)
    one = address("import-detail", run.pk)
    assert api.get(one).json()["stage"] == "waiting"
    Job.objects.filter(pk=run.job_id).update(state=JobState.DEAD)
    assert api.get(one).json()["stage"] == "failed"


def test_dates_are_judged_by_the_precision_that_is_stored(api, retail):
    record = PostmortemFactory(unit=retail, detected_precision="month")
    one = address("postmortem-detail", record.pk)
    dates = {"introduced_on": "2026-05-20", "detected_on": "2026-05-01"}
    assert api.patch(one, dates, headers={"If-Match": "*"}).status_code == 200
    exact = {"detected_precision": "day"}
    assert api.patch(one, exact, headers={"If-Match": "*"}).status_code == 400
    assert api.patch(one, {"title": "T"}, headers={"If-Match": "*"}).status_code == 200
