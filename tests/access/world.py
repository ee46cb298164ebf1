"""One small organization with every kind of object in three places.

Alice manages retail, with pricing below it; charlie manages elsewhere; olga manages
all of it, and so writes questionnaires. Everything
carries words that nobody outside may read (`Secret`).
"""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.selectors import digest_of
from accounts.services.tokens import create_token
from failures.models import (
    ActionItem,
    Attachment,
    CauseCoding,
    FailureCause,
    ImportFault,
    ImportRun,
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Practice,
    Proposal,
    PublishedRate,
    RecordComment,
    SecondCoding,
    Sharing,
    TimelineEntry,
)
from failures.selectors import sharing as sharing_of
from failures.services.copies import refresh_causes, refresh_search
from portfolio.services.refresh import refresh
from projects.models import (
    Answer,
    Assessment,
    Comment,
    EvidenceFile,
    GateOverride,
    Mitigation,
    Outcome,
    Project,
    ProjectText,
    Scenario,
    SectionReview,
    Thread,
)
from projects.scoring.surveyjs import Options
from projects.services import assessments, backtests, draft_reviews, drafts
from projects.services.survey_imports import import_draft
from riskbase.shared import blobs
from riskbase.shared.audit import trail
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.jobs.models import Job
from tests.factories.accounts import MembershipFactory, UnitFactory, UserFactory
from tests.factories.projects import (
    AnswerFactory,
    AssessmentFactory,
    ProjectFactory,
    QuestionnaireVersionFactory,
    taxonomy_of,
    words,
)

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
ON = dt.date(2026, 2, 2)
PLACES = ("retail", "pricing", "elsewhere")
PEOPLE = {
    "alice": ("retail", "manager"),
    "carol": ("retail", "contributor"),
    "bob": ("retail", "reviewer"),
    "vera": ("retail", "viewer"),
    "charlie": ("elsewhere", "manager"),
    "olga": ("organization", "manager"),
}
RECORDS_IN = {
    "pricing": {"draft record"},
    "elsewhere": {"restricted record", "draft record", "open record"},
}
"""Retail has every kind of record; the other places those that tell most."""
PERSONAS = ("nobody", "charlie", "vera", "carol", "bob", "alice", "olga", "admin")
REVIEWERS = {"retail": "bob", "pricing": "bob", "elsewhere": "charlie"}
SEEING_RESTRICTED = {"manager", "reviewer"}


def role_in(persona: str, place: str) -> str:
    """Return the role a persona holds in a place; "" outside."""
    if persona == "admin":
        return "admin"
    home, role = PEOPLE.get(persona, ("", ""))
    inside = {
        "retail": ("retail", "pricing"),
        "elsewhere": ("elsewhere",),
        "organization": PLACES,
    }
    return role if place in inside.get(home, ()) else ""


@dataclass(frozen=True)
class Secret:
    """Words that only `readers` may meet in an answer."""

    text: str
    topic: str
    readers: frozenset[str]


@dataclass
class World:
    """Objects by kind and place, people by name, and what must not be told."""

    things: dict[tuple[str, str], Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)

    def add(self, kind: str, place: str, thing: Any) -> Any:
        self.things[kind, place] = thing
        return thing

    def hide(self, text: str, topic: str, place: str, *, also: str = "") -> str:
        """Return `text`, now a secret of those inside the place."""
        return self._hide(text, topic, lambda name: bool(role_in(name, place)), also)

    def restrict(self, text: str, topic: str, place: str, *, also: str = "") -> str:
        """Return `text`, now a secret of those who see restricted records there."""
        seeing = {*SEEING_RESTRICTED, "admin"}
        return self._hide(text, topic, lambda n: role_in(n, place) in seeing, also)

    def _hide(self, text: str, topic: str, reads: Any, also: str) -> str:
        readers = {name for name in PERSONAS if reads(name)} | {also}
        self.secrets.append(Secret(text, topic, frozenset(readers)))
        return text

    def places_of(self, kinds: Any) -> list[str]:
        """Return the places that have every one of these kinds."""
        return [
            place
            for place in PLACES
            if all((kind, place) in self.things for kind in kinds)
        ]

    def arguments(self, fills: Mapping[str, str], place: str) -> dict[str, Any]:
        """Return URL arguments: the id of each thing, or a plain text as it is."""
        things = {name: self.things[kind, place] for name, kind in fills.items()}
        return {
            name: thing if isinstance(thing, str) else id_of(thing)
            for name, thing in things.items()
        }


def id_of(thing: Any) -> Any:
    """Return what addresses use; a token's primary key is its digest."""
    return getattr(thing, "id", thing.pk)


def build() -> World:
    """Write the world into the database."""
    world = World()
    _knowledge(world)
    root = UnitFactory(name="Organization")
    parent = {"retail": root, "elsewhere": root}
    for place in PLACES:
        name = world.hide(f"zqunit{place}", "unit", place)
        above = parent.get(place) or world.things["unit", "retail"]
        world.add("unit", place, UnitFactory(name=name, parent=above))
    for name, (place, role) in PEOPLE.items():
        person = UserFactory(username=name, first_name=name.capitalize())
        unit = root if place == "organization" else world.things["unit", place]
        MembershipFactory(user=person, unit=unit, role=role)
        world.people[name] = person
    world.people["admin"] = UserFactory(
        username="admin", is_superuser=True, is_staff=True
    )
    for place in PLACES:
        _people(world, place)
        _projects(world, place)
        _records(world, place)
    _personal(world)
    _authoring(world)
    _outside_cases(world)
    refresh(at=AT)
    return world


def _knowledge(world: World) -> None:
    taxonomy_of()
    version = QuestionnaireVersionFactory()
    practice = Practice.objects.create(
        slug="split-first",
        title=words("Split first"),
        kind="prevent",
        effect="0.30",
        cause_slugs=["leakage", "lk-split"],
    )
    Practice.objects.create(
        slug="ask-users",
        title=words("Ask users"),
        kind="prevent",
        effect="0.20",
        cause_slugs=["unclear-problem"],
    )
    PublishedRate.objects.create(
        slug="rate", statement=words("Most fail"), source="Paper", reliability="weak"
    )
    for place in PLACES:
        world.add("questionnaire version", place, version)
        world.add("practice", place, practice)
        world.add("cause", place, "leakage")


def _authoring(world: World) -> None:
    """What is being written: seen by those who may write questionnaires."""
    by, version = world.people["olga"], world.things["questionnaire version", "retail"]
    draft = drafts.copy(version=version, by=by)
    sent = drafts.copy(version=version, by=by)
    things = {
        "draft version": draft,
        "sent version": draft_reviews.send(version=sent, by=by, at=AT),
        "imported version": import_draft(
            survey='{"elements": [{"type": "boolean", "name": "tested"}]}',
            options=Options("imported"),
            by=by,
        ).draft,
        "backtest": backtests.request(version=draft, by=by),
    }
    for place in PLACES:
        for kind, thing in things.items():
            world.add(kind, place, thing)


def _people(world: World, place: str) -> None:
    unit = world.things["unit", place]
    name = world.hide(f"Zqowner{place}", "person", place)
    owner = UserFactory(username=f"owner-{place}", first_name=name)
    membership = MembershipFactory(user=owner, unit=unit, role="contributor")
    world.add("owner", place, owner)
    world.add("membership", place, membership)
    world.add(
        "invitation",
        place,
        unit.invitations.create(
            email=world.hide(f"zqmail{place}@example.org", "invitation", place),
            digest=f"{place:0>64}",
            invited_by=world.people["admin"],
            expires_at=AT + dt.timedelta(days=3650),
        ),
    )


def _projects(world: World, place: str) -> None:
    running = _project(world, place, "running")
    submitted = AssessmentFactory(
        project=running, started_by=world.things["owner", place]
    )
    comment = world.hide(f"zqcomment{place}", "answer", place)
    # "none" fires a gate, for which an exception is wanted below.
    AnswerFactory(assessment=submitted, comment=comment, value="none")
    AnswerFactory(assessment=submitted, question="split", value="none")
    assessments.submit(assessment=submitted, by=world.things["owner", place], at=AT)
    submitted = Assessment.objects.get(pk=submitted.pk)
    world.add("submitted assessment", place, submitted)
    world.add("scoring run", place, submitted.runs.get())
    _reviews(world, place, submitted)
    draft = AssessmentFactory(project=running, started_by=world.things["owner", place])
    remark = world.hide(f"zqremark{place}", "answer", place)
    AnswerFactory(assessment=draft, comment=remark)
    world.add("draft assessment", place, draft)
    world.add(
        "draft's evidence",
        place,
        EvidenceFile.objects.create(
            assessment=draft,
            question="stated",
            name=world.hide(f"zqdraftfile{place}.txt", "answer", place),
            content_type="text/plain",
            size=7,
            sha256=blobs.keep(io.BytesIO(b"Signed."), limit=10).sha256,
        ),
    )
    world.add("answer", place, Answer.objects.get(assessment=draft))
    compared = _project(world, place, "compared")
    for value in ("none", "signed"):
        again = AssessmentFactory(
            project=compared, started_by=world.things["owner", place]
        )
        AnswerFactory(assessment=again, value=value)
        assessments.submit(assessment=again, by=world.things["owner", place], at=AT)
    world.add("compared project", place, compared)
    outdated = QuestionnaireVersionFactory(questionnaire__code="moved", state="retired")
    QuestionnaireVersionFactory(questionnaire=outdated.questionnaire, number=2)
    world.add(
        "outdated assessment",
        place,
        AssessmentFactory(
            project=running,
            questionnaire_version=outdated,
            started_by=world.things["owner", place],
        ),
    )
    running.refresh_from_db()
    world.add("project", place, running)
    practice = world.things["practice", place]
    note = world.hide(f"zqnote{place}", "mitigation", place)
    for state in ("planned", "implemented"):
        host = running
        if state == "implemented":
            host = _project(world, place, "mitigated")
            world.add("mitigated project", place, host)
        mitigation = Mitigation.objects.create(
            project=host, practice=practice, state=state, note=note
        )
        world.add(f"{state} mitigation", place, mitigation)
    closed = _project(world, place, "closed", state="closed", current_outcome="failed")
    world.add("closed project", place, closed)
    world.add(
        "outcome",
        place,
        Outcome.objects.create(
            project=closed,
            kind="failed",
            happened_on=ON,
            stage="operation",
            statement=world.hide(f"zqstatement{place}", "outcome", place),
            quarter=8104,
        ),
    )


def _reviews(world: World, place: str, assessment: Assessment) -> None:
    """A reviewer who is a persona, a conversation and an exception of the owner's."""
    owner = world.things["owner", place]
    for kind, name in (("review", REVIEWERS[place]), ("admin's review", "admin")):
        review = SectionReview.objects.create(
            assessment=assessment,
            section="problem",
            reviewer=world.people[name],
            note=world.hide(f"zqverdict{kind[:5]}{place}", "review", place),
        )
        world.add(kind, place, review)
    thread = Thread.objects.create(
        assessment=assessment, question="stated", opened_by=owner
    )
    said = world.hide(f"zqsaid{place}", "review", place)
    Comment.objects.create(thread=thread, author=owner, text=said)
    world.add("thread", place, thread)
    override = GateOverride.objects.create(
        assessment=assessment,
        gate="no_problem",
        reason=world.hide(f"zqreason{place}", "review", place),
        expires_on=AT + dt.timedelta(days=3650),
        requested_by=owner,
    )
    world.add("override", place, override)
    scenario = Scenario.objects.create(
        assessment=assessment,
        name=world.hide(f"zqscenario{place}", "review", place),
        created_by=owner,
    )
    world.add("scenario", place, scenario)
    file = EvidenceFile.objects.create(
        assessment=assessment,
        question="stated",
        name=world.hide(f"zqfile{place}.txt", "review", place),
        content_type="text/plain",
        size=7,
        sha256=blobs.keep(io.BytesIO(b"Signed."), limit=10).sha256,
        uploaded_by=owner,
    )
    world.add("evidence", place, file)


def _project(world: World, place: str, sort: str, **values: Any) -> Project:
    project = ProjectFactory(
        unit=world.things["unit", place],
        owner=world.things["owner", place],
        name=world.hide(f"zqproject{sort}{place}", "project", place),
        reference=f"P-{sort[:4]}-{place}",
        **values,
    )
    goal = world.hide(f"zqgoal{sort}{place}", "project", place)
    ProjectText.objects.create(project=project, goal=goal)
    trail.record(
        by=world.things["owner", place],
        verb="project.created",
        target=project,
        after={"goal": goal},
    )
    return project


def _records(world: World, place: str) -> None:
    """A record of every state and visibility; their author is no persona."""
    sorts = {
        "published record": ("published", "unit", world.hide),
        "reviewed record": ("in_review", "unit", world.hide),
        "draft record": ("draft", "unit", world.restrict),
        "restricted record": ("published", "restricted", world.restrict),
        "open record": ("published", "organization", None),
        "open draft": ("draft", "organization", world.restrict),
    }
    for kind, (state, visibility, hide) in sorts.items():
        if kind in RECORDS_IN.get(place, sorts):
            _record(world, kind, place, hide, state=state, visibility=visibility)
    run = ImportRun.objects.create(
        unit=world.things["unit", place],
        requested_by=world.things["owner", place],
        sha256=blobs.keep(io.BytesIO(b"a,title\n1,2\n"), limit=100).sha256,
        name=world.restrict(f"zqfile{place}.csv", "import", place),
        size=12,
        format="csv",
        head=["a", "title"],
        rows=1,
        mapping={"title": "title"},
    )
    ImportFault.objects.create(
        run=run,
        row=2,
        column="a",
        code="required",
        value=world.restrict(f"zqfault{place}", "import", place),
    )
    world.add("import", place, run)
    failed = Outcome.objects.get(pk=world.things["outcome", place].pk)
    failed.postmortem = world.things.get(("restricted record", place))
    failed.save()


def _record(
    world: World, kind: str, place: str, hide: Any, *, also: str = "", **values: Any
) -> Postmortem:
    author = world.people[also] if also else world.things["owner", place]
    letters = kind.replace(" ", "")
    record = Postmortem.objects.create(
        reference=f"{letters[:10]}-{place}",
        **{
            "unit": world.things["unit", place],
            "author": author,
            "published_at": AT if values["state"] == "published" else None,
            "outcome": "failed",
            "severity": "moderate",
            "sector": "retail",
            "detected_on": ON,
            "quarter": 8104,
            "release": taxonomy_of(),
            **values,
        },
    )

    def text(name: str) -> str:
        found = f"zq{name}{letters}{place}"
        return hide(found, "record", place, also=also) if hide else f"open {name}"

    PostmortemText.objects.create(
        postmortem=record,
        language="en",
        title=text("title"),
        summary=text("summary"),
        actual=text("actual"),
    )
    PostmortemDetail.objects.create(postmortem=record)
    parts = {
        "coding": CauseCoding.objects.create(
            postmortem=record,
            cause=FailureCause.objects.get(slug="leakage", release=record.release),
            role="root",
            confidence="known",
            evidence=text("evidence"),
            sector="retail",
            quarter=8104,
        ),
        "step": TimelineEntry.objects.create(
            postmortem=record, on=ON, text=text("step")
        ),
        "follow-up": ActionItem.objects.create(
            postmortem=record, text=text("action"), kind="prevent"
        ),
        "proposal": Proposal.objects.create(
            postmortem=record, kind="question", text=text("proposal")
        ),
        "file": Attachment.objects.create(
            postmortem=record,
            name=f"{text('file')}.txt",
            content_type="text/plain",
            size=7,
            sha256=blobs.keep(io.BytesIO(b"Signed."), limit=10).sha256,
        ),
        "comment": RecordComment.objects.create(
            postmortem=record, text=text("comment")
        ),
    }
    for part, row in parts.items():
        world.add(f"{part} of {kind}", place, row)
    refresh_causes(record)
    refresh_search([record.pk])
    Sharing.objects.create(
        postmortem=record,
        signed_digest=sharing_of.digest_of(sharing_of.shared(record).row),
        signed_at=AT,
    )
    changed = trail.record(
        by=author,
        verb="postmortem_changed",
        target=record,
        before={"summary": text("earlier")},
        after={"summary": "Later"},
    )
    world.add(f"change of {kind}", place, changed)
    trail.record(
        by=author,
        verb="postmortem_created",
        target=record,
        after={"title": record.texts.get().title},
    )
    return world.add(kind, place, record)


def _personal(world: World) -> None:
    """What belongs to one person, and to nobody's unit."""
    link = "an-invitation-token"
    sent = world.things["invitation", "retail"]
    sent.digest = digest_of(link)
    sent.save()
    world.add("invitation link", "retail", link)
    for name, place in (("alice", "retail"), ("charlie", "elsewhere")):
        token, _secret = create_token(
            by=world.people[name],
            name=f"zqtoken{name}",
            scopes=["read"],
            days=30,
        )
        readers = frozenset({name, "admin"})
        world.secrets.append(Secret(f"zqtoken{name}", "token", readers))
        world.add(f"{name}'s token", place, token)
    carols = {"hide": world.restrict, "also": "carol"}
    _record(
        world, "carol's draft", "retail", state="draft", visibility="unit", **carols
    )
    _record(
        world,
        "carol's restricted",
        "retail",
        state="published",
        visibility="restricted",
        **carols,
    )
    doubled = _record(
        world, "doubled record", "retail", None, state="in_review", visibility="unit"
    )
    coder = world.people["admin"]
    SecondCoding.objects.create(
        postmortem=doubled,
        coder=coder,
        judgements=[{"cause": "leakage", "role": "root", "confidence": "known"}],
    )
    refresh_causes(doubled)
    event = AuditEvent.objects.filter(verb="project.created").first()
    refreshing = Job.objects.create(kind="portfolio.refresh", key="all")
    other = Job.objects.create(kind="import", key="zqjob")
    world.secrets.append(Secret("zqjob", "job", frozenset({"admin"})))
    for place in PLACES:
        world.add("audit event", place, event)
        world.add("refreshing job", place, refreshing)
        world.add("other job", place, other)
        world.add("person", place, world.things["owner", "pricing"])


def _outside_cases(world: World) -> None:
    """Cases stand in no unit: public ones are open, imported ones are locked."""
    nowhere = {"unit": None, "author": None}
    for place in ("retail",):
        _record(
            world,
            "public case",
            place,
            None,
            state="published",
            visibility="shareable",
            origin="case",
            **nowhere,
        )
        _record(
            world,
            "imported case",
            place,
            lambda text, topic, _place, also: world._hide(
                text, topic, lambda name: name == "admin", also
            ),
            state="published",
            visibility="restricted",
            origin="import",
            **nowhere,
        )
