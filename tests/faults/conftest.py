"""The running installation, shared with the journeys."""

import pytest

from tests.journeys.stack import shared_stack


@pytest.fixture(scope="session")
def stack(pytestconfig):
    return shared_stack(pytestconfig)
