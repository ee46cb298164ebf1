"""No claim of the source documents without a home of each kind it must have."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.urls import get_resolver
from django.utils import timezone

from failures import models as failures
from portfolio.models import Population, Snapshot
from portfolio.services.refresh import refresh

ROOT = Path(__file__).resolve().parents[2]
DIGEST = yaml.safe_load((ROOT / "tests/content/digest.yaml").read_text())


def read(path):
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


@cache
def embodiments():
    return read(ROOT / "portfolio/seeds/embodiments.yaml")


@cache
def questionnaires():
    folder = ROOT / "projects/seeds/questionnaires"
    return [read(path) for path in sorted(folder.glob("*.yaml"))]


def questions(document):
    return [q for section in document["sections"] for q in section["questions"]]


@cache
def homes():
    """Kind -> ids carried by shipped content of that kind."""
    found = defaultdict(set)
    for path in (ROOT / "failures/seeds/taxonomy/v1").glob("*.yaml"):
        if path.stem != "release":
            for node in read(path):
                found["cause"] |= set(node["sources"]["seeds"])
    for path in (ROOT / "failures/seeds/practices").glob("*.yaml"):
        for practice in read(path):
            found["practice"] |= set(practice["seeds"])
    for rate in read(ROOT / "failures/seeds/base-rates.yaml"):
        found["statistic"] |= set(rate["seeds"])
    for document in questionnaires():
        for question in questions(document):
            found["question"] |= set(question["sources"]["seeds"])
    for claims in embodiments()["fields"].values():
        found["field"] |= set(claims)
    for claims in embodiments()["statistics"].values():
        found["statistic"] |= set(claims)
    for claims in embodiments()["cause_columns"].values():
        found["cause"] |= set(claims)
    for step in embodiments()["workflows"].values():
        found["workflow"] |= set(step["claims"])
    found["case"] = {"S1.32"}
    return found


def test_digest_has_all_claims():
    assert len(DIGEST) == 204
    assert all(DIGEST.values())


@pytest.mark.parametrize("claim", DIGEST)
def test_claim_has_a_home_of_each_kind(claim):
    assert [kind for kind in DIGEST[claim] if claim not in homes()[kind]] == []


def test_claim_told_by_a_case_is_that_case():
    slugs = {
        case["slug"]
        for path in (ROOT / "failures/seeds/cases").glob("*.yaml")
        for case in read(path)
    }
    assert "microsoft-tay" in slugs


def test_named_fields_exist():
    for name in embodiments()["fields"]:
        model, field = name.split(".")
        assert getattr(failures, model)._meta.get_field(field)
    for field in embodiments()["cause_columns"]:
        assert failures.FailureCause._meta.get_field(field)


@pytest.mark.django_db
def test_named_statistics_exist():
    refresh(at=timezone.now())
    payload = Snapshot.objects.get(population=Population.CASES).payload
    assert set(embodiments()["statistics"]) <= set(payload)


def test_named_workflow_steps_exist():
    documents = questionnaires()
    full = next(each for each in documents if each["code"] == "full-intake")
    known = {
        "gate": {gate["code"] for each in documents for gate in each["gates"]},
        "section": {section["code"] for section in full["sections"]},
        "question": {question["code"] for question in questions(full)},
        "questionnaire": {each["code"] for each in documents},
        "route": routes(),
    }
    for name, step in embodiments()["workflows"].items():
        kind = next(key for key in step if key != "claims")
        assert step[kind] in known[kind], name


def routes():
    found = set()
    resolver = get_resolver()
    for namespace, (_, inner) in resolver.namespace_dict.items():
        found |= {
            f"{namespace}:{key}" for key in inner.reverse_dict if isinstance(key, str)
        }
    return found
