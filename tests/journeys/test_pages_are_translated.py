"""In Russian and in Chinese, no page falls back to English words of the interface."""

import gettext
import re
from functools import cache
from pathlib import Path

import pytest

from riskbase.supervisor.commands import ROOT
from tests.journeys.browser import Visitor
from tests.journeys.examples import PUBLIC, addresses, pages
from tests.journeys.words import english_in

pytestmark = pytest.mark.browser
FOLDERS = {"ru": "ru", "zh-hans": "zh_Hans"}
# What people wrote, and what is code, stays in its own language.
VISIBLE = """() => {
  const copy = document.querySelector("main").cloneNode(true);
  copy.querySelectorAll("code, pre, [lang='en'], option, .prose, .timeline, dd, td, th[scope=row]")
    .forEach((each) => each.remove());
  return copy.innerText + "\\n" + document.querySelector("nav").innerText;
}"""


@cache
def catalog(language):
    """Return the compiled catalog, or None while there is none."""
    path = Path(ROOT, "locale", FOLDERS[language], "LC_MESSAGES", "django.mo")
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.fixture(scope="module", params=list(FOLDERS))
def reader(request, browser, stack):
    """An administrator who reads another language."""
    if catalog(request.param) is None:
        pytest.skip(f"no compiled catalog of {request.param} yet")
    username = f"reader-{request.param}"
    password = stack.person(username, language=request.param)
    stack.rows(
        "update accounts_user set is_superuser = true where username = %s", username
    )
    person = Visitor(browser, stack.base_url)
    person.sign_in(username, password)
    person.language = request.param
    yield person
    person.close()


def test_every_page_is_translated(reader, examples):
    leftovers = {}
    for name in sorted(set(pages()) - PUBLIC):
        path = addresses(name, examples)[0]
        reader.go(path)
        assert reader.page.get_attribute("html", "lang") == reader.language, path
        found = english_in(re.sub(r"\s+", " ", reader.page.evaluate(VISIBLE)))
        if found:
            leftovers[name] = found
    assert leftovers == {}
