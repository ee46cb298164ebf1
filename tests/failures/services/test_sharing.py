import pytest
from django.utils import timezone

from failures.models import ActionItem
from failures.selectors.sharing import shared, shared_sheet
from failures.services import postmortems, sharing
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import EditConflict
from tests.factories.failures import CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
NAMES = [
    {"name": "Acme Labs", "pseudonym": "Vendor A"},
    {"name": "Carol", "pseudonym": "An engineer"},
]


@pytest.fixture
def record(retail, carol, alice):
    record = PostmortemFactory(unit=retail, author=carol)
    values = {
        "title": "Alarms of Acme Labs",
        "summary": "Carol noticed it; Acme Labs had not.",
        "developer": "Acme Labs",
    }
    record = postmortems.save_step(postmortem=record, by=carol, values=values)
    CodingFactory(
        postmortem=record, evidence="Carol's log", evidence_url="https://inside/log"
    )
    ActionItem.objects.create(
        postmortem=record,
        text="Ask Acme Labs",
        kind="learn",
        owner=carol,
        link="https://inside/ticket",
    )
    return record


def write(record, by, names=NAMES, **options):
    return sharing.write_names(postmortem=record, pseudonyms=names, by=by, **options)


def sign(record, by):
    return sharing.sign_off(postmortem=record, by=by, at=timezone.now())


def test_names_links_and_people_are_gone_in_every_part(record, alice):
    assert shared(record).suggestions[:1] == ["Acme Labs"]
    write(record, alice)
    found = shared(record)
    assert found.suggestions == []
    sheet = shared_sheet(record, found, user=alice, language="en")
    assert sheet.text.summary == "An engineer noticed it; Vendor A had not."
    assert sheet.codings[0].evidence == "An engineer's log"
    assert sheet.actions[0].owner is None
    told = (
        f"{found.row} {sheet.text.title} {sheet.measurements} {sheet.actions[0].text}"
    )
    for gone in ("Acme", "Carol", "inside"):
        assert gone not in told


def test_sign_off_holds_until_something_is_said_otherwise(record, alice, carol):
    write(record, carol)
    sign(record, alice)
    sign(record, alice)
    assert AuditEvent.objects.filter(verb="sharing_signed_off").count() == 1
    assert shared(record).is_signed_off
    postmortems.set_visibility(postmortem=record, visibility="shareable", by=alice)
    assert shared(record).is_signed_off
    postmortems.save_step(postmortem=record, by=carol, values={"lessons": "Acme Labs."})
    assert not shared(record).is_signed_off
    sign(record, alice)
    write(record, carol, NAMES[:1])
    assert not shared(record).is_signed_off


def test_nothing_is_shareable_before_the_sign_off(record, alice):
    with pytest.raises(sharing.SharingRefused):
        postmortems.set_visibility(postmortem=record, visibility="shareable", by=alice)
    record.refresh_from_db()
    assert record.visibility != "shareable"


def test_names_stay_out_of_the_trail(record, alice):
    write(record, alice)
    event = AuditEvent.objects.get(verb="sharing_names_written")
    assert "Acme" not in f"{event.before}{event.after}"


@pytest.mark.parametrize(
    "names",
    [
        [{"name": "", "pseudonym": "A"}],
        [{"name": "A", "pseudonym": " "}],
        [{"name": "A", "pseudonym": "B"}, {"name": "a", "pseudonym": "C"}],
        [{"name": "x" * 201, "pseudonym": "B"}],
        [{"name": f"n{n}", "pseudonym": "B"} for n in range(sharing.MOST + 1)],
    ],
)
def test_names_that_cannot_work_are_refused(record, alice, names):
    with pytest.raises(sharing.SharingRefused):
        write(record, alice, names)


def test_stale_names_are_a_conflict(record, alice):
    write(record, alice)
    with pytest.raises(EditConflict):
        write(record, alice, [], expected_version=1)


def test_sealed_causes_wait(record, alice):
    record.severity, record.causes_sealed = "high", True
    record.save()
    assert "causes" not in shared(record).row
    with pytest.raises(sharing.SharingRefused):
        sign(record, alice)


def test_sign_off_is_for_what_was_read(record, alice, carol):
    read = shared(record).digest
    assert shared(record).etag == shared(record).etag
    postmortems.save_step(postmortem=record, by=carol, values={"lessons": "Bob did."})
    with pytest.raises(EditConflict):
        sharing.sign_off(
            postmortem=record, by=alice, at=timezone.now(), expected_digest=read
        )
    assert not shared(record).is_signed_off


def test_sources_and_prose_tell_no_names_and_no_links(record, alice):
    record.sources.create(title="Talk with Carol", publisher="Acme Labs News")
    record.texts.update(actual="Carol wrote [it](https://inside/page) down.")
    write(record, alice)
    sheet = shared_sheet(record, shared(record), user=alice, language="en")
    assert sheet.sources[0].title == "Talk with An engineer"
    assert sheet.sources[0].publisher == "Vendor A News"
    assert ("what happened", "An engineer wrote it down.") in sheet.story


def test_what_is_written_instead_is_no_suggestion(record, alice, carol):
    postmortems.save_step(
        postmortem=record, by=carol, values={"organization": "Acme Labs"}
    )
    write(record, alice)
    assert "Vendor A" not in shared(record).suggestions
