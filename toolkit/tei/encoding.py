"""Which encoding an XML file is in: from a closed list, and into UTF-8 and back.

The parsers are only ever given UTF-8, so that what is scanned is what is parsed: in UTF-7, for
example, a document type declaration would not look like one. XML 1.0, appendix F (detection).
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.expressions import expression

UNKNOWN_ENCODING = Kind(
    "X004",
    "unknown-encoding",
    Severity.ERROR,
    "The file is in an encoding that the toolkit does not read. It reads UTF-8, UTF-16, ASCII, "
    "ISO 8859, the Windows code pages, KOI8 and the usual ones of East Asia.",
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_REFUSED = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (b"<\0\0\0", "UTF-32"),
    (b"\0\0\0<", "UTF-32"),
    (b"Lo\xa7\x94", "EBCDIC"),
)
_OTHER_NAMES = {
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-936": "cp936",
    "windows-949": "cp949",
    "x-mac-cyrillic": "mac-cyrillic",
}
# Python's names of the encodings, of which all have ASCII as a part.
_READ = frozenset(
    (
        "utf-8",
        "ascii",
        *(f"iso8859-{part}" for part in range(1, 17)),
        *(f"cp{page}" for page in (437, 850, 852, 855, 866, 874, 932, 949, 950)),
        *(f"cp{page}" for page in range(1250, 1259)),
        *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
        *("gb2312", "gbk", "gb18030", "big5", "big5hkscs"),
        *("shift_jis", "euc_jp", "euc_kr"),
    )
)
_DECLARATION = expression(
    rb"""<\?xml\s+version\s*=\s*(?:"[^"]*"|'[^']*')\s+encoding\s*=\s*["']([A-Za-z0-9._-]+)["']"""
)


class Encoding(NamedTuple):
    """An encoding by Python's name, and the byte order mark that the file begins with."""

    name: str
    mark: bytes = b""

    def read(self, content: bytes) -> bytes:
        """Return a file in this encoding as UTF-8, without byte order mark.

        Raises:
            UnicodeDecodeError: the file is not in this encoding.
        """
        body = content[len(self.mark) :]
        text = body.decode(self.name)
        return body if self.name == "utf-8" else text.encode()

    def write(self, utf8: bytes) -> bytes:
        """Return UTF-8 in this encoding; characters it lacks become references (&#…;)."""
        if self.name == "utf-8":
            return self.mark + utf8
        return self.mark + utf8.decode().encode(self.name, "xmlcharrefreplace")


def encoding_of(file: str, content: bytes) -> Encoding:
    """Return the encoding of an XML file: by its first bytes, else as it declares, else UTF-8.

    Raises:
        DiagnosticError: the encoding is none that the toolkit reads (X004).
    """
    for beginning, name in _REFUSED:
        if content.startswith(beginning):
            raise _unknown(file, name)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Encoding(name, mark)
    for beginning, name in _WIDE:
        if content.startswith(beginning):
            return Encoding(name)
    declared = _DECLARATION.match(content)
    return Encoding(_codec(file, declared[1].decode()) if declared else "utf-8")


def _codec(file: str, declared: str) -> str:
    try:
        name = codecs.lookup(_OTHER_NAMES.get(declared.lower(), declared)).name
    except LookupError:
        raise _unknown(file, declared) from None
    if name not in _READ:
        raise _unknown(file, declared)
    return name


def _unknown(file: str, name: str) -> DiagnosticError:
    if name.lower().startswith(("utf-16", "utf16")):
        message = f"the file says that it is in {name}, but it is not"
        hint = 'Write encoding="UTF-8" in its first line, or save it as UTF-16.'
    else:
        message = f"the encoding “{name}” is not one that the toolkit reads"
        hint = 'Save the file as UTF-8, and write encoding="UTF-8" in its first line.'
    return DiagnosticError(UNKNOWN_ENCODING.at(Position(file), message, hint))
