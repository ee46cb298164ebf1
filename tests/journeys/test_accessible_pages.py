"""Every page there is: axe finds nothing, in both themes, on a desk and on a phone."""

import pytest
import requests

from tests.journeys.browser import DESKTOP, PHONE, Visitor
from tests.journeys.examples import (
    ACTS,
    PUBLIC,
    addresses,
    any_address,
    pages,
)
from tests.journeys.stack import ADMIN

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def administrator(browser, stack):
    person = Visitor(browser, stack.base_url)
    person.sign_in(ADMIN, stack.password)
    yield person
    person.close()


@pytest.fixture(scope="module")
def stranger(browser, stack):
    person = Visitor(browser, stack.base_url)
    yield person
    person.close()


def look_at(visitor, path):
    """Open a page and judge it in every size and theme."""
    page = visitor.page
    visitor.complaints.clear()
    page.set_viewport_size(DESKTOP)
    answer = visitor.go(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    assert "text/html" in answer.headers["content-type"]
    found = visitor.violations()
    page.set_viewport_size(PHONE)
    found += [f"phone {each}" for each in visitor.violations(["light"])]
    visitor.assert_fits()
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    assert not found, "\n".join([path, *found])
    visitor.assert_no_complaints()


@pytest.mark.parametrize("name", pages())
def test_page_is_accessible_to_the_administrator(name, administrator, examples):
    for path in addresses(name, examples):
        if name not in PUBLIC:
            look_at(administrator, path)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_page_is_accessible_to_a_stranger(name, stranger, examples):
    for path in addresses(name, examples):
        look_at(stranger, path)


@pytest.mark.parametrize("name", sorted(set(pages()) - PUBLIC))
def test_page_wants_a_login(name, stack, examples):
    for path in addresses(name, examples):
        if name == "account_logout":
            continue  # it shows the first page, which wants the login
        answer = requests.get(stack.base_url + path, allow_redirects=False, timeout=30)
        assert answer.status_code == 302, path
        assert answer.headers["location"].startswith("/account/login/"), path


@pytest.mark.parametrize("name", sorted(ACTS))
def test_act_is_not_done_by_looking(name, administrator):
    path = administrator.base_url + any_address(name)
    assert administrator.context.request.get(path).status == 405
