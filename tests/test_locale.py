"""Three languages, complete: every string translated, placeholders kept, .mo fresh."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import mofile, pofile

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"ru": "ru", "zh_Hans": "zh_Hans"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
SOURCES = ("accounts", "failures", "portfolio", "projects", "riskbase", "templates")


def catalog(language):
    path = ROOT / f"locale/{language}/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        return pofile.read_po(file, locale=LANGUAGES[language])


def texts(value):
    return value if isinstance(value, tuple | list) else (value,)


def text_of(context):
    """Contexts of a compiled catalog come as bytes."""
    return context.decode() if isinstance(context, bytes) else context


def by_words(messages):
    return {
        (text_of(m.context), tuple(texts(m.id))): tuple(texts(m.string))
        for m in messages
        if m.id
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language):
    gaps = [
        message.id
        for message in catalog(language)
        if message.id and (message.fuzzy or not all(texts(message.string)))
    ]
    assert gaps == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language):
    broken = []
    for message in catalog(language):
        if not message.id:
            continue
        wanted = set(PLACEHOLDER.findall(texts(message.id)[-1]))
        for text in texts(message.string):
            # A plural form for one may leave the number out.
            missing = wanted - set(PLACEHOLDER.findall(text))
            extra = set(PLACEHOLDER.findall(text)) - wanted
            if extra or (missing and not message.pluralizable):
                broken.append((message.id, text))
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalog_is_up_to_date(language):
    path = ROOT / f"locale/{language}/LC_MESSAGES/django.mo"
    with path.open("rb") as file:
        served = by_words(mofile.read_mo(file))
    assert served == by_words(catalog(language))


def test_catalogs_hold_every_string_of_the_source(tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is not installed: strings cannot be collected")
    for name in SOURCES:
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc")
        )
    (tmp_path / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "ru", "--no-wrap"],
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
        check=True,
        capture_output=True,
    )
    collected = pofile.read_po(
        io.BytesIO((tmp_path / "locale/ru/LC_MESSAGES/django.po").read_bytes()), "ru"
    )
    wanted = {(m.context, m.id) for m in collected if m.id}
    for language in LANGUAGES:
        held = {(m.context, m.id) for m in catalog(language) if m.id}
        assert wanted - held == set(), language
