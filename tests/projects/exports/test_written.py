"""What is written is read back to the same digest."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.exports.written import as_json, as_yaml
from projects.scoring import digest
from tests.factories.projects import small_document

SHIPPED = sorted(Path("projects/seeds/questionnaires").glob("*.yaml"))

# Texts that YAML would take for something else, and the ends of its own syntax.
TREACHEROUS = st.sampled_from(
    [
        "yes",
        "no",
        "on",
        "null",
        "~",
        "1e3",
        "0x1f",
        "12:30",
        "2026-03-01",
        "- a",
        "a: b",
        "# c",
        "&a",
        "*a",
        "!t",
        "'",
        '"',
        "a\nb",
        " a ",
        "%",
        "@",
        "`",
        "是",
        "да\t",
        "=",
        "<<",
    ]
)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | TREACHEROUS | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            TREACHEROUS | st.sampled_from(["code", "text", "questions"]), inner
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("write", [as_yaml, as_json])
def test_shipped_questionnaires_come_back_whole(path, write):
    document = yaml.safe_load(path.read_bytes())
    assert digest(yaml.safe_load(write(document))) == digest(document)


@settings(max_examples=300)
@given(part=DOCUMENTS)
def test_any_text_comes_back_as_it_was(part):
    document = {"code": part}
    written = as_yaml(document)
    assert yaml.safe_load(written) == document


def test_keys_stand_as_a_person_would_write_them():
    lines = as_yaml(small_document()).decode().splitlines()
    keys = [line.split(":")[0] for line in lines if line[0].isalpha()]
    assert keys[:3] == ["code", "version", "title"]
    assert keys[-2:] == ["sections", "gates"]


def test_no_text_becomes_an_anchor():
    shared = {"en": "Same", "ru": "Same", "zh-hans": "Same"}
    written = as_yaml({"title": dict(shared), "description": dict(shared)}).decode()
    assert "&" not in written
