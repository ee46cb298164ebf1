"""What a browser sends becomes an entry; contradictions are not resolved silently."""

import pytest
from django.http import QueryDict

from projects.forms.answers import entries_from, entry_from
from projects.scoring import Choice, Question, QuestionKind

SINGLE = Question("stated", QuestionKind.SINGLE, choices=(Choice("signed", 0),))
MANY = Question("signs", QuestionKind.MULTIPLE, choices=(Choice("a", 0),))


@pytest.mark.parametrize(
    ("sent", "state", "value"),
    [
        ("stated-value=signed", "answered", "signed"),
        ("stated-value=state:unknown", "unknown", None),
        ("stated-value=state:not_applicable", "not_applicable", None),
        ("stated-value=", "blank", None),
        ("", "blank", None),
        ("stated-value=signed&stated-value=state:unknown", "ambiguous", "signed"),
    ],
)
def test_read_one_question(sent, state, value):
    entry = entry_from(SINGLE, QueryDict(sent))
    assert (entry.state, entry.value) == (state, value)


def test_read_several_choices_as_a_list():
    entry = entry_from(MANY, QueryDict("signs-value=a&signs-version=3"))
    assert (entry.value, entry.expected_version) == (["a"], 3)


def test_skip_questions_that_were_not_sent():
    entries = entries_from([SINGLE, MANY], QueryDict("signs-version=0&signs-value=a"))
    assert list(entries) == ["signs"]


def test_clear_keeps_the_comment():
    sent = "stated-version=1&stated-value=signed&stated-comment=why&clear=stated"
    entry = entries_from([SINGLE], QueryDict(sent))["stated"]
    assert (entry.state, entry.value, entry.comment) == ("blank", None, "why")
