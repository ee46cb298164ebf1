"""One object for every page: made through the services, beside the demo portfolio."""

import contextlib
import uuid
from urllib.parse import urlencode

from django.urls import NoReverseMatch, get_resolver, reverse

# Answer a POST only, so that nothing can be looked at.
ACTS = {
    "accounts:set-language",
    "failures:attachment-remove",
    "failures:comment-withdraw",
    "failures:likeness-judge",
    "failures:version-restore",
    "failures:postmortem-autosave",
    "failures:postmortem-sharing-sign",
    "failures:postmortem-approve",
    "failures:postmortem-archive",
    "failures:postmortem-restore",
    "failures:second-coding-decide",
    "failures:second-coding-invite",
    "failures:second-coding-remove",
    "failures:second-coding-submit",
    "portfolio:job-retry",
    "portfolio:statistics-refresh",
    "projects:assessment-answer",
    "projects:assessment-decide",
    "projects:assessment-submit",
    "projects:override-decide",
    "projects:review-verdict",
    "projects:reviewer-ask",
    "projects:evidence-remove",
    "projects:reviewer-relieve",
    "projects:scenario-smallest",
    "projects:thread-act",
    "projects:thread-open",
    "projects:questionnaire-backtest",
    "projects:questionnaire-check",
    "projects:questionnaire-copy",
}
# Files, fragments and answers for machines.
NOT_PAGES = {
    "failures:import-progress",
    "failures:import-report",
    "failures:postmortem-export",
    "failures:attachment-file",
    "failures:postmortem-sharing-file",
    "failures:postmortem-export-list",
    "failures:postmortem-similar",
    "health-live",
    "health-ready",
    "portfolio:statistics-download",
    "portfolio:statistics-progress",
    "projects:assessment-next-steps",
    "projects:evidence-file",
    "projects:questionnaire-backtest-progress",
    "projects:questionnaire-file",
}
PUBLIC = {
    "accounts:invitation-accept",
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

MAKE = """
import io
import json
import datetime as dt
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone
from accounts.models import Unit, User
from accounts.roles import Role
from accounts.services.invitations import Invitee, create_invitation
from accounts.services.memberships import grant_role
from accounts.services.tokens import create_token
import failures.tasks
from failures.models import (CauseCoding, FailureCause, ImportRun, Postmortem,
                             Practice)
from riskbase.shared.jobs import queue
from failures.services.proposals import propose
from failures.services import (actions, archive, coding, imports, postmortems, second_coding,
                               timeline)
from failures.services.coding import Judgement
from projects.instruments import Entry
from projects.models import QuestionnaireVersion
from projects.selectors.gates import OVERRIDABLE, fired_gates
from projects.services import (answers, assessments, backtests, draft_reviews, drafts,
                               estimates, evidence, mitigations, outcomes, overrides, projects,
                               questionnaires, reviews,
                               scenarios, threads)
from projects.scoring.surveyjs import Options
from projects.services.survey_imports import import_draft
from riskbase.shared.audit.models import AuditEvent

now = timezone.now()
today = timezone.localdate(now)
by = User.objects.filter(is_superuser=True).first()
unit = Unit.objects.filter(parent=None, is_demo=False).first()
person = User(username="example" + str(User.objects.count()), first_name="Eve",
              email=f"example{User.objects.count()}@example.org")
person.set_password("an example of a person")
person.save()
membership = grant_role(user=person, unit=unit, role=Role.CONTRIBUTOR, by=by)
secrets = []
invitations = [
    create_invitation(invitee=Invitee(email=f"guest{n}{person.pk}@example.org", unit=unit,
                                      role=Role.VIEWER), by=by, at=now,
                      link_for=lambda token: secrets.append(token) or token)[0]
    for n in range(2)
]
token = create_token(by=by, name="example", scopes=["read"], days=30)[0]


def project(name):
    return projects.create(unit=unit, by=by, owner=person, facts={"name": name,
        "sector": "healthcare", "stage": "training"}, text={"goal": "Fewer surprises"})


version = QuestionnaireVersion.objects.get(
    state="published", questionnaire__code="screening")
running = project("Example under way")
done = assessments.start(project=running, version=version, by=by)
for section in version.document["sections"]:
    for question in section["questions"]:
        if question["kind"] == "single":
            worst = question["choices"][-1]["code"]
            answers.save_answer(assessment=done, question=question["code"],
                                entry=Entry(state="answered", value=worst), by=by)
estimates.settle(assessment=done, percent=40, by=by, at=now)
done = assessments.submit(assessment=done, by=person, at=now)
first, last = (version.document["sections"][place] for place in (0, -1))
for section in (first, last):
    reviews.assign(assessment=done, reviewer=by, by=by, sections=[section["code"]])
    threads.open_thread(assessment=done, question=section["questions"][0]["code"],
                        text="Is this so?", by=by, asks_change=section is first)
gate = next(gate["code"] for gate in fired_gates(done) if gate["effect"] in OVERRIDABLE)
overrides.request(assessment=done, gate=gate, reason="An example of a reason", by=person,
                  expires_on=today + dt.timedelta(days=30), today=today)
scenario = scenarios.create(assessment=done, name="An example of a scenario", by=by,
    entries={first["questions"][0]["code"]: Entry(state="unknown")},
    practices=list(Practice.objects.filter(is_retired=False)[:2].values_list(
        "slug", flat=True)))
old = {**version.document, "code": "moving", "version": 1}
questionnaires.load(document=old, at=now, by=by)
outdated = assessments.start(project=project("Example on an old version"), by=by,
    version=QuestionnaireVersion.objects.get(questionnaire__code="moving"))
for section in old["sections"]:
    for question in section["questions"]:
        if question["kind"] == "single":
            answers.save_answer(assessment=outdated, question=question["code"], by=by,
                entry=Entry(state="answered", value=question["choices"][-1]["code"]))
newer = json.loads(json.dumps({**old, "version": 2}))
newer["sections"][-1]["questions"][-1]["code"] = "asked_anew"
questionnaires.load(document=newer, at=now, by=by)
grown = project("Example assessed twice")
for place in (0, -1):
    once = assessments.start(project=grown, version=version, by=by)
    for section in version.document["sections"]:
        for question in section["questions"]:
            if question["kind"] == "single":
                answers.save_answer(assessment=once, question=question["code"], by=by,
                    entry=Entry(state="answered",
                                value=question["choices"][place]["code"]))
    assessments.submit(assessment=once, by=by, at=now)
draft = assessments.start(project=running, version=version, by=by)
threads.open_thread(assessment=draft, by=by, text="Who knows this?", question=next(
    section for section in version.document["sections"]
    if section["code"] == "goal")["questions"][0]["code"])
attached = evidence.attach(assessment=draft, file=io.BytesIO(b"As agreed."), by=by,
    name="minutes.txt", question=next(section for section in
    version.document["sections"] if section["code"] == "goal")["questions"][0]["code"])
written_version = drafts.copy(version=version, by=by)
sent_version = draft_reviews.send(version=drafts.copy(version=version, by=by), by=by,
                                  at=now)
imported_version = import_draft(
    survey='{"elements": [{"type": "matrix", "name": "grid"}, {"name": "free"}]}',
    options=Options("imported"), by=by).draft
tested = backtests.request(version=written_version, by=by)
plan = mitigations.plan(project=running, practice=Practice.objects.filter(
    is_retired=False).first(), by=by, facts={"owner": person, "note": "An example"})
ended = project("Example that failed")
outcome = outcomes.record(project=ended, by=by, at=now, kind="failed",
                          happened_on=today, stage="operation",
                          statement="An example of an end.")


def record(title, severity="moderate"):
    row = postmortems.create_draft(unit=unit, by=by, title=title, language="en", facts={
        "outcome": "failed", "summary": "It *surprised* us.", "detected_on": today,
        "actual": "One. Two.", "lessons": "Look twice.", "severity": severity})
    cause = FailureCause.objects.current().filter(slug="leakage").first()
    cause = cause or FailureCause.objects.current().first()
    code = coding.add(postmortem=row, cause=cause.slug, by=by, judgement=Judgement(
        role="root", confidence="known", evidence="The log of that day.",
        quote="Nine of my ten alarms are colleagues.", stage_detectable="evaluation"))
    said = timeline.add(postmortem=row, values={"on": today, "text": "It was noticed."}, by=by)
    entry = timeline.correct(entry=said, by=by, reason="Who noticed it", values={
        "kind": "detected", "text": "A guard noticed it.", "known_then": "Nothing yet.",
        "evidence_url": "https://example.org/log"})
    action = actions.add(postmortem=row, by=by, values={"text": "Check it twice",
        "kind": "prevent", "owner": person, "success_check": "No second surprise",
        "priority": "high"})
    return row, code, entry, action, cause


written, code, entry, action, cause = record("An example in draft")
published, _, _, kept, _ = record("An example that is published")
published = postmortems.publish(postmortem=published, by=by, at=now)
kept = actions.set_state(action=kept, state="done", by=by)
actions.set_state(action=kept, state="verified", by=by, evidence={
    "verification": "Four weeks agree", "verification_url": "https://example.org/check"})
shelved = record("An example in the archive")[0]
shelved = archive.set_aside(by=by, postmortem=postmortems.publish(
    postmortem=shelved, by=by, at=now))
handed = record("An example in review")[0]
handed = postmortems.submit_for_review(postmortem=handed, by=by)
other = User.objects.create_user("example-coder", email="coder@example.org",
                                 password=None, is_superuser=True)
asked, differing = (record(title, "high")[0] for title in (
    "An example to code apart", "An example coded twice"))
for row, coder in ((asked, by), (differing, other)):
    Postmortem.objects.filter(pk=row.pk).update(author=None)
    CauseCoding.objects.filter(postmortem=row).update(coder=None)
    second_coding.invite(postmortem=row, coder=coder, by=by)
    second_coding.judge(postmortem=row, by=coder, judgements=[
        {"cause": cause.slug, "role": "trigger", "confidence": "known",
         "evidence": "Seen in the *log*."}])
sent = imports.upload(name="incidents.csv", unit=unit, by=by, file=io.BytesIO(
    b"Number,title,summary,Date\\n1,Returns taken for thefts,Nine in ten.,2026-02-03\\n"
    b"2,,No title,soon\\n"))
imports.start(run=sent, by=by, mode="partial", is_dry=True)
queue.run(str(ImportRun.objects.get(pk=sent.pk).job_id), now=now)
uploaded = imports.upload(name="reports.csv", unit=unit, by=by, file=io.BytesIO(
    b"Number;title\\n1;One\\n"))
postmortems.submit_for_review(postmortem=differing, by=by)
second_coding.submit(postmortem=differing, by=other)
proposed = propose(postmortem=published, kind="practice", target="", by=by,
    text="Ask for the split before anything else.")

in_record = {"pk": written.pk}
found = {
    "failures:cause-detail": {"slug": cause.slug},
    "failures:practice-detail": {"slug": plan.practice.slug},
    "failures:postmortem-detail": [{"pk": row.pk} for row in (published, shelved, handed)],
    "failures:proposal-create": [{**in_record, "kind": kind} for kind in ("question", "practice")],
    "failures:proposal-decide": {"pk": proposed.pk},
    "failures:attachment-list": {"pk": published.pk},
    "failures:postmortem-sharing": [{"pk": row.pk} for row in (published, written)],
    "failures:version-list": {"pk": written.pk},
    "failures:comment-list": {"pk": published.pk},
    "failures:postmortem-alike": [{"pk": row.pk} for row in (published, written)],
    "failures:postmortem-edit": [{**in_record, "step": step} for step in
        ("intended", "happened", "dates", "causes", "follow-up")],
    "failures:postmortem-return": {"pk": published.pk},
    "failures:coding-create": {**in_record, "slug": cause.slug},
    "failures:import-detail": [{"pk": row.pk} for row in (sent, uploaded)],
    "failures:second-coding": [{"pk": row.pk} for row in (asked, differing, written)],
    "failures:second-coding-pick": {"pk": asked.pk},
    "failures:second-coding-add": {"pk": asked.pk, "slug": cause.slug},
    "failures:second-coding-edit": {"pk": asked.pk, "slug": cause.slug,
                                    "role": "trigger"},
    "failures:coding-edit": {**in_record, "coding": code.pk},
    "failures:coding-remove": {**in_record, "coding": code.pk},
    "failures:timeline-edit": {**in_record, "entry": entry.pk},
    "failures:timeline-remove": {**in_record, "entry": entry.pk},
    "failures:action-edit": {**in_record, "action": action.pk},
    "failures:action-move": {**in_record, "action": action.pk},
    "failures:action-remove": {**in_record, "action": action.pk},
    "portfolio:statistics": [{"?": {"population": "cases"}},
                             {"?": {"population": "portfolio"}}],
    "projects:outcome-postmortem": {"pk": outcome.pk},
    "projects:mitigation-edit": {"pk": plan.pk},
    "projects:mitigation-state": {"pk": plan.pk, "?": {"to": "implemented"}},
    "projects:assessment-start": {"?": {"project": str(running.pk)}},
    "projects:assessment-result": {"pk": done.pk},
    "projects:assessment-review": [{"pk": done.pk}, {"pk": draft.pk}],
    "projects:project-compare": [{"pk": grown.pk}, {"pk": grown.pk, "?": {"only": "all"}}],
    "projects:assessment-evidence": {"pk": draft.pk, "question": attached.question},
    "projects:assessment-history": {"pk": done.pk},
    "projects:assessment-move": {"pk": outdated.pk},
    "projects:assessment-what-if": {"pk": done.pk, "?": {"steps": "1"}},
    "projects:scenario-create": {"pk": done.pk},
    "projects:scenario-edit": {"pk": done.pk, "scenario": scenario.pk},
    "projects:scenario-delete": {"pk": done.pk, "scenario": scenario.pk},
    "projects:assessment-override": {"pk": done.pk, "gate": gate},
    "projects:assessment-section": {"pk": draft.pk, "section": "goal"},
    "projects:questionnaire-draft": [{"pk": written_version.pk},
                                     {"pk": sent_version.pk}],
    "projects:questionnaire-import-report": {"pk": imported_version.pk},
    "projects:questionnaire-difference": {"pk": written_version.pk, "?": {"lines": "1"}},
    "projects:questionnaire-backtest-result": {"pk": tested.pk},
    "projects:questionnaire-retire": {"pk": version.pk},
    "projects:questionnaire-detail": {"code": "full-intake", "number": 1},
    "accounts:token-revoke": {"pk": token.id},
    "accounts:unit-member-change": {"pk": membership.pk},
    "accounts:unit-member-remove": {"pk": membership.pk},
    "accounts:unit-invitation-revoke": {"pk": invitations[0].pk},
    "accounts:invitation-accept": {"token": secrets[1]},
    "accounts:person-change": {"pk": person.pk, "act": "deactivate"},
    "account_reset_password_from_key": {"uidb36": user_pk_to_url_str(person),
        "key": default_token_generator.make_token(person)},
    "audit:event-detail": {"pk": AuditEvent.objects.first().pk},
}
for name in ("postmortem-submit", "postmortem-publish", "postmortem-visibility",
             "coding-pick", "timeline-create", "action-create"):
    found["failures:" + name] = in_record
for name in ("project-detail", "project-assessments", "project-mitigations",
             "project-edit", "project-reassess", "outcome-create", "mitigation-create"):
    found["projects:" + name] = {"pk": running.pk}
for name in ("project-outcome", "project-history"):
    found["projects:" + name] = {"pk": ended.pk}
for name in ("assessment-detail", "assessment-estimate", "assessment-check"):
    found["projects:" + name] = {"pk": draft.pk}
for name in ("trial", "send", "delete"):
    found["projects:questionnaire-" + name] = {"pk": written_version.pk}
for name in ("take-back", "send-back", "publish"):
    found["projects:questionnaire-" + name] = {"pk": sent_version.pk}
for name in ("unit-detail", "unit-rename", "unit-move", "unit-delete",
             "unit-member-add", "unit-invitation-create"):
    found["accounts:" + name] = {"pk": unit.pk}
print(json.dumps(found, default=str))
"""


def routes():
    """Return the names of all routes that are not the API's."""
    return sorted(name for name, path in _walk(get_resolver()) if "api/v1/" not in path)


def _walk(resolver, prefix="", space=""):
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, path, inner)
        else:
            assert pattern.name, f"{path} has no name"
            yield space + pattern.name, path


def pages():
    """Return the names of the routes a browser can look at."""
    return [name for name in routes() if name not in ACTS | NOT_PAGES]


def addresses(name, examples):
    """Return the paths of a page's examples; a page without one is a fault."""
    if name not in examples and _needs_nothing(name):
        return [reverse(name)]
    assert name in examples, f"give {name} an example in tests/journeys/examples.py"
    given = examples[name]
    return [
        _address(name, each) for each in (given if isinstance(given, list) else [given])
    ]


def _needs_nothing(name):
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def _address(name, given):
    words = {key: value for key, value in given.items() if key != "?"}
    path = reverse(name, kwargs=words)
    return f"{path}?{urlencode(given['?'])}" if "?" in given else path


def any_address(name):
    """Return a path of the route, whether or not there is such an object."""
    absent = uuid.UUID(int=7)
    inner = {"question": "q", "step": "s", "slug": "s", "role": "root"}
    inner |= dict.fromkeys(
        ("review", "thread", "override", "comment", "other", "event", "file"), absent
    )
    words = {"pk": absent, **inner}
    pairs = [("pk", name) for name in inner]
    for names in (), ("pk",), *pairs, ("pk", "slug", "role"):
        with contextlib.suppress(NoReverseMatch):
            return reverse(name, kwargs={each: words[each] for each in names})
    raise AssertionError(f"{name} takes arguments unknown here")
