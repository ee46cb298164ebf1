import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring.lint import Severity, lint
from projects.scoring.lint.linter import MAX_FINDINGS
from tests.projects.scoring.examples import a_document
from tests.projects.scoring.strategies import CAUSES

KNOWN = {"causes": CAUSES, "practices": {"split-first"}}


def codes(document, **more):
    return [finding.code for finding in lint(document, **{**KNOWN, **more})]


def loud(document):
    found = lint(document, **KNOWN)
    return [str(one) for one in found if one.severity is not Severity.NOTE]


def test_gravest_findings_come_first():
    document = a_document()
    document["gates"][0]["practice"] = "odd"
    found = [finding.severity.rank for finding in lint(document, **KNOWN)]
    assert found == sorted(found)
    assert found[0] == 0


def test_form_comes_before_sense():
    document = a_document()
    document["odd"] = 1
    document["sections"][0]["questions"][0]["weights"] = {"moon": 3}
    assert "unknown_key" in codes(document)
    assert "unknown_cause" not in codes(document)
    del document["odd"]
    assert "unknown_cause" in codes(document)


def test_missing_texts_do_not_hide_the_rest():
    document = a_document()
    del document["title"]["ru"]
    document["gates"][0]["practice"] = "odd"
    assert {"missing_translation", "unknown_practice"} <= set(codes(document))


def test_succession_is_asked_of_the_version_before():
    document = a_document()
    del document["sections"][0]["questions"][5]
    assert "removed_question" not in codes(document)
    assert "removed_question" in codes(document, previous=a_document())


@pytest.mark.parametrize("document", [None, 5, "text", [], [{}], {}, {"sections": {}}])
def test_anything_is_linted(document):
    assert {one.severity for one in lint(document, **KNOWN)} == {Severity.ERROR}


def test_list_of_findings_ends():
    document = a_document()
    document.update({f"odd_{n}": 1 for n in range(2 * MAX_FINDINGS)})
    found = lint(document, **KNOWN)
    assert len(found) == MAX_FINDINGS + 1
    assert found[-1].code == "more_findings"


def a_question(number, when):
    question = deepcopy(a_document()["sections"][0]["questions"][0])
    return {**question, "code": f"q{number}", "visible_when": when}


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "when",
    [
        lambda n: f"q{n - 1} == 'by_time'",
        lambda n: f"q{n + 1} == 'by_time'",
        lambda n: " or ".join(f"q{max(n - k, 0)} == 'none'" for k in range(1, 60)),
        lambda n: " and ".join(f"q{max(n - k, 0)} != 'none'" for k in range(1, 60)),
        lambda n: f"q{n ^ 1} == 'none'",
    ],
)
def test_large_questionnaire_is_linted(when):
    document = a_document()
    questions = [a_question(n, when(n)) for n in range(400)]
    document["sections"][0]["questions"] += questions
    assert lint(document, **KNOWN)


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["weighted", "single", "multiple", "split == 'none'", "alpha"])
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "en", "signal", "x.y"]), inner)
    ),
    max_leaves=6,
)


def spots(part, path=()):
    yield path
    items = (
        part.items()
        if isinstance(part, dict)
        else enumerate(part)
        if isinstance(part, list)
        else ()
    )
    for key, inner in items:
        yield from spots(inner, (*path, key))


PATHS = list(spots(a_document()))


def changed(document, path, value, *, gone):
    if not path:
        return value
    part = document
    for key in path[:-1]:
        part = part[key]
    if gone:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return document


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), anything, st.booleans()), max_size=4))
def test_linting_raises_nothing(changes):
    document = a_document()
    for path, value, gone in sorted(
        changes, key=lambda one: one[0].__str__(), reverse=True
    ):
        try:
            document = changed(document, path, value, gone=gone)
        except (KeyError, IndexError, TypeError):
            continue
    for previous in (None, document if isinstance(document, dict) else None):
        found = lint(document, **KNOWN, previous=previous)
        assert all(str(finding) for finding in found)
        json.dumps([dict(finding.params) for finding in found])


@given(anything)
def test_anything_at_all_is_linted(document):
    lint(document, **KNOWN, previous=a_document())
