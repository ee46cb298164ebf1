"""A person at a browser: real Chromium, watched for everything that goes wrong."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-dev-shm-usage", "--font-render-hinting=none"),
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000
NARROW_OVERFLOW = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > root.clientWidth + 1
    && !element.closest("[tabindex='0'][role='region'], .table-wrap"));
  return [`${root.scrollWidth} px wide`, ...wide.slice(0, 5).map((e) =>
    `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`)];
}"""
# Colors halfway between two themes belong to neither.
SETTLE = """async () => {
  const frames = () => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let calm = 0, tries = 0; calm < 2 && tries < 30; tries += 1) {
    await frames();
    const moving = document.getAnimations();
    moving.forEach((animation) => animation.finish());
    calm = moving.length ? 0 : calm + 1;
  }
}"""
AXE = Axe().axe_script
RUN = "(options) => axe.run(document, options)"
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
}


def chromium_path():
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip(f"no Chromium on PATH (looked for {', '.join(CHROMIUM)})")
    return found


@contextmanager
def chromium():
    """Start Chromium, or skip with the reason."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


CUT_OFF = ("htmx:sendAbort", "htmx:afterRequest")


class Visitor:
    """One browser window of one person, with the record of its complaints."""

    def __init__(self, browser, base_url, *, language="en-US", size=DESKTOP):
        self.base_url = base_url
        self.context = browser.new_context(
            base_url=base_url, locale=language, viewport=size, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))
        self.page.on("response", self._response)

    def _note(self, text):
        self.complaints.append(f"{self.page.url}: {text}")

    def _console(self, message):
        # Chromium reports a violated content security policy as a console error.
        # htmx reports requests that it cuts off itself, because a newer one replaces them.
        if message.text.startswith(CUT_OFF):
            return
        if message.type == "error":
            self._note(f"console: {message.text}")

    def _response(self, response):
        if response.status >= 500:
            self._note(f"{response.status} {response.request.method} {response.url}")

    def close(self):
        self.context.close()

    def assert_no_complaints(self):
        assert not self.complaints, "\n".join(self.complaints)

    # -- going about --------------------------------------------------------

    def go(self, path):
        return self.page.goto(path)

    def sign_in(self, username, password):
        self.go("/account/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", password)
        self.page.locator("main form button.button--primary").click()
        self.page.wait_for_url(lambda url: "/account/login" not in url)

    def speak(self, language):
        """Choose the language of the pages, as a person does."""
        self.page.locator(f"button[name=language][value='{language}']").click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    def theme(self, name):
        """Wear a theme by the system's wish; a stored choice would win over it."""
        self.page.emulate_media(color_scheme=name)
        self.page.evaluate(SETTLE)

    # -- looking ------------------------------------------------------------

    def assert_fits(self):
        """No sideways scrolling of the page."""
        assert self.page.evaluate(NARROW_OVERFLOW) == [], self.page.url

    def assert_accessible(self, themes=("light", "dark")):
        """Axe finds nothing in either theme."""
        assert self.violations(themes) == [], self.page.url

    def violations(self, themes=("light", "dark")):
        found = []
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        for theme in themes:
            self.theme(theme)
            answer = self.page.evaluate(RUN, RULES)
            found += [
                f"{theme} {violation['id']}: {node['target']} {node['html'][:160]}"
                for violation in answer["violations"]
                for node in violation["nodes"][:3]
            ]
        # Whoever looks next waits until the colors have settled.
        self.page.emulate_media(color_scheme="light")
        return found

    def picture(self, path: Path):
        self.page.screenshot(path=path, full_page=True)
