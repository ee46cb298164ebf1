"""Callers in haste are told when to come back."""

import pytest
from django.core.cache import cache
from rest_framework.throttling import UserRateThrottle

from accounts.api.views import MeView
from riskbase.settings import base

ME = "/api/v1/me/"


class TwicePerMinute(UserRateThrottle):
    rate = "2/min"


@pytest.fixture
def strict(monkeypatch):
    cache.clear()
    monkeypatch.setattr(MeView, "throttle_classes", [TwicePerMinute])
    yield
    cache.clear()


def test_product_limits_callers():
    settings = base.REST_FRAMEWORK
    assert len(settings["DEFAULT_THROTTLE_CLASSES"]) == 2
    assert set(settings["DEFAULT_THROTTLE_RATES"]) == {"anon", "user"}


def test_haste_is_a_problem_with_a_time(strict, alice, bob, session_of):
    api = session_of(alice)
    assert [api.get(ME).status_code for _ in range(3)] == [200, 200, 429]
    refused = api.get(ME)
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "throttled"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert session_of(bob).get(ME).status_code == 200
