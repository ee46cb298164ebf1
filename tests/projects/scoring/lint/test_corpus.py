"""Defective questionnaires, each with what it must show, and no false alarm."""

from pathlib import Path

import pytest
import yaml

from projects.scoring.lint import Severity, lint
from projects.scoring.sentences import FORM, LINT, SENSE
from projects.scoring.source import read

ROOT = Path(__file__).parents[4]
CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
SHIPPED = sorted((ROOT / "projects/seeds/questionnaires").glob("*.yaml"))
CAUSES = {"alpha": "alpha", "alpha-one": "alpha"}


def stem(path):
    return path.stem


@pytest.mark.parametrize("path", CORPUS, ids=stem)
def test_defect_is_found_and_no_other(path):
    case = read(path.read_bytes()).document
    found = lint(
        case["document"],
        causes=case.get("causes", CAUSES),
        practices={"split-first"},
        languages=case.get("languages", ["en"]),
        previous=case.get("previous"),
    )
    loud = {one.code for one in found if one.severity is not Severity.NOTE}
    named = set(case["finds"])
    assert named <= {one.code for one in found}
    assert loud <= named
    assert all(str(one) for one in found)


def test_corpus_covers_what_the_linter_looks_for():
    found = {
        code for path in CORPUS for code in read(path.read_bytes()).document["finds"]
    }
    assert len(CORPUS) >= 45
    assert set(LINT) - found <= {"more_findings"}
    assert len(found & (set(FORM) | set(SENSE))) > 15


def of_seeds(folder):
    for path in sorted((ROOT / "failures/seeds" / folder).glob("*.yaml")):
        if path.name != "release.yaml":
            yield from yaml.load(path.read_text(), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def causes():
    parents = {cause["slug"]: cause["parent"] for cause in of_seeds("taxonomy/v1")}

    def top(slug):
        return top(parents[slug]) if parents[slug] else slug

    return {slug: top(slug) for slug in parents}


@pytest.fixture(scope="module")
def practices():
    return {practice["slug"] for practice in of_seeds("practices")}


@pytest.mark.parametrize("path", SHIPPED, ids=stem)
def test_shipped_questionnaire_raises_no_alarm(path, causes, practices):
    document = read(path.read_bytes()).document
    found = lint(document, causes=causes, practices=practices, previous=document)
    assert [str(one) for one in found if one.severity is not Severity.NOTE] == []
