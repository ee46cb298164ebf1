"""What a file is, by what it holds; its name and what a browser claims count nothing."""

import codecs
import re
import zipfile
from typing import BinaryIO

HEADS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_XML = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{kind}"
    for kind in ("text", "spreadsheet", "presentation")
}
MACROS = ("vbaProject.bin", "vbaData.xml")
TEXT = "text/plain"
BY_ENDING = {".csv": "text/csv", ".md": "text/markdown"}
"""Plain text may be called more precisely by the ending of its name."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""No text has them; programs begin with them."""
CONTENT_TYPES = sorted(
    {*HEADS.values(), "image/webp", *OPEN_XML.values(), *OPEN_DOCUMENT}
    | {TEXT, *BY_ENDING.values()}
)
"""All that `content_type_of` can say."""
MOST_MEMBERS = 10_000
CHUNK = 64 * 1024


def content_type_of(file: BinaryIO, name: str) -> str:
    """Return the media type of a document, picture or text; empty for all else.

    Markup (SVG, HTML, XML), programs, archives and documents with macros are "all else".
    The position in `file` is left at its beginning.
    """
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    for signature, content_type in HEADS.items():
        if head.startswith(signature):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    found = _office(file) if head.startswith(b"PK\x03\x04") else _text(file, name)
    file.seek(0)
    return found


def _office(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:MOST_MEMBERS])
            if any(name.endswith(MACROS) for name in names):
                return ""
            if "[Content_Types].xml" in names:
                fitting = (OPEN_XML[name] for name in OPEN_XML if name in names)
                return next(fitting, "")
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    told = member.read(100).decode("ascii", "replace").strip()
                return told if told in OPEN_DOCUMENT else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return ""
    return ""


def _text(file: BinaryIO, name: str) -> str:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    is_first = True
    try:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            if CONTROLS.search(text) or (
                is_first and text.lstrip().startswith(("<", "#!"))
            ):
                return ""
            is_first = False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return ""
    endings = (kind for end, kind in BY_ENDING.items() if name.lower().endswith(end))
    return "" if is_first else next(endings, TEXT)
