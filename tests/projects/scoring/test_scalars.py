import pytest

from projects.scoring.scalars import ScalarError, is_text, plain


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("TRUE", True),
        ("Yes", True),
        ("off", False),
        ("tRUE", "tRUE"),
        ("0", 0),
        ("-12", -12),
        ("0.55", 0.55),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("y", "y"),
        ("none", "none"),
        ("010", "010"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("+1", "+1"),
        (".5", ".5"),
        ("1.", "1."),
        ("2025-01-31", "2025-01-31"),
        ("<<", "<<"),
        ("-", "-"),
        ("inf", "inf"),
        ("nan", "nan"),
    ],
)
def test_unquoted_word_means_what_it_means_in_json(written, value):
    read = plain(written)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (".nan", "not_finite"),
        ("NaN", "not_finite"),
        ("-.inf", "not_finite"),
        ("Infinity", "not_finite"),
        ("-Infinity", "not_finite"),
        ("1e999", "not_finite"),
        ("9" * 41, "number_too_long"),
    ],
)
def test_number_that_no_store_keeps_is_refused(written, code):
    with pytest.raises(ScalarError) as refused:
        plain(written)
    assert refused.value.code == code


@pytest.mark.parametrize("written", ["", "yes", "1e5", "NaN", "9" * 41])
def test_text_that_would_be_misread_is_told(written):
    assert not is_text(written)
    assert is_text("five")
