"""Bodies that are too long, too deep, or hold what no column can keep."""

import json

import pytest
from rest_framework.test import APIClient

UNITS = "/api/v1/units/"


def deep(levels):
    return '{"name": ' + "[" * levels + "]" * levels + "}"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": "a\x00b"}, "/name"),
        ({"other": [{"deep": "\x00"}]}, "/other/0/deep"),
        ({"name": "\ud800"}, "/name"),
    ],
    ids=["nul", "nul inside", "half a pair"],
)
def test_member_that_cannot_be_stored_is_named(admin, session_of, body, pointer):
    answer = session_of(admin).post(
        UNITS, json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 400
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    "body",
    [json.dumps({"name\x00": "a"}), json.dumps("\x00"), deep(40), deep(100_000)],
    ids=["nul name", "nul alone", "deep", "very deep"],
)
def test_body_that_cannot_be_stored_is_invalid(admin, session_of, body):
    answer = session_of(admin).post(UNITS, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "order-1"}])
def test_long_body_is_too_large(admin, session_of, settings, headers):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = session_of(admin).post(UNITS, {"name": "x" * 1000}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer["Content-Type"] == "application/problem+json"


def test_characters_beyond_the_basic_plane_are_kept(admin, session_of):
    answer = session_of(admin).post(UNITS, {"name": "Depot \N{DELIVERY TRUCK}"})
    assert answer.status_code == 201
    assert answer.json()["name"] == "Depot \N{DELIVERY TRUCK}"


def test_form_with_a_key_is_an_unsupported_type(admin):
    api = APIClient(enforce_csrf_checks=True)
    api.force_login(admin)
    api.cookies["csrftoken"] = "t" * 32
    answer = api.post(
        UNITS,
        {"name": "Depot", "csrfmiddlewaretoken": "t" * 32},
        format="multipart",
        headers={"Idempotency-Key": "order-1"},
    )
    assert answer.status_code == 415
