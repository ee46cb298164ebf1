"""Fills the lists: so many rows of a sort, no two sharing what a page looks up."""

import datetime as dt
from functools import cached_property

from accounts.models import ApiToken, Membership, Unit, UnitAncestry, User
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
    Source,
    TimelineEntry,
)
from failures.services.copies import refresh_search
from projects.models import (
    Assessment,
    Backtest,
    BacktestLine,
    Comment,
    EvidenceFile,
    GateOverride,
    Mitigation,
    Outcome,
    Project,
    ProjectCause,
    ProjectText,
    QuestionnaireVersion,
    Scenario,
    ScoringRun,
    SectionReview,
    Thread,
)
from projects.scoring.backtest import Tally
from riskbase.shared.audit import trail
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.jobs.models import Job
from tests.factories.projects import QuestionnaireVersionFactory, taxonomy_of, words
from tests.factories.runs import scored

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
ON = dt.date(2026, 2, 2)


class Filling:
    """What a list is about (`unit`, `project`, `record`), and its rows so far."""

    def __init__(self, *, unit, admin, alice):
        self.unit, self.admin, self.alice = unit, admin, alice
        self.made = 0
        self.release = taxonomy_of()
        self.version = QuestionnaireVersionFactory()
        self.practice = Practice.objects.create(
            slug="first",
            title=words("First"),
            kind="prevent",
            effect="0.20",
            cause_slugs=["leakage"],
        )
        self.backtest = Backtest.objects.create(
            questionnaire_version=self.version,
            digest=self.version.digest,
            document=self.version.document,
            finished_at=AT,
            result={"scope": "same", **Tally().to_json()},
        )
        self.project = self._projects(1)[0]
        self.record = self._records(1)[0]
        self._assessed([self.project])
        self.assessment = self.project.assessments.get()
        self.thread = Thread.objects.create(
            assessment=self.assessment, question="stated", opened_by=alice
        )

    def up_to(self, kind, size):
        """Make rows until there are `size` of them."""
        getattr(self, kind)(size - self.made)
        self.made = size

    def _numbers(self, count):
        start = getattr(self, "_used", 0)
        self._used = start + count
        return range(start, start + count)

    def people(self, count):
        return User.objects.bulk_create(
            User(username=f"p{n}", email=f"p{n}@example.org", first_name=f"Person {n}")
            for n in self._numbers(count)
        )

    def tokens(self, count):
        for n in self._numbers(count):
            ApiToken.objects.create(user=self.alice, name=f"t{n}", scopes=["read"])

    def units(self, count):
        rows = Unit.objects.bulk_create(
            Unit(name=f"Unit {n}", parent=self.unit) for n in self._numbers(count)
        )
        above = list(UnitAncestry.objects.filter(descendant=self.unit))
        UnitAncestry.objects.bulk_create(
            UnitAncestry(
                ancestor_id=up.ancestor_id, descendant=row, distance=up.distance + 1
            )
            for row in rows
            for up in above
        )
        UnitAncestry.objects.bulk_create(
            UnitAncestry(ancestor=row, descendant=row, distance=0) for row in rows
        )
        return rows

    def members(self, count):
        Membership.objects.bulk_create(
            Membership(user=person, unit=self.unit, role="viewer")
            for person in self.people(count)
        )

    def events(self, count):
        AuditEvent.objects.bulk_create(
            AuditEvent(
                actor=person,
                actor_name=person.username,
                verb="unit.renamed",
                target_type="accounts.unit",
                target_id=str(self.unit.pk),
                before={"name": "A"},
                after={"name": "B"},
                via="page",
            )
            for person in self.people(count)
        )

    def jobs(self, count):
        Job.objects.bulk_create(
            Job(kind="import", key=str(person.pk), requested_by=person)
            for person in self.people(count)
        )

    def causes(self, count):
        parent = FailureCause.objects.get(release=self.release, slug="leakage")
        return FailureCause.objects.bulk_create(
            FailureCause(
                release=self.release,
                parent=parent,
                slug=f"cause-{n}",
                position=100 + n,
                title=words(f"Cause {n}"),
                definition=words("."),
                stages=["training"],
                warning_signs=[words("Sign")],
                checks=[words("Check")],
                robustness_related=False,
            )
            for n in self._numbers(count)
        )

    def practices(self, count):
        return Practice.objects.bulk_create(
            Practice(
                slug=f"practice-{n}",
                title=words(f"Practice {n}"),
                kind="prevent",
                effect="0.20",
                cause_slugs=["leakage"],
            )
            for n in self._numbers(count)
        )

    def rates(self, count):
        PublishedRate.objects.bulk_create(
            PublishedRate(
                slug=f"rate-{n}",
                position=n,
                statement=words("Most fail"),
                source="Paper",
                cause_slug="leakage",
                reliability="weak",
            )
            for n in self._numbers(count)
        )

    def versions(self, count):
        QuestionnaireVersion.objects.bulk_create(
            QuestionnaireVersion(
                questionnaire=self.version.questionnaire,
                number=10 + n,
                state="retired",
                document=self.version.document,
                digest=str(n),
                published_at=AT,
            )
            for n in self._numbers(count)
        )

    def drafts(self, count):
        QuestionnaireVersion.objects.bulk_create(
            QuestionnaireVersion(
                questionnaire=self.version.questionnaire,
                number=1000 + n,
                state="draft",
                document=self.version.document,
                digest=str(n),
                written_by=person,
            )
            for n, person in enumerate(self.people(count), self.made)
        )

    def backtests(self, count):
        Backtest.objects.bulk_create(
            Backtest(
                questionnaire_version=self.version,
                digest=str(person.pk)[:64],
                document={},
                job=Job.objects.create(kind="projects.backtest", key=str(person.pk)),
                requested_by=person,
            )
            for person in self.people(count)
        )

    def backtest_lines(self, count):
        rows = self._assessed(self._projects(count))
        runs = ScoringRun.objects.bulk_create(
            ScoringRun(assessment=row, provisional=False, completeness=1, created_at=AT)
            for row in rows
        )
        BacktestLine.objects.bulk_create(
            BacktestLine(
                backtest=self.backtest, run=run, before_tier="low", after_tier="high"
            )
            for run in runs
        )

    def _projects(self, count):
        people, units = self.people(count), self.units(count)
        rows = Project.objects.bulk_create(
            Project(
                reference=f"P-{owner.username}",
                name=f"Project of {owner.username}",
                unit=unit,
                owner=owner,
                sector="retail",
                current_tier="high",
                current_point="60.0",
                current_low="50.0",
                current_high="70.0",
                current_impact="40.0",
                current_cause="leakage",
                current_scored_at=AT,
                due_on=ON,
            )
            for owner, unit in zip(people, units, strict=True)
        )
        ProjectText.objects.bulk_create(
            ProjectText(project=row, goal="Goal", description="Words") for row in rows
        )
        return rows

    def projects(self, count):
        rows = self._projects(count)
        people, practices = self.people(count), self.practices(count)
        Mitigation.objects.bulk_create(
            Mitigation(project=row, practice=practice, owner=owner, due_on=ON)
            for row, practice, owner in zip(rows, practices, people, strict=True)
        )
        self._assessed(rows)
        Outcome.objects.bulk_create(
            Outcome(
                project=row,
                kind="still_running",
                happened_on=ON,
                stage="training",
                quarter=8104,
                recorded_by=person,
            )
            for row, person in zip(rows, people, strict=True)
        )

    def _assessed(self, projects):
        people = self.people(len(projects))
        return Assessment.objects.bulk_create(
            Assessment(
                project=project,
                questionnaire_version=self.version,
                started_by=person,
                submitted_by=person,
                submitted_at=AT,
                state="submitted",
                tier="high",
            )
            for project, person in zip(projects, people, strict=True)
        )

    def assessments(self, count):
        self._assessed(self._projects(count))

    def asked_reviews(self, count):
        """Alice is asked about so many assessments, each by somebody else."""
        projects = self._projects(count)
        self._assessed(projects)
        rows = Assessment.objects.filter(project__in=projects)
        SectionReview.objects.bulk_create(
            SectionReview(
                assessment=row, section="data", reviewer=self.alice, asked_by=asker
            )
            for row, asker in zip(rows, self.people(count), strict=True)
        )

    @cached_property
    def tried(self):
        """An assessment with a result, for scenarios."""
        run = scored(unit=self.unit, by=self.alice, version=self.version)
        return run.assessment

    def scenarios(self, count):
        Scenario.objects.bulk_create(
            Scenario(
                assessment=self.tried,
                name=f"Scenario {n}",
                answers={"split": {"state": "unknown"}},
                practices=["first"],
                created_by=person,
            )
            for n, person in enumerate(self.people(count), self.made)
        )

    def answer_events(self, count):
        said = {"value": "locked", "reason": "", "comment": "", "evidence_url": ""}
        AuditEvent.objects.bulk_create(
            AuditEvent(
                actor=person,
                actor_name=person.username,
                verb="assessment.answered",
                target_type="projects.assessment",
                target_id=str(self.assessment.pk),
                before={"split": None},
                after={"split": {"state": "answered", **said}},
                via="page",
            )
            for person in self.people(count)
        )

    def evidence(self, count):
        EvidenceFile.objects.bulk_create(
            EvidenceFile(
                assessment=self.assessment,
                question="split",
                name=f"{person.username}.txt",
                content_type="text/plain",
                size=1,
                sha256=f"{person.pk.hex:0>64}",
                uploaded_by=person,
            )
            for person in self.people(count)
        )

    def section_reviews(self, count):
        SectionReview.objects.bulk_create(
            SectionReview(
                assessment=self.assessment, section="data", reviewer=one, asked_by=one
            )
            for one in self.people(count)
        )

    def threads(self, count):
        people = self.people(count)
        rows = Thread.objects.bulk_create(
            Thread(
                assessment=self.assessment,
                question="split",
                opened_by=one,
                resolved_by=one,
            )
            for one in people
        )
        Comment.objects.bulk_create(
            Comment(thread=row, author=one, text="Why?")
            for row, one in zip(rows, people, strict=True)
        )

    def comments(self, count):
        Comment.objects.bulk_create(
            Comment(thread=self.thread, author=one, text="So.")
            for one in self.people(count)
        )

    def overrides(self, count):
        GateOverride.objects.bulk_create(
            GateOverride(
                assessment=self.assessment,
                gate="no_problem",
                reason="A pilot",
                expires_on=ON,
                state="approved",
                requested_by=asker,
                decided_by=self.alice,
            )
            for asker in self.people(count)
        )

    def project_assessments(self, count):
        self._assessed([self.project] * count)

    def project_mitigations(self, count):
        people, practices = self.people(count), self.practices(count)
        Mitigation.objects.bulk_create(
            Mitigation(project=self.project, practice=practice, owner=owner, due_on=ON)
            for practice, owner in zip(practices, people, strict=True)
        )

    def project_outcomes(self, count):
        Outcome.objects.bulk_create(
            Outcome(
                project=self.project,
                kind="still_running",
                happened_on=ON,
                stage="training",
                quarter=8104,
                is_current=False,
                recorded_by=person,
                postmortem=record,
            )
            for person, record in zip(
                self.people(count), self._records(count), strict=True
            )
        )

    def project_causes(self, count):
        ProjectCause.objects.bulk_create(
            ProjectCause(
                project=self.project,
                cause_slug=cause.slug,
                is_top_level=False,
                low=1,
                point=2,
                high=3,
                current=2,
                target=1,
            )
            for cause in self.causes(count)
        )

    def project_history(self, count):
        AuditEvent.objects.bulk_create(
            AuditEvent(
                actor=person,
                actor_name=person.username,
                verb="project.changed",
                target_type="projects.project",
                target_id=str(self.project.pk),
                unit_id=self.project.unit_id,
                before={"name": "A", "owner": str(self.alice.pk)},
                after={"name": "B", "owner": str(person.pk)},
                via="page",
            )
            for person in self.people(count)
        )

    def _records(self, count):
        people, units = self.people(count), self.units(count)
        rows = Postmortem.objects.bulk_create(
            Postmortem(
                reference=f"PM-{author.username}",
                unit=unit,
                author=author,
                state="published",
                visibility="unit",
                published_at=AT,
                published_by=author,
                outcome="failed",
                severity="high",
                sector="retail",
                detected_on=ON,
                quarter=8104,
                release=self.release,
                cause_slugs=["leakage"],
            )
            for author, unit in zip(people, units, strict=True)
        )
        for language in ("en", "ru"):
            PostmortemText.objects.bulk_create(
                PostmortemText(
                    postmortem=row,
                    language=language,
                    title=f"Failure {row.reference}",
                    summary="Alarms rang for nothing",
                )
                for row in rows
            )
        PostmortemDetail.objects.bulk_create(
            PostmortemDetail(postmortem=row) for row in rows
        )
        refresh_search([row.pk for row in rows])
        return rows

    def records(self, count):
        rows = self._records(count)
        causes, people = self.causes(count), self.people(count)
        CauseCoding.objects.bulk_create(
            CauseCoding(
                postmortem=row,
                cause=cause,
                coder=coder,
                role="root",
                confidence="known",
            )
            for row, cause, coder in zip(rows, causes, people, strict=True)
        )
        ActionItem.objects.bulk_create(
            ActionItem(postmortem=row, text="Do", kind="prevent", owner=owner)
            for row, owner in zip(rows, people, strict=True)
        )
        Source.objects.bulk_create(
            Source(postmortem=row, title="Source") for row in rows
        )

    def imports(self, count):
        people, units = self.people(count), self.units(count)
        ImportRun.objects.bulk_create(
            ImportRun(
                unit=unit,
                requested_by=person,
                name="file.csv",
                sha256="0" * 64,
                size=1,
                format="csv",
                job=Job.objects.create(kind="failures.import", key=str(unit.pk)),
            )
            for person, unit in zip(people, units, strict=True)
        )

    @cached_property
    def import_run(self):
        return ImportRun.objects.create(
            unit=self.unit,
            requested_by=self.alice,
            name="file.csv",
            sha256="0" * 64,
            size=1,
            format="csv",
            head=["a"],
            stage="checked",
        )

    def import_faults(self, count):
        ImportFault.objects.bulk_create(
            ImportFault(run=self.import_run, row=n + 2, column="a", code="required")
            for n in self._numbers(count)
        )

    def codings(self, count):
        CauseCoding.objects.bulk_create(
            CauseCoding(
                postmortem=self.record,
                cause=cause,
                coder=coder,
                role="root",
                confidence="known",
            )
            for cause, coder in zip(self.causes(count), self.people(count), strict=True)
        )

    def steps(self, count):
        TimelineEntry.objects.bulk_create(
            TimelineEntry(postmortem=self.record, on=ON, text=f"Step {n}")
            for n in self._numbers(count)
        )

    def versions_of_record(self, count):
        for n in self._numbers(count):
            trail.record(
                by=None,
                verb="postmortem_changed",
                target=self.record,
                before={"summary": f"Before {n}"},
                after={"summary": f"After {n}"},
            )

    def double_codings(self, count):
        said = {"cause": "leakage", "role": "root", "confidence": "known"}
        SecondCoding.objects.bulk_create(
            SecondCoding(
                postmortem=record,
                judgements=[said],
                first=[said],
                first_submitted_at=AT,
                submitted_at=AT,
            )
            for record in self._records(count)
        )

    def proposals(self, count):
        Proposal.objects.bulk_create(
            Proposal(
                postmortem=self.record,
                kind="practice",
                target=f"practice-{n}",
                text=f"Change {n}",
                author=author,
            )
            for n, author in enumerate(self.people(count))
        )

    def attachments(self, count):
        Attachment.objects.bulk_create(
            Attachment(
                postmortem=self.record,
                name=f"file-{n}.txt",
                content_type="text/plain",
                size=7,
                sha256=f"{self.made}-{n}",
                uploaded_by=person,
            )
            for n, person in enumerate(self.people(count))
        )

    def record_comments(self, count):
        RecordComment.objects.bulk_create(
            RecordComment(postmortem=self.record, author=author, text="Said.")
            for author in self.people(count)
        )

    def actions(self, count):
        ActionItem.objects.bulk_create(
            ActionItem(postmortem=self.record, text="Do", kind="prevent", owner=owner)
            for owner in self.people(count)
        )
