"""A file with faults is uploaded, mapped, checked, imported in part, corrected, finished."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.words import speaks

pytestmark = pytest.mark.browser
HEAD = "Key;Headline;What happened in short;Seen on;Severity"
GOOD = ["{0}-1;Returns taken for thefts;Nine alarms in ten;2026-02-03;high"]
BAD = [
    "{0}-2;;No headline;2026-02-03;low",
    "{0}-3;A forecast drifted;Stock ran out;soon;low",
    "{0}-4;Labels were guessed;Nobody asked;2026-02-03;dire",
]
MENDED = [
    "{0}-2;A headline;No headline;2026-02-03;low",
    "{0}-3;A forecast drifted;Stock ran out;2026-03-01;low",
    "{0}-4;Labels were guessed;Nobody asked;2026-02-03;critical",
]
MAPPING = {0: "external_id", 1: "title", 2: "summary", 3: "detected_on", 4: "severity"}


class Importer:
    """Somebody with a file; no step depends on the language."""

    def __init__(self, visitor, unit):
        self.visitor, self.page, self.unit = visitor, visitor.page, str(unit)
        self.key = secrets.token_hex(4)

    def upload(self, lines):
        self.visitor.go("/post-mortems/")
        self.page.locator("a[href$='/post-mortems/import/']").first.click()
        text = "\n".join([HEAD, *(line.format(self.key) for line in lines)])
        file = {"name": "file.csv", "mimeType": "text/csv", "buffer": text.encode()}
        self.page.set_input_files("input[name=file]", file)
        self.page.select_option("select[name=unit]", self.unit)
        self.page.locator("main form button.button--primary").click()
        expect(self.page).to_have_url(re.compile(r"/import/[0-9a-f-]{36}/"))

    def map(self):
        for at, ours in MAPPING.items():
            self.page.select_option(f"select[name=column_{at}]", ours)

    def act(self, name):
        """Press the button and wait for the worker."""
        self.page.locator(f"button[name=act][value={name}]").click()
        expect(self.page.locator("[data-faulty]")).to_be_visible(timeout=60_000)

    def count(self, name):
        return int(self.page.locator(f"[data-{name}]").inner_text())


@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", ["zh-hans"])
def test_a_file_with_faults_is_corrected_and_imported(browser, stack, language):
    username = f"rita-{secrets.token_hex(3)}"
    password = stack.person(username, "reviewer", stack.root_unit(), language)
    window = Visitor(browser, stack.base_url)
    window.sign_in(username, password)
    rita = Importer(window, stack.root_unit())

    rita.upload(GOOD + BAD)
    rita.page.locator("button[name=act][value=check]").click()
    expect(
        rita.page.locator(".field__error, .form__errors, .callout--danger").first
    ).to_be_visible()
    rita.map()
    rita.act("check")
    assert (rita.count("good"), rita.count("faulty")) == (1, 3)
    rows = rita.page.locator(
        "section[aria-labelledby=result] tbody th"
    ).all_inner_texts()
    assert rows == ["3", "4", "5"]
    assert speaks(language, rita.page.locator("main").inner_text())
    window.assert_accessible()
    with rita.page.expect_download() as report:
        rita.page.locator("a[href$='/report/csv/']").click()
    assert "not_date" in report.value.path().read_text("utf-8-sig")
    rita.act("import")
    assert rita.count("created") == 1

    rita.upload(GOOD + MENDED)
    rita.map()
    rita.act("import")
    assert (rita.count("created"), rita.count("unchanged")) == (3, 1)
    assert rita.count("faulty") == 0
    stored = "select count(*) from failures_postmortem where external_id like %s"
    assert stack.value(stored, f"{rita.key}-%") == 4
    rita.page.set_viewport_size(PHONE)
    window.assert_fits()
    window.assert_no_complaints()
    window.close()
