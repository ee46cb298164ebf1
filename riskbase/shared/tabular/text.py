"""Text of a file: which encoding, and whether all of it is that."""

import codecs
from pathlib import Path

from riskbase.shared.tabular.faults import FileRefused

CHUNK = 1 << 16
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path) -> str:
    """Return utf-8-sig, or utf-16 when its mark says so, having read all of it.

    Nothing is guessed: text in another encoding would come out as other letters.
    Raises FileRefused naming the line and the byte.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
        encoding = next(
            (name for bom, name in BOMS if head.startswith(bom)), "utf-8-sig"
        )
        stream.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        line = 1
        try:
            while chunk := stream.read(CHUNK):
                line += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            bad = error.object[error.start : error.start + 1]
            raise FileRefused(
                "encoding", line=line, byte=f"0x{bad.hex() or '00'}"
            ) from error
    return encoding
