import copy

import pytest

from failures.taxonomy import DocumentError, read_release

STAGES = ["training", "evaluation"]


def words(text):
    return {"en": text, "ru": text, "zh-hans": text}


def node(slug, parent=None, **changes):
    return {
        "slug": slug,
        "parent": parent,
        "title": words(slug),
        "definition": words("A definition"),
        "stages": ["training"],
        "warning_signs": [words("A sign")],
        "checks": [],
        "practices": ["split-first"],
        "robustness_related": True,
        "extension": False,
        "leakage_category": "",
        "sources": {"seeds": ["S0.1"], "literature": ["kaufman2012"]},
        "mappings": {},
        **changes,
    }


def document(*nodes, **changes):
    return {
        "number": 1,
        "label": "2026.1",
        "literature": {"kaufman2012": {"citation": "Kaufman", "verification": "seen"}},
        "nodes": list(nodes) or [node("leakage"), node("lk-time", "leakage")],
        **changes,
    }


def places(raised):
    return [problem.place for problem in raised.value.problems]


def test_read_gives_nodes_depth_first_in_the_order_asked():
    nodes = [node("leakage"), node("lk-time", "leakage"), node("unclear-problem")]
    release = read_release(
        document(*nodes, order=["unclear-problem", "leakage"]), stages=STAGES
    )
    assert [each.slug for each in release.nodes] == [
        "unclear-problem", "leakage", "lk-time",
    ]  # fmt: skip
    assert release.tree.top_level == ("unclear-problem", "leakage")


def test_digest_ignores_key_order_and_what_the_release_embodies():
    one = document()
    other = dict(reversed(list(copy.deepcopy(one).items()))) | {"embodies": {"a": 1}}
    assert (
        read_release(one, stages=STAGES).digest
        == read_release(other, stages=STAGES).digest
    )


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"title": {"en": "Leak"}}, "nodes[leakage].title.ru"),
        ({"title": {**words("x"), "de": "x"}}, "nodes[leakage].title.de"),
        ({"stages": ["cooking"]}, "nodes[leakage].stages[0]"),
        ({"slug": "Not a slug"}, "nodes[Not a slug].slug"),
        ({"surprise": 1}, "nodes[leakage].surprise"),
        (
            {"sources": {"seeds": ["X9"], "literature": []}},
            "nodes[leakage].sources.seeds[0]",
        ),
        (
            {"sources": {"seeds": [], "literature": ["gone"]}},
            "nodes[leakage].sources.literature",
        ),
        ({"robustness_related": "yes"}, "nodes[leakage].robustness_related"),
    ],
)
def test_read_tells_the_place_of_a_fault(changed, place):
    with pytest.raises(DocumentError) as raised:
        read_release(document(node("leakage") | changed), stages=STAGES)
    assert place in places(raised)


def test_read_refuses_a_parent_that_comes_later_and_a_slug_used_twice():
    with pytest.raises(DocumentError) as raised:
        read_release(document(node("b", "a"), node("a"), node("a")), stages=STAGES)
    assert "nodes[b].parent" in places(raised)
    assert "nodes[a]" in places(raised)
