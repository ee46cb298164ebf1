from projects.scoring.lint import Severity
from projects.scoring.lint.texts import MAX_QUESTION, text_findings


def found(*questions, **more):
    document = {"sections": [{"questions": list(questions)}], **more}
    return [(one.code, one.place) for one in text_findings(document)]


def asked(en, ru, **more):
    return {"text": {"en": en, "ru": ru}, **more}


FIRST = "sections[0].questions[0]"
SECOND = "sections[0].questions[1]"


def test_question_text_has_a_limit():
    assert found(asked("x" * MAX_QUESTION, "я")) == []
    assert found(asked("x" * (MAX_QUESTION + 1), "я")) == [
        ("long_text", f"{FIRST}.text.en")
    ]


def test_same_text_is_told_once_per_question():
    assert found(asked("What?", "Что?"), asked("what? ", "Что?")) == [
        ("duplicate_text", f"{SECOND}.text")
    ]
    assert found(asked("What?", "Что?"), asked("What?", "Как?"))


def test_same_choice_is_allowed_under_two_questions_only():
    yes = {"text": {"en": "Yes", "ru": "Да"}}
    one, two = asked("A", "А", choices=[yes]), asked("B", "Б", choices=[yes])
    assert found(one, two) == []
    assert found(asked("A", "А", choices=[yes, yes])) == [
        ("duplicate_text", f"{FIRST}.choices[1].text")
    ]


def test_copied_words_are_told_where_scripts_differ():
    title = {"en": "A few words", "ru": "Несколько слов"}
    assert found(asked("Who is it?", "Who is it?"), title=title) == [
        ("untranslated", f"{FIRST}.text")
    ]
    german = {"en": "Sand im Wind", "de": "Sand im Wind"}
    assert found(title=german) == []


def test_one_word_may_be_a_name_and_a_sign_is_no_word():
    title = {"en": "A few words", "ru": "Несколько слов"}
    document = {"title": title, "description": {"en": "Kafka", "ru": "Kafka"}}
    (name,) = text_findings(document)
    assert name.severity is Severity.NOTE
    assert list(text_findings({"title": title, "unit": {"en": "%", "ru": "%"}})) == []
