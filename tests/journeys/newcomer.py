"""What a newcomer does, step by step, by clicking; no step depends on the language."""

import datetime as dt
import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

WORST, FIRST, UNKNOWN = "worst", "first", "unknown"
TODAY = dt.datetime.now(dt.UTC).date()
PRIMARY = "main form:not([method=get]) button.button--primary"


class Newcomer:
    """A manager on the first day."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.page

    def click(self, selector):
        self.page.locator(selector).filter(visible=True).first.click()

    def path(self):
        return urlsplit(self.page.url).path

    def expect_path(self, pattern):
        """Wait until a page with such an address has loaded."""
        self.page.wait_for_url(re.compile(pattern))

    def leave(self, selector):
        """Click what brings another page, and wait for it; its address may be the same."""
        self.page.evaluate("document.documentElement.dataset.left = ''")
        self.click(selector)
        expect(self.page.locator("html:not([data-left])")).to_be_attached()
        self.page.wait_for_load_state()

    # -- getting in ---------------------------------------------------------

    def accept_invitation(self, path, username, password, language):
        self.visitor.go(path)
        self.page.fill("[name=username]", username)
        self.page.fill("[name=first_name]", "Robin")
        self.page.select_option("[name=language]", language)
        self.page.fill("[name=password]", password)
        self.page.fill("[name=password_again]", password)
        self.click(PRIMARY)
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    # -- assessing ----------------------------------------------------------

    def start_screening(self, unit, name):
        """Create a project in the same step as its first assessment."""
        self.click("nav a[href='/assessments/']")
        self.click("main a[href^='/assessments/start/']")
        self.page.check("input[name=which][value=new]")
        self.page.fill("[name=name]", name)
        self.page.select_option("[name=unit]", label=unit)
        self.page.select_option("[name=sector]", index=1)
        self.click(PRIMARY)
        self.expect_path(r"/assessments/[0-9a-f-]{36}/$")

    def start_again(self, questionnaire):
        """Assess the project again, with another questionnaire."""
        self.click("main a[href^='/assessments/start/?project=']")
        self.page.check(f"input[name=questionnaire][value='{questionnaire}']")
        self.click(PRIMARY)
        self.expect_path(r"/assessments/[0-9a-f-]{36}/$")

    def begin(self):
        self.leave("main a.button--primary[href*='/sections/']")

    def give(self, code, how):
        """Answer one question; returns without waiting for its autosave."""
        question = self.page.locator(f"#q-{code}")
        # Counting does not wait; on a page that still loads it would find no choices.
        question.wait_for(state="attached")
        if how == UNKNOWN:
            question.locator("[data-state][value='state:unknown']").check()
            return
        answers = question.locator(
            ".choice input:not([data-state]):not([value^='state:'])"
        )
        if answers.count():
            (answers.last if how == WORST else answers.first).check()
            return
        field = question.locator("[name$='-value']:not([type=checkbox])").first
        if field.get_attribute("inputmode") == "decimal":
            field.fill("1")
        elif field.get_attribute("type") == "date":
            field.fill(TODAY.isoformat())
        else:
            field.fill("Sort incoming parts into good and bad ones.")

    def expect_saved(self, code):
        """Wait until the autosave says when it was saved."""
        question = self.page.locator(f"#q-{code}")
        expect(question.locator("[data-save-state]")).to_have_text(re.compile(r"\d"))
        expect(question.locator(".save-state--error")).to_have_count(0)

    def open_questions(self):
        """Return the codes of the questions that are asked and not answered."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll("[data-question]")]
                 .filter((q) => !q.disabled && !q.hidden
                   && q.querySelector(".question__clear")?.hidden)
                 .map((q) => q.dataset.question)"""
        )

    def answer_section(self, how, unknown=()):
        """Answer what is open and go on; a save may open further questions."""
        before = self.page.url
        for _round in range(4):
            for code in self.open_questions():
                self.give(code, UNKNOWN if code in unknown else how)
            self.leave(".intake__actions button.button--primary")
            if self.page.url.split("#")[0] != before.split("#")[0]:
                return
        raise AssertionError(f"{before} does not let me go on")

    def answer_all(self, how, unknown=()):
        """Answer every section from here to the last."""
        sections = []
        while "/sections/" in self.path():
            sections.append(self.path())
            self.answer_section(how, unknown)
        return sections

    def submit(self, estimate=None):
        """Go through the own estimate and the check page to the result."""
        self.click("main .form__actions a[href$='/estimate/']")
        if estimate is None:
            self.click("main form button[name=skip]")
        else:
            self.page.fill("[name=own_estimate]", str(estimate))
            self.click(PRIMARY)
        self.expect_path(r"/check/$")
        self.click("main form[action$='/submit/'] button.button--primary")
        self.expect_path(r"/result/$")

    def threats(self):
        """Return the causes of the result page with their scores."""
        rows = self.page.locator("section[aria-labelledby=by-cause] tbody tr")
        scored = rows.filter(has=self.page.locator("td.num"))
        expect(scored.first).to_be_attached()
        return [
            (row.locator("th").text_content(), row.locator("td").first.text_content())
            for row in scored.all()
        ]

    # -- the project's end --------------------------------------------------

    def plan_first_practice(self):
        self.click("main a[href*='/mitigations/new/?practice=']")
        self.page.fill("[name=note]", "Before the pilot")
        self.click(PRIMARY)
        self.expect_path(r"/mitigations/$")
        expect(self.page.locator("main tbody tr")).to_have_count(1)

    def record_failure(self, statement):
        self.page.goto(self.path().replace("/mitigations/", "/"))
        self.click("main a[href$='/outcomes/new/']")
        self.page.check("input[name=kind][value=failed]")
        self.page.select_option("[name=stage]", "operation")
        self.page.fill("[name=statement]", statement)
        self.click(PRIMARY)
        self.expect_path(r"/outcomes/[0-9a-f-]{36}/postmortem/$")

    # -- the post-mortem ----------------------------------------------------

    def start_postmortem(self):
        self.click("button[name=act][value=start]")
        self.expect_path(r"/post-mortems/[0-9a-f-]{36}/edit/intended/$")

    def next_step(self, step, **values):
        """Fill fields of this step and go on to the next."""
        for name, value in values.items():
            field = self.page.locator(f"main form [name={name}]").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.click("main form[data-autosave] button.button--primary")
        if step:
            self.expect_path(rf"/edit/{step}/")

    def code_cause(self, query, evidence):
        """Find a cause by a word and name it as the root, with its evidence."""
        self.page.fill("#pick-q", query)
        self.click("#cause-picker a[href*='/causes/add/']")
        self.page.check("input[name=role][value=root]")
        self.page.check("input[name=confidence][value=known]")
        self.page.fill("[name=evidence]", evidence)
        self.click(PRIMARY)
        self.expect_path(r"/edit/causes/")

    def plan_action(self, text):
        self.click("main a[href$='/actions/add/']")
        self.page.fill("[name=text]", text)
        self.page.select_option("[name=kind]", "detect")
        self.click(PRIMARY)
        expect(self.page.locator("section[aria-labelledby=actions]")).to_contain_text(
            text
        )

    def publish(self):
        self.click("main a[href$='/publish/']")
        self.click("main form button.button--primary")
        self.expect_path(r"/post-mortems/[0-9a-f-]{36}/$")

    # -- the statistics -----------------------------------------------------

    def statistics(self, population):
        """Return what the statistics page says."""
        self.visitor.go(f"/statistics/?population={population}")
        return self.page.locator("main").inner_text()
