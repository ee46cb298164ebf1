"""Reports of imports speak in sentences, wherever they are read."""

import subprocess
import sys

import pytest
from django.utils import translation

from failures.exchange.parts import part_of
from riskbase.shared.tabular import CellRefused
from riskbase.shared.tabular.sentences import sentence_of

TELL = """
import django; django.setup()
from riskbase.shared.tabular.sentences import sentence_of
for code in ("unknown_cause", "doubled", "dates_order", "cost_wasted", "in_work", "part"):
    assert sentence_of(code, {}) != code, code
"""


def test_any_process_knows_the_sentences():
    done = subprocess.run(
        [sys.executable, "-c", TELL], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_fault_within_a_part_is_told_in_the_language_of_the_reader():
    with pytest.raises(CellRefused) as refusal:
        part_of("timeline", [{"on": "1000-01-01", "text": "Begun"}])
    told = set()
    for language in ("en", "ru", "zh-hans"):
        with translation.override(language):
            told.add(sentence_of(refusal.value.code, refusal.value.params))
    assert len(told) == 3
    assert all("1950" in sentence and "on" in sentence for sentence in told)
