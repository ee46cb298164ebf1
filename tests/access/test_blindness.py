"""Blind coders learn nothing: every answer is the same whatever the others coded.

The record is coded in one of two ways, and everything readable is read. For who codes
blind, an administrator among them, no answer may differ; for who coded it, some must.
"""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from failures.models import CauseCoding, SecondCoding
from failures.services import actions
from failures.services.coding import Judgement, add
from failures.services.copies import refresh_causes
from riskbase.shared.audit import trail
from tests.access.asking import Asking, questions
from tests.access.matrix import TABLE
from tests.access.routes import routes_by_name

pytestmark = pytest.mark.django_db
ROUTES = routes_by_name()
KIND = "reviewed record"
CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT[0-9:.]+(Z|\+\d\d:\d\d)?"
    r'|name="csrfmiddlewaretoken" value="[^"]+"'
    r"|X-CSRFToken[^}]+"
    r'|nonce="[^"]*"'
    r"|cursor=[^\"&]+"
    r"|[0-9a-f]{32}"
    r"|\d\d?:\d\d(:\d\d)?|[ap]\.m\."
)
NO_RECORDS = {"health-ready", "projects:questionnaire-file"}
"""Tell the time, and nothing of records."""
FIRST = ("leakage", "root", "known"), ("deployment", "contributing", "possible")
"""Two codings of the record that differ in all there is."""
SECOND = (
    {"cause": "leakage", "role": "root", "confidence": "known", "evidence": "zqone"},
    {"cause": "deployment", "role": "trigger", "confidence": "possible"},
)
SEARCHES = [
    ("failures:postmortem-list", "?cause={cause}"),
    ("failures:postmortem-list", "?q=zqdidit"),
    ("api-postmortem-list", "?cause={cause}"),
    ("api-postmortem-list", "?q=zqdidit"),
    ("failures:cause-detail", ""),
]


@pytest.fixture(scope="module")
def sealed(world):
    record = world.things[KIND, "retail"]
    record.severity = "high"
    record.save()
    world.people["author"] = record.author
    CauseCoding.objects.filter(postmortem=record).delete()
    SecondCoding.objects.create(postmortem=record, coder=world.people["carol"])
    refresh_causes(record)
    return record


@pytest.fixture(scope="module")
def ask(world, sealed):
    return Asking(world)


def code(record, number):
    """Code the record in the first way or the second, by its author."""
    cause, role, confidence = FIRST[number]
    judgement = Judgement(role, confidence, evidence=f"zqdidit{number}")
    add(postmortem=record, cause=cause, judgement=judgement, by=record.author)
    actions.add(
        postmortem=record,
        by=record.author,
        values={"text": "Do it", "kind": "prevent", "cause_slug": cause},
    )


def code_apart(record, number):
    """Let the second coder say one thing or the other."""
    second = SecondCoding.objects.get(postmortem=record)
    second.judgements = [SECOND[number]]
    second.save()
    trail.record(
        by=second.coder,
        verb="second_coding_changed",
        target=record,
        after={"judgements": second.judgements},
    )


def code_both(record, number):
    code(record, number)
    code_apart(record, number)


def everything(world, ask, persona):
    """Return path -> what is answered, of all that can be read."""
    found = {}
    for name in ROUTES.keys() - NO_RECORDS:
        route = ROUTES[name]
        cases = [case for case in TABLE[name] if tells_of_it(case)]
        for question in questions(route, cases, world):
            if question.persona == "alice" and question.place == "retail":
                path = ask.path(question)
                found.setdefault(path, answered(ask, persona, path))
    record = world.things[KIND, "retail"]
    for name, query in SEARCHES:
        for cause in ("leakage", "deployment"):
            literal = {"slug": cause} if name == "failures:cause-detail" else {}
            path = ask_path(name, literal) + query.format(cause=cause)
            found.setdefault(path, answered(ask, persona, path))
    for cause, role, _confidence in FIRST:
        path = ask_path("api-postmortem-coding-list", {"postmortem": record.pk})
        body = {"cause": cause, "role": role, "confidence": "known"}
        found[f"{path} {cause}"] = answered(ask, persona, path, body)
    return found


def tells_of_it(case):
    """Whether it reads the record, or something that is no record at all."""
    kinds = case.fills.values()
    others = any("record" in kind or "draft" in kind for kind in kinds)
    return "GET" in case.acts and (not others or any(KIND in kind for kind in kinds))


def ask_path(name, literal):
    return reverse(name, kwargs=literal)


def answered(ask, persona, path, body=None):
    method = "GET" if body is None else "POST"
    answer, _writes = ask.ask(persona, method, path, body)
    text = answer.getvalue().decode(errors="replace")
    return answer.status_code, CHANGING.sub("~", text)


def differing(world, ask, persona, code_it):
    """Return path -> where its answers tell the two ways apart."""
    record = world.things[KIND, "retail"]
    told = []
    for number in range(2):
        with transaction.atomic():
            code_it(record, number)
            told.append(everything(world, ask, persona))
            transaction.set_rollback(True)
    return {
        path: passage(str(told[0][path]), str(told[1][path]))
        for path in told[0]
        if told[0][path] != told[1][path]
    }


def passage(one, other):
    """Return where two answers part."""
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0
    )
    return one[max(0, at - 80) : at + 120], other[max(0, at - 80) : at + 120]


@pytest.mark.parametrize("persona", ["carol", "admin"])
def test_second_coder_learns_nothing_of_the_first_coding(world, sealed, ask, persona):
    SecondCoding.objects.filter(postmortem=sealed).update(coder=world.people[persona])
    try:
        assert differing(world, ask, persona, code) == {}
    finally:
        SecondCoding.objects.filter(postmortem=sealed).update(
            coder=world.people["carol"]
        )


def test_first_coder_learns_nothing_of_the_second_coding(world, sealed, ask):
    assert differing(world, ask, "author", code_apart) == {}


def test_who_codes_neither_learns_nothing_of_both(world, sealed, ask):
    assert differing(world, ask, "bob", code_both) == {}


def test_who_coded_it_is_told(world, sealed, ask):
    """Or that nobody else is told would prove nothing."""
    page, codings, told = (
        f"/post-mortems/{sealed.pk}/",
        f"/api/v1/postmortems/{sealed.pk}/codings/",
        f"/api/v1/postmortems/{sealed.pk}/second-coding/",
    )
    with transaction.atomic():
        code_both(sealed, 0)
        assert "zqdidit0" in answered(ask, "author", page)[1]
        assert "zqdidit0" in answered(ask, "author", codings)[1]
        assert "zqone" in answered(ask, "carol", told)[1]
        assert "zqone" in answered(ask, "carol", f"{page}second-coding/")[1]
        transaction.set_rollback(True)


def test_once_both_are_in_everybody_inside_is_told(world, sealed, ask):
    with transaction.atomic():
        code(sealed, 0)
        SecondCoding.objects.filter(postmortem=sealed).update(
            first_submitted_at=sealed.created_at, submitted_at=sealed.created_at
        )
        refresh_causes(sealed)
        assert {"carol", "bob", "admin"} == {
            persona
            for persona in ("carol", "bob", "admin")
            if "zqdidit0" in answered(ask, persona, f"/post-mortems/{sealed.pk}/")[1]
        }
        transaction.set_rollback(True)
    refresh_causes(sealed)
