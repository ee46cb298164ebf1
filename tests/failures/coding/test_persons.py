import pytest

from failures.coding import is_human_error


@pytest.mark.parametrize(
    "words", ["human error", "Human-Error", " user_error ", "carelessness"]
)
def test_blame_is_recognized(words):
    assert is_human_error(words)


@pytest.mark.parametrize("words", ["leakage", "error", ""])
def test_causes_are_no_blame(words):
    assert not is_human_error(words)
