from projects.scoring import BLANK, Answer, Question, QuestionKind, Truth, resolve
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    a_scale_question,
    an_instrument,
    answered,
)

CHAIN = an_instrument(
    a_choice_question("driver", allow_not_applicable=True),
    a_choice_question("inner", when="driver == 'worst'"),
    a_choice_question("deeper", when="inner == 'worst'"),
    a_choice_question("other", when="not (inner == 'worst')"),
)


def visibility(sheet):
    standings = resolve(CHAIN, sheet).standings
    return {standing.question.code: standing.visible.name for standing in standings}


def test_branch_opens_and_closes_with_its_driver():
    opened = visibility(answered(driver="worst", inner="worst"))
    assert set(opened.values()) == {"YES", "NO"}
    assert opened["other"] == "NO"
    closed = visibility(answered(driver="best", inner="worst"))
    assert closed == {"driver": "YES", "inner": "NO", "deeper": "NO", "other": "YES"}


def test_branch_is_undetermined_while_its_driver_is_open():
    seen = visibility(answered(inner="worst"))
    assert {seen["inner"], seen["deeper"], seen["other"]} == {"UNDETERMINED"}
    assert visibility(answered(inner="best"))["deeper"] == "NO"
    assert visibility(answered(inner="best"))["other"] == "YES"


def test_not_applicable_driver_closes_its_branch():
    sheet = answered().with_answer("driver", Answer.not_applicable("why"))
    assert visibility(sheet)["inner"] == "NO"


def test_hidden_answer_is_dropped_and_feeds_nothing():
    resolution = resolve(CHAIN, answered(driver="best", inner="worst", deeper="best"))
    assert resolution.dropped == ("inner", "deeper")
    assert resolution.standings[1].answer is BLANK
    assert resolution.standings[1].is_hidden


def test_every_kind_of_answer_feeds_conditions():
    instrument = an_instrument(
        a_number_question("rows"),
        a_scale_question("trust"),
        Question("due", QuestionKind.DATE),
        a_choice_question("tools", kind=QuestionKind.MULTIPLE),
        a_choice_question(
            "last",
            when="rows < 2.6 and trust >= 3 and due > '2025-01-01' and 'half' in tools",
        ),
    )
    sheet = answered(rows="2.5", trust=3, due="2025-01-02", tools=("half",))
    assert resolve(instrument, sheet).standings[-1].visible is Truth.YES


def test_words_in_free_text_decide_nothing():
    """The VerifyWise trap: `no biometric data is used` scored as biometric."""
    instrument = an_instrument(
        Question("remarks", QuestionKind.TEXT),
        a_choice_question("split", when="answered(remarks)"),
    )
    sheet = answered(remarks="no biometric data is used")
    resolution = resolve(instrument, sheet)
    assert resolution.standings[1].visible is Truth.YES
    assert instrument.questions[0].weight == 0
