"""What a newer version can take of older answers."""

from hypothesis import given, settings

from projects.scoring import Choice
from projects.scoring.move import Move, move_between
from tests.projects.scoring.examples import a_choice_question, an_instrument
from tests.projects.scoring.strategies import cases

SAID = {"state": "answered", "value": "half"}


def moved(old, new, **said):
    return move_between(an_instrument(*old), an_instrument(*new), said)


def test_answers_are_sorted_by_what_becomes_of_them():
    kept = a_choice_question("kept")
    narrower = a_choice_question("narrower", codes=("best", "worst", "worse"))
    old = (kept, a_choice_question("narrower"), a_choice_question("gone"))
    new = (a_choice_question("fresh"), narrower, kept)
    found = moved(old, new, kept=SAID, narrower=SAID, gone=SAID)
    assert found == Move(
        carried=("kept",), again=("narrower",), gone=("gone",), fresh=("fresh",)
    )


def test_what_was_not_answered_is_not_asked_again():
    old = (a_choice_question("one"), a_choice_question("two"))
    blank = {"state": "blank", "value": None}
    found = moved(old, old[:1], one=blank)
    assert found == Move((), (), (), ())


def test_a_retired_choice_is_asked_again():
    question = a_choice_question("one")
    choices = tuple(
        Choice(c.code, c.signal, retired=c.code == "half") for c in question.choices
    )
    retired = a_choice_question("one")
    retired = type(retired)(
        **{
            name: getattr(retired, name)
            for name in retired.__dataclass_fields__
            if name != "choices"
        },
        choices=choices,
    )
    assert moved((question,), (retired,), one=SAID).again == ("one",)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_moving_to_the_same_version_carries_everything(case):
    instrument, sheet = case
    found = move_between(instrument, instrument, sheet.to_json())
    assert set(found.carried) == set(sheet)
    assert found.again == found.gone == found.fresh == ()
