"""Every refusal is a problem detail, in the caller's language."""

import uuid

import pytest
from django.utils import translation
from rest_framework.test import APIClient

from riskbase.shared.api.problems import TITLES

UNITS = "/api/v1/units/"
LANGUAGES = ["en", "ru", "zh-hans"]


def assert_problem(answer, status, code):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "code", "detail", "request_id"} <= set(problem)
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["request_id"] == answer["X-Request-ID"]
    return problem


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_in_their_language(db, language):
    answer = APIClient().get(UNITS, headers={"Accept-Language": language})
    problem = assert_problem(answer, 401, "not_authenticated")
    assert answer["Content-Language"] == language
    assert "Bearer" in answer["WWW-Authenticate"]
    with translation.override(language):
        assert problem["title"] == str(TITLES[401])


def test_details_differ_by_language(alice, session_of):
    api, address = session_of(alice), f"{UNITS}{uuid.uuid4()}/"
    details = {
        api.get(address, headers={"Accept-Language": language}).json()["detail"]
        for language in LANGUAGES
    }
    assert len(details) == 3


def test_profile_language_speaks_where_no_header_asks(alice, session_of):
    alice.language = "ru"
    alice.save()
    answer = session_of(alice).get(f"{UNITS}{uuid.uuid4()}/")
    assert answer["Content-Language"] == "ru"
    assert not answer.json()["detail"].isascii()


def test_lacking_right_is_forbidden(alice, session_of):
    answer = session_of(alice).post(UNITS, {"name": "Mine"})
    assert_problem(answer, 403, "permission_denied")


def test_invalid_fields_are_pointed_at(admin, session_of):
    answer = session_of(admin).post(UNITS, {"name": "", "parent": "no-id"})
    problem = assert_problem(answer, 400, "invalid")
    pointers = {error["pointer"]: error["code"] for error in problem["errors"]}
    assert pointers["/name"] == "blank"
    assert "/parent" in pointers


def test_rule_of_the_domain_is_unprocessable(admin, retail, session_of):
    answer = session_of(admin).post(
        UNITS, {"name": "Retail", "parent": str(retail.parent_id)}
    )
    assert_problem(answer, 422, "unit_name_taken")


def test_bad_json_method_type_and_accept_are_problems_too(admin, session_of):
    api = session_of(admin)
    broken = api.generic("POST", UNITS, "{", content_type="application/json")
    assert_problem(broken, 400, "parse_error")
    assert_problem(api.put(UNITS, {}), 405, "method_not_allowed")
    text = api.generic("POST", UNITS, "name=x", content_type="text/plain")
    assert_problem(text, 415, "unsupported_media_type")
    page = api.get(UNITS, headers={"Accept": "text/html"})
    assert page.status_code in {200, 406}
    assert "json" in page["Content-Type"]


@pytest.mark.parametrize("body", ["null", "[]", "3", '"x"', "true"])
def test_body_that_is_no_object_is_invalid(admin, session_of, body):
    answer = session_of(admin).generic(
        "POST", UNITS, body, content_type="application/json"
    )
    assert answer.status_code == 400
