"""A file is what it holds, whatever it is called."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbase.shared.signatures import content_type_of

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
WEBP = b"RIFF\x24\0\0\0WEBPVP8 "


def archive(*names, mimetype=""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as kept:
        if mimetype:
            kept.writestr("mimetype", mimetype)
        for name in names:
            kept.writestr(name, "x")
    return file.getvalue()


def told(content, name="file"):
    return content_type_of(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (WEBP, "image/webp"),
        ("Минуты".encode(), "text/plain"),
        ("\ufeff会议".encode(), "text/plain"),
    ],
)
def test_known_kinds(content, content_type):
    assert told(content) == content_type


@pytest.mark.parametrize(
    ("names", "ending"),
    [
        (("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document"),
        (("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml.sheet"),
        (
            ("[Content_Types].xml", "ppt/presentation.xml"),
            "presentationml.presentation",
        ),
    ],
)
def test_office_documents(names, ending):
    assert told(archive(*names)).endswith(ending)
    assert told(archive(*names, "word/vbaProject.bin")) == ""


def test_open_documents():
    kind = "application/vnd.oasis.opendocument.text"
    assert told(archive("content.xml", mimetype=kind)) == kind
    assert told(archive(mimetype="application/epub+zip")) == ""


def test_text_may_be_called_more_precisely_by_its_name():
    assert told(b"a,b\n", "table.CSV") == "text/csv"
    assert told(b"# Minutes", "minutes.md") == "text/markdown"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\0",
        b"\x7fELF",
        b"#!/bin/sh\n",
        b"<svg onload=alert(1)>",
        b"  <!doctype html>",
        b"\xef\xbb\xbf<?xml version='1.0'?>",
        b"caf\xe9",
        b"text\0more",
        archive("evil.exe"),
        b"PK\x03\x04broken",
    ],
)
@pytest.mark.parametrize("name", ["picture.png", "paper.pdf", "notes.txt"])
def test_all_else_is_refused_whatever_it_is_called(content, name):
    assert told(content, name) == ""


@given(st.binary(max_size=200), st.text(max_size=20))
def test_nothing_makes_it_raise(content, name):
    file = io.BytesIO(content)
    content_type_of(file, name)
    assert file.tell() == 0
