"""What an author does, step by step, by clicking; no step depends on the language."""

import re

from playwright.sync_api import expect

SOURCE = "#id_source"


class Author:
    """Somebody who may write questionnaires, at a browser."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.page

    def begin(self, code):
        """Begin a questionnaire from the template."""
        self.visitor.go("/questionnaires/new/")
        self.page.fill("input[name=begin-code]", code)
        self.page.locator("button[name=begin]").click()
        expect(self.page).to_have_url(re.compile("/questionnaires/drafts/"))

    def replace(self, old, new):
        """Change the source as typing does, until both replies to it are there.

        Leaving the page before would cut a request off, which htmx tells as an error.
        """
        text = self.page.input_value(SOURCE)
        assert old in text
        is_check, is_trial = (
            lambda reply, end=end: reply.url.endswith(end)
            for end in ("/check/", "/trial/")
        )
        with (
            self.page.expect_response(is_check),
            self.page.expect_response(is_trial),
        ):
            self.page.fill(SOURCE, text.replace(old, new, 1))

    def finding(self, code):
        """The finding of a code in the list beside the source."""
        return self.page.locator("#findings li").filter(has_text=code)

    def selected(self):
        """What is selected in the source."""
        return self.page.eval_on_selector(
            SOURCE, "e => e.value.slice(e.selectionStart, e.selectionEnd)"
        )

    def save(self):
        self.page.locator("#editor button.button--primary").click()
        expect(self.page.locator(".messages")).to_be_visible()

    def preview(self, language):
        """Look at the preview in a language; return its questions."""
        self.page.locator(f"#trial button[value='{language}']").click()
        shown = self.page.locator(f"#trial div[lang='{language}']")
        expect(shown).to_be_visible()
        return shown.inner_text()

    def step(self, name):
        """Follow a step of the version's life, and confirm it."""
        self.page.locator(f"main a[href$='/{name}/']").first.click()
        for box in self.page.locator("main input[type=checkbox]").all():
            box.check()
        self.page.locator("main form[method=post] button.button--primary").click()
        expect(self.page.locator(".messages")).to_be_visible()
