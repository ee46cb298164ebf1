"""The world, written once per module into a transaction that is rolled back."""

import logging

import pytest
from django.db import transaction

from tests.access.asking import Asking
from tests.access.world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def asking(world):
    return Asking(world)


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Refusals are what is asked for: rendering each in the log costs most of the time."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
