"""Every key of the additive rules is read or refused."""

import pytest

from projects.scoring import InstrumentError, instrument_from_document
from tests.projects.scoring.points_example import a_points_document


def problems(document):
    with pytest.raises(InstrumentError) as refused:
        instrument_from_document(document)
    return [str(problem) for problem in refused.value.problems]


def test_left_out_keys_take_their_defaults():
    document = a_points_document()
    del document["adjustments"]
    rules = instrument_from_document(document).rules
    assert rules.adjustments == ()
    assert (rules.scales[0].credit, rules.scales[0].alternatives) == (False, 1)


@pytest.mark.parametrize("key", ["scales", "total", "bands"])
def test_scales_total_and_bands_must_be_there(key):
    document = a_points_document()
    del document[key]
    assert f"{key}: missing" in problems(document)


def test_what_does_not_belong_is_refused():
    document = a_points_document()
    document["bands"][0]["colour"] = "red"
    document["sections"][0]["questions"][0]["choices"][0]["signal"] = 0.5
    assert set(problems(document)) == {
        "bands[0].colour: unknown key",
        "sections[0].questions[0].choices[0].signal: unknown key",
    }


def test_a_document_names_its_own_languages():
    document = a_points_document()
    document["languages"] = ["en", "fr"]
    assert "title.fr: the translation is missing" in problems(document)
    document["languages"] = ["English"]
    assert "languages: not language codes such as en or zh-hans" in problems(document)
