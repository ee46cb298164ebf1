"""The running installation and a browser that looks at it."""

import pytest

from tests.journeys.browser import Visitor, chromium
from tests.journeys.examples import MAKE
from tests.journeys.stack import shared_stack


@pytest.fixture(scope="session")
def stack(pytestconfig):
    return shared_stack(pytestconfig)


# Playwright keeps an event loop in the thread, in which Django refuses to work: it
# must be gone before a test of another module asks the database.
@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def visitor(browser, stack):
    """Open a window nobody is signed in at; nothing may go wrong in it."""
    person = Visitor(browser, stack.base_url)
    yield person
    person.close()


@pytest.fixture(scope="session")
def examples(stack):
    """Return what to put into the address of each page."""
    return stack.ask_django(MAKE)
