"""Callers of the API: by session and by token."""

import pytest
from rest_framework.test import APIClient

from accounts.services.tokens import create_token


@pytest.fixture
def session_of():
    """Return a client signed in as a person."""

    def make(user, **options):
        api = APIClient(**options)
        api.force_login(user)
        return api

    return make


@pytest.fixture
def bearer_of():
    """Return a client with a fresh token of a person."""

    def make(user, *scopes):
        _token, secret = create_token(by=user, name="test", scopes=scopes, days=1)
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return api

    return make
