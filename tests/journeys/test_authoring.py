"""An author writes, is told of a fault, previews, backtests; another person publishes."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.author import Author
from tests.journeys.browser import Visitor
from tests.journeys.words import speaks

pytestmark = pytest.mark.browser
IN_FORCE = """
select version.state from projects_questionnaireversion version
join projects_questionnaire kind on kind.id = version.questionnaire_id
where kind.code = %s
"""


@pytest.fixture
def person(stack, browser):
    """Open windows for people with a role at the very top."""
    opened = []

    def arrive(role, language):
        username = f"{role}-{secrets.token_hex(3)}"
        unit = stack.root_unit()
        password = stack.person(username, role=role, unit=unit, language=language)
        visitor = Visitor(browser, stack.base_url)
        visitor.sign_in(username, password)
        opened.append(visitor)
        return Author(visitor)

    yield arrive
    for visitor in opened:
        visitor.close()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_questionnaire_is_written_and_published(stack, person, language):
    author = person("manager", language)
    code = f"journey-{secrets.token_hex(3)}"
    author.begin(code)

    author.replace("unclear-problem: 5", "unclear-problem: 50")
    fault = author.finding("bad_weight")
    expect(fault).to_be_visible()
    fault.locator("[data-line]").click()
    assert "unclear-problem: 50" in author.selected()
    author.save()
    assert "unclear-problem: 50" in author.page.input_value("#id_source")
    author.replace("unclear-problem: 50", "unclear-problem: 5")
    expect(author.finding("bad_weight")).to_have_count(0)
    author.save()

    for spoken in ("en", "ru", "zh-hans"):
        assert speaks(spoken, author.preview(spoken))
    author.page.locator("#decision_named-is-nothing").check()
    author.page.locator("#people_affected-is-many").check()
    expect(author.page.locator("#trial .tier--critical")).to_be_visible()
    expect(author.page.locator("#decision_named-is-nothing")).to_be_checked()

    author.page.locator("form[action$='/backtests/'] button").click()
    author.page.locator("[data-result], #tiers").first.wait_for()
    if author.page.locator("[data-result]").count():
        author.page.locator("[data-result]").click()
    expect(author.page.locator("#tiers")).to_be_visible()
    author.page.locator("nav.breadcrumb a[href*='/drafts/']").click()
    author.step("send")
    draft = author.page.url

    reviewer = person("reviewer", language)
    reviewer.page.goto(draft)
    reviewer.step("publish")
    expect(reviewer.page.locator("#provenance")).to_be_visible()
    assert stack.value(IN_FORCE, code) == "published"
    for each in (author, reviewer):
        each.visitor.assert_no_complaints()
