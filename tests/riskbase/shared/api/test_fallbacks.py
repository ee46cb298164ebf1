from django.test import RequestFactory

from riskbase.shared.api import fallbacks


def test_unknown_address_below_the_api_is_a_problem(client):
    answer = client.get("/api/v1/nothing/")
    assert answer.status_code == 404
    assert answer["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_unknown_address_elsewhere_is_a_page(client):
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert answer["content-type"].startswith("text/html")


def test_failure_below_the_api_tells_nothing():
    answer = fallbacks.server_error(RequestFactory().get("/api/v1/projects/"))
    assert answer.status_code == 500
    assert b'"server_error"' in answer.content
