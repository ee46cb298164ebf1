"""A reply to an answer never moves what the reader is at."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.newcomer import FIRST, UNKNOWN, WORST, Newcomer
from tests.journeys.stack import ADMIN

pytestmark = pytest.mark.browser

START = """
import json
from accounts.models import Unit, User
from projects.instruments import Entry
from projects.models import QuestionnaireVersion
from django.utils import timezone
from projects.services import answers, assessments, estimates, projects
now = timezone.now()
by = User.objects.filter(is_superuser=True).first()
unit = Unit.objects.filter(parent=None, is_demo=False).first()
version = QuestionnaireVersion.objects.get(
    state="published", questionnaire__code="full-intake")
project = projects.create(unit=unit, by=by, owner=by, text={"goal": "Stay put"},
    facts={"name": "Stay put", "sector": "healthcare", "stage": "training"})
first = assessments.start(project=project, version=version, by=by)
for section in version.document["sections"][:1]:
    for question in section["questions"]:
        if question["kind"] == "single":
            answers.save_answer(assessment=first, question=question["code"], by=by,
                entry=Entry(state="answered", value=question["choices"][0]["code"]))
estimates.settle(assessment=first, percent=40, by=by, at=now)
assessments.submit(assessment=first, by=by, at=now)
draft = assessments.start(project=project, version=version, by=by)
estimates.settle(assessment=draft, percent=None, by=by, at=now)
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
    replies = Replies()
    person.page.route("**/answers/**", replies.meet)
    yield Newcomer(person), replies
    person.close()


class Replies:
    """What the page sends goes to the server only when told so."""

    def __init__(self):
        self.held, self.is_open = [], True

    def meet(self, route):
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def hold(self):
        self.is_open = False

    def holds(self, code):
        return any(f"/answers/{code}/" in route.request.url for route in self.held)

    def release(self):
        self.is_open = True
        while self.held:
            self.held.pop(0).continue_()


def shown(reader):
    return reader.page.evaluate(
        """() => [...document.querySelectorAll("[data-question]")]
             .filter((q) => !q.disabled && !q.hidden).map((q) => q.dataset.question)"""
    )


def place(choice):
    return choice.evaluate("element => element.getBoundingClientRect().top")


def answer(newcomer, replies, code, how):
    """Answer, with the reply held back."""
    newcomer.page.wait_for_load_state("networkidle")
    replies.hold()
    newcomer.give(code, how)
    for _wait in range(100):
        if replies.holds(code):
            return
        newcomer.page.wait_for_timeout(50)
    raise AssertionError(f"no answer to {code} was sent")


@pytest.mark.parametrize("how", [WORST, UNKNOWN])
def test_choice_under_the_pointer_stays_where_it_is(reader, how):
    newcomer, replies = reader
    page = newcomer.page
    expect(page.locator("[data-carried]").nth(1)).to_be_attached()
    for code, following in pairwise(shown(newcomer)):
        offered = page.locator(f"#q-{code} [value='state:unknown']").count()
        if not page.locator(f"#q-{code}").is_visible() or (
            how == UNKNOWN and not offered
        ):
            continue
        answer(newcomer, replies, code, how)
        at = page.locator(f"#q-{following} .choice, #q-{following} textarea").first
        if not at.is_visible():
            replies.release()
            continue
        at.hover()
        before = place(at)
        replies.release()
        newcomer.expect_saved(code)
        if at.is_visible():  # Some answers close the following question.
            assert place(at) == pytest.approx(before, abs=1), following
    newcomer.visitor.assert_no_complaints()


def test_question_that_opens_or_closes_above_the_pointer_moves_nothing(reader):
    newcomer, replies = reader
    branch = newcomer.page.locator("#q-problem_statement")
    codes = shown(newcomer)
    below = codes[codes.index("problem_statement") + 1]
    at = newcomer.page.locator(f"#q-{below} .choice").last
    for how, is_open in [(WORST, False), (FIRST, True)]:
        answer(newcomer, replies, "problem_definition", how)
        at.evaluate("choice => choice.scrollIntoView({block: 'center'})")
        at.hover()
        before = place(at)
        replies.release()
        newcomer.expect_saved("problem_definition")
        expect(branch).to_be_visible(visible=is_open)
        assert place(at) == pytest.approx(before, abs=1)


def test_carried_line_is_told_no_more_and_keeps_its_room(reader):
    newcomer, _replies = reader
    line = newcomer.page.locator("[data-carried]").first
    code = line.evaluate("line => line.closest('[data-question]').dataset.question")
    room = line.evaluate("line => line.offsetHeight")
    newcomer.give(code, WORST)
    newcomer.expect_saved(code)
    expect(line).to_be_hidden()
    assert line.evaluate("line => line.offsetHeight") == room
