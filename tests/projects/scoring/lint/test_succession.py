from projects.scoring.lint.succession import succession_findings
from tests.projects.scoring.examples import a_document


def question(document, index):
    return document["sections"][0]["questions"][index]


def found(change):
    document = a_document()
    change(document)
    return [
        (one.code, one.place) for one in succession_findings(document, a_document())
    ]


def test_what_stays_is_not_told():
    assert found(lambda document: None) == []
    assert list(succession_findings({}, {"sections": [{"questions": [{}]}]})) == []


def test_renamed_question_is_told():
    change = {"code": "renamed"}
    assert found(lambda document: question(document, 0).update(change)) == [
        ("removed_question", "sections")
    ]


def test_removed_choice_is_told_unless_it_is_retired():
    place = "sections[0].questions[0].choices"
    assert found(lambda document: question(document, 0)["choices"].pop()) == [
        ("removed_choice", place)
    ]
    retire = {"retired": True}
    assert found(lambda d: question(d, 0)["choices"][0].update(retire)) == []


def test_changed_kind_is_told():
    change = {"kind": "text"}
    assert found(lambda document: question(document, 0).update(change)) == [
        ("changed_kind", "sections[0].questions[0].kind")
    ]
