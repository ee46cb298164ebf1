"""The page on questionnaires says what the engine says, and its example is sound."""

import re
from pathlib import Path

import pytest

from projects.scoring.lint import Severity, lint
from projects.scoring.sentences import LINT, TEMPLATES
from projects.scoring.source import read

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "questionnaires.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \|(?: ([a-z, ]+) \|)? (.+) \|$", re.MULTILINE)
CAUSES = {"leakage": "leakage", "evaluation-drift": "evaluation-drift"}


def test_every_sentence_is_listed():
    listed = {code: said.replace("\\|", "|") for code, _, said in ROW.findall(PAGE)}
    frames = {"at_line", "at_character"}
    assert listed == {k: v for k, v in TEMPLATES.items() if k not in frames}


def test_every_finding_of_the_linter_has_its_severity():
    told = {code: severity for code, severity, _ in ROW.findall(PAGE)}
    for code in LINT:
        assert set(told[code].split(", ")) <= {each.value for each in Severity}


def test_severities_are_those_the_linter_gives():
    told = {code: severity for code, severity, _ in ROW.findall(PAGE)}
    calls = re.compile(r'\b(error|warning|note)\(\s*"(\w+)"')
    for module in (ROOT / "projects/scoring/lint").glob("*.py"):
        for severity, code in calls.findall(module.read_text()):
            assert severity in told[code], (code, severity)


def test_example_is_sound():
    example = re.findall(r"```yaml\n(code: .+?)```", PAGE, re.DOTALL)[0]
    document = read(example).document
    found = lint(document, causes=CAUSES, practices=())
    assert [str(one) for one in found if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("key", ["retired", "languages", "adjustments", "floor"])
def test_page_shows_the_rarer_keys(key):
    assert f"{key}:" in PAGE
