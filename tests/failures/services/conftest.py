"""A tiny content of the same shape as the real one."""

import datetime as dt

import pytest

from failures.services import cases, knowledge, taxonomy

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def words(text):
    return {"en": text, "ru": f"{text} (ru)", "zh-hans": f"{text} (zh)"}


def node(slug, parent=None):
    return {
        "slug": slug,
        "parent": parent,
        "title": words(slug),
        "definition": words("A definition"),
        "stages": ["training"],
        "warning_signs": [words("A sign")],
        "checks": [words("A check")],
        "practices": ["split-first"],
        "robustness_related": True,
        "extension": False,
        "leakage_category": "",
        "sources": {"seeds": ["S0.1"], "literature": []},
        "mappings": {},
    }


@pytest.fixture
def release():
    nodes = [node("leakage"), node("lk-time", "leakage"), node("deployment")]
    return {"number": 1, "label": "2026.1", "literature": {}, "nodes": nodes}


@pytest.fixture
def practice():
    return {
        "slug": "split-first",
        "title": words("Split first"),
        "causes": ["leakage"],
        "kind": "prevent",
        "effect": "0.40",
        "seeds": ["S0.31"],
    }


@pytest.fixture
def rate():
    return {
        "slug": "fail-87",
        "statement": words("Never reach production"),
        "note": {},
        "unit": words("%"),
        "value": 87,
        "value_low": None,
        "value_high": None,
        "n": None,
        "year": 2019,
        "source": "A panel",
        "url": "https://example.org/",
        "cause": "",
        "reliability": "weak",
        "verification": "seen",
        "seeds": ["S0.3"],
    }


@pytest.fixture
def case():
    return {
        "slug": "shuttle",
        "title": words("Shuttle collided"),
        "summary": words("A shuttle met a truck."),
        "intended": words("To carry people."),
        "lesson": words("Test in traffic."),
        "loss": {},
        "outcome": "failed",
        "detection": "accident",
        "task": "control",
        "modality": "sensor",
        "severity": "low",
        "sector": "transport",
        "stage_introduced": "evaluation",
        "stage_detected": "operation",
        "causes": [{"cause": "lk-time", "role": "root", "confidence": "known"}],
        "organization": "Keolis",
        "year_started": 2016,
        "year_failed": 2017,
        "cost": {"amount": 1200, "currency": "JPY", "basis": "estimated"},
        "harmed_count": None,
        "verification": "source_seen",
        "unsure": "",
        "sources": [
            {
                "publisher": "Press",
                "title": "Report",
                "year": 2017,
                "url": "https://example.org/",
            }
        ],
        "aiid_incident": 23,
    }


@pytest.fixture
def loaded(db, release, practice, rate, case):
    """Load the tiny content once."""
    taxonomy.load_release(document=release, at=NOW)
    knowledge.load_practices(entries=[practice])
    knowledge.load_rates(entries=[rate])
    cases.load_cases(entries=[case], at=NOW)
