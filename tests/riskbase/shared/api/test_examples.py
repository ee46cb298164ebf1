"""Every JSON body of the schema has an example, and the example is valid."""

import functools

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from riskbase.shared.api.examples import Maker, bodies_of, declared

FORMATS = Draft202012Validator.FORMAT_CHECKER


@functools.cache
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def pytest_generate_tests(metafunc):
    if "operation" in metafunc.fixturenames:
        found = {
            f"{method} {path}": node
            for path, item in schema()["paths"].items()
            for method, node in item.items()
        }
        metafunc.parametrize("operation", found.values(), ids=found)


def test_bodies_have_valid_examples(operation):
    for body in bodies_of(operation):
        examples = declared(body)
        assert examples
        whole = {**body["schema"], "components": schema()["components"]}
        validator = Draft202012Validator(whole, format_checker=FORMATS)
        for example in examples:
            faults = [
                f"{fault.json_path}: {fault.message}"
                for fault in validator.iter_errors(example)
            ]
            assert not faults


def test_bodies_say_something(operation):
    """The stand-in for texts that nobody described is nowhere to be seen."""
    for body in bodies_of(operation):
        assert "text" not in texts_of(declared(body)[0])


def texts_of(value):
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts_of(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts_of(inner)]
    return [value]


def test_bodies_are_found():
    bodies = [
        body
        for item in schema()["paths"].values()
        for node in item.values()
        for body in bodies_of(node)
    ]
    assert len(bodies) > 90


COMPONENTS = {
    "Branch": {
        "type": "object",
        "properties": {
            "slug": {"type": "string", "pattern": "^[0-9]+$"},
            "twigs": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Branch"},
            },
        },
    },
    "PatchedBranchRequest": {
        "type": "object",
        "properties": {name: {"type": "integer"} for name in "abcdef"},
    },
}


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ({"type": "integer", "minimum": 7}, 7),
        ({"type": ["null", "boolean"]}, True),
        ({"type": "string", "maxLength": 2}, "te"),
        ({"type": "string", "pattern": r"^0?\.\d{1,2}$"}, "0.25"),
        ({"enum": ["", "low"]}, "low"),
        ({"oneOf": [{"enum": ["low"]}, {"type": "null"}]}, "low"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"en": 1}),
        ({"$ref": "#/components/schemas/Branch"}, {"slug": "1", "twigs": []}),
        (
            {"$ref": "#/components/schemas/PatchedBranchRequest"},
            {"a": 1, "b": 1, "c": 1},
        ),
    ],
)
def test_maker_follows_the_schema(node, value):
    assert Maker(COMPONENTS, "/branches/").example(node) == value


def test_pages_lead_on_from_the_first():
    link = {"type": ["string", "null"], "format": "uri"}
    node = {"type": "object", "properties": {"next": link, "previous": link}}
    page = Maker({}, "/api/v1/branches/{id}/twigs/").example(node)
    assert page["previous"] is None
    assert page["next"].startswith("https://riskbase.example.org/api/v1/branches/0193")
