import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from projects.scoring import LANGUAGES
from projects.scoring.lint import Severity, lint
from projects.scoring.schema import document_schema
from projects.scoring.source import read
from projects.scoring.writing import ORDER
from tests.projects.scoring.examples import a_document

ROOT = Path(__file__).parents[3]
CORPUS = sorted((Path(__file__).parent / "lint" / "corpus").glob("*.yaml"))
SHIPPED = sorted((ROOT / "projects/seeds/questionnaires").glob("*.yaml"))
SEEN = {
    "bad_points",
    "bad_question_code",
    "bad_threshold",
    "bad_weight",
    "empty_text",
    "missing",
    "not_a_member",
    "not_a_text",
    "practice_misplaced",
    "too_few_choices",
    "unknown_key",
    "unweighted",
}
"""Problems of form that need no look at other parts of the document."""


def stem(path):
    return path.stem


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(document_schema())
    return Draft202012Validator(document_schema())


def case_of(path):
    return read(path.read_bytes()).document


def test_published_file_is_this_schema():
    """Otherwise: manage.py questionnaire_schema > docs/questionnaire.schema.json."""
    written = (ROOT / "docs" / "questionnaire.schema.json").read_text()
    assert json.loads(written) == document_schema()
    assert written == json.dumps(document_schema(), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", SHIPPED, ids=stem)
def test_shipped_questionnaire_validates(path, validator):
    assert list(validator.iter_errors(case_of(path))) == []


def test_every_part_of_the_format_validates(validator):
    assert list(validator.iter_errors(a_document())) == []


@pytest.mark.parametrize("path", CORPUS, ids=stem)
def test_schema_sees_the_form_and_no_more(path, validator):
    case = case_of(path)
    languages = case.get("languages", ["en"])
    found = lint(case["document"], causes={}, practices=(), languages=languages)
    errors = {one.code for one in found if one.severity is Severity.ERROR}
    # A choice may be retired, which only the linter counts.
    hidden = path.stem == "only-one-choice-not-retired"
    expected = bool(errors & SEEN) and not hidden
    if expected or not errors:
        assert validator.is_valid(case["document"]) is not expected


def described(part):
    if isinstance(part, list):
        return all(map(described, part))
    if not isinstance(part, dict):
        return True
    keys = part.get("properties", {})
    named = "additionalProperties" in part and isinstance(keys, dict)
    if named and not all(one.get("description") for one in keys.values()):
        return False
    return all(map(described, part.values()))


def test_every_key_is_described():
    assert described(document_schema())


def test_keys_are_those_the_writer_knows():
    keys = set()

    def collect(part):
        if isinstance(part, dict):
            if part.get("additionalProperties") is False:
                keys.update(part["properties"])
            for inner in part.values():
                collect(inner)
        elif isinstance(part, list):
            for inner in part:
                collect(inner)

    collect(document_schema())
    inner = {"seeds", "literature", "credit", "alternatives", "at_least", "factor"}
    assert keys - inner - {"up_to", "tier", "cause", "score"} <= set(ORDER)
    assert set(ORDER) <= keys


def test_languages_left_out_are_named():
    languages = document_schema()["properties"]["languages"]["description"]
    assert all(language in languages for language in LANGUAGES)
