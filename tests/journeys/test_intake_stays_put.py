"""A reply to an answer never moves what the reader is at."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.newcomer import FIRST, WORST, Newcomer
from tests.journeys.stack import ADMIN

pytestmark = pytest.mark.browser

START = """
import json
from accounts.models import Unit, User
from projects.instruments import Entry
from projects.models import QuestionnaireVersion
from projects.services import answers, assessments, projects
by = User.objects.filter(is_superuser=True).first()
unit = Unit.objects.filter(parent=None, is_demo=False).first()
version = QuestionnaireVersion.objects.get(
    state="published", questionnaire__code="full-intake")
project = projects.create(unit=unit, by=by, owner=by, text={"goal": "Stay put"},
    facts={"name": "Stay put", "sector": "healthcare", "stage": "training"})
from django.utils import timezone
first = assessments.start(project=project, version=version, by=by)
for section in version.document["sections"][:1]:
    for question in section["questions"]:
        if question["kind"] == "single":
            answers.save_answer(assessment=first, question=question["code"], by=by,
                entry=Entry(state="answered", value=question["choices"][0]["code"]))
assessments.set_own_estimate(assessment=first, percent=40, by=by)
assessments.submit(assessment=first, by=by, at=timezone.now())
draft = assessments.start(project=project, version=version, by=by)
section = version.document["sections"][0]["code"]
print(json.dumps(f"/assessments/{draft.pk}/sections/{section}/"))
"""


@pytest.fixture(params=["desk", "phone"])
def reader(request, browser, stack):
    """Somebody who has carried-over answers before them; replies are held back."""
    size = {"size": PHONE} if request.param == "phone" else {}
    person = Visitor(browser, stack.base_url, **size)
    person.sign_in(ADMIN, stack.password)
    person.go(stack.ask_django(START))
    person.held = []
    person.page.route("**/answers/**", lambda route: person.held.append(route))
    yield Newcomer(person)
    person.close()


def release(reader):
    """Let the one held request go on to the server."""
    for _wait in range(100):
        if reader.visitor.held:
            return reader.visitor.held.pop(0).continue_()
        reader.page.wait_for_timeout(50)
    raise AssertionError("no answer was sent")


def shown(reader):
    return reader.page.evaluate(
        """() => [...document.querySelectorAll("[data-question]")]
             .filter((q) => !q.disabled && !q.hidden).map((q) => q.dataset.question)"""
    )


def place(choice):
    return choice.evaluate("element => element.getBoundingClientRect().top")


@pytest.mark.parametrize("how", [WORST, FIRST])
def test_choice_under_the_pointer_stays_where_it_is(reader, how):
    codes = shown(reader)
    carried = reader.page.locator("[data-carried]")
    assert carried.count() > 1
    for code, following in zip(codes, codes[1:], strict=False):
        if following not in shown(reader):
            continue
        reader.give(code, how)
        choice = reader.page.locator(f"#q-{following} .choice").first
        if not choice.count():
            choice = reader.page.locator(f"#q-{following} [name$='-value']").first
        choice.hover()
        before = place(choice)
        if not reader.visitor.held and how == FIRST:
            continue  # It was the carried answer itself.
        release(reader)
        reader.expect_saved(code)
        if choice.is_visible():
            assert place(choice) == pytest.approx(before, abs=1), following
    reader.visitor.assert_no_complaints()


def test_carried_line_is_told_no_more_and_keeps_its_room(reader):
    line = reader.page.locator("[data-carried]").first
    code = line.evaluate("line => line.closest('[data-question]').dataset.question")
    room = line.evaluate("line => line.offsetHeight")
    reader.give(code, WORST)
    release(reader)
    reader.expect_saved(code)
    expect(line).to_be_hidden()
    assert line.evaluate("line => line.offsetHeight") == room
