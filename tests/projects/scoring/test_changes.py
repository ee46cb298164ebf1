"""Differing parts by their code, each with the values that differ."""

import copy

from hypothesis import given

from projects.scoring.changes import Change, Fate, Kind, Leaf, changes_between
from tests.factories.projects import question, small_document
from tests.projects.scoring.test_writing import DOCUMENTS


def changed(edit):
    document = copy.deepcopy(small_document(version=2))
    edit(document)
    return changes_between(small_document(), document)


def test_the_number_alone_is_no_change():
    assert changed(lambda _document: None) == []


def test_a_text_is_told_in_its_language():
    def edit(document):
        document["sections"][0]["questions"][0]["text"]["ru"] = "Иначе?"

    leaf = Leaf("text.ru", "Text of stated? (ru)", "Иначе?")
    assert changed(edit) == [Change(Kind.QUESTION, "stated", Fate.CHANGED, (leaf,))]


def test_choices_and_weights_are_told_by_their_codes():
    def edit(document):
        stated = document["sections"][0]["questions"][0]
        stated["choices"][1]["signal"] = 0.6
        stated["weights"]["leakage"] = 2

    [change] = changed(edit)
    assert set(change.leaves) == {
        Leaf("choices[oral].signal", 0.5, 0.6),
        Leaf("weights.leakage", None, 2),
    }


def test_added_removed_and_moved_questions():
    def edit(document):
        first, second = document["sections"]
        first["questions"].append(question("fresh", kind="text"))
        second["questions"].append(first["questions"].pop(0))
        second["questions"].pop(1)

    found = {change.code: change for change in changed(edit)}
    assert found["fresh"].fate is Fate.ADDED
    assert found["signs"].fate is Fate.REMOVED
    assert found["stated"].leaves == (Leaf("section", "problem", "data"),)


def test_frame_sections_and_gates_are_parts_of_their_own():
    def edit(document):
        document["minutes"] = 9
        document["sections"][0]["title"]["en"] = "Goal"
        document["gates"][0]["when"] = "stated == 'oral'"

    assert [(c.kind.value, c.code) for c in changed(edit)] == [
        ("questionnaire", ""),
        ("section", "problem"),
        ("gate", "no_problem"),
    ]


@given(DOCUMENTS, DOCUMENTS)
def test_unfinished_documents_are_compared_too(before, after):
    assert changes_between(before, before) == []
    forth, back = changes_between(before, after), changes_between(after, before)
    assert len(forth) == len(back)
