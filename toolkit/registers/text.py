"""The text of a table, whatever its encoding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.diagnostics import DiagnosticError, Position, SourceText
from toolkit.files import decode
from toolkit.registers.kinds import BAD_TABLE

_HINT = "Export the table as CSV in UTF-8, or name its encoding: --encoding windows-1252."


def text_of_table(path: Path, content: bytes, encoding: str) -> SourceText:
    """Return the text of a table, without byte order mark.

    Raises:
        DiagnosticError: as :func:`toolkit.files.decode`; or there is no such encoding, or the file
            is not in it (R001).
    """
    if not encoding:
        try:
            source = decode(path, content)
        except DiagnosticError as error:
            raise DiagnosticError(*(replace(d, hint=_HINT) for d in error.diagnostics)) from None
        return SourceText(source.file, source.text.removeprefix("\ufeff"), source.encoding)
    where = Position(str(path))
    try:
        text = content.decode(encoding)
    except LookupError:
        message = f"there is no encoding called “{encoding}”"
        hint = "Name one such as windows-1252, iso-8859-1 or utf-8."
        raise DiagnosticError(BAD_TABLE.at(where, message, hint)) from None
    except (UnicodeError, ValueError):
        message = f"the file is not in the encoding {encoding}"
        hint = "Name another encoding, or save the file as UTF-8."
        raise DiagnosticError(BAD_TABLE.at(where, message, hint)) from None
    if not isinstance(text, str):
        raise DiagnosticError(BAD_TABLE.at(where, f"“{encoding}” is no encoding of text", ""))
    return SourceText(str(path), text.removeprefix("\ufeff"), encoding)
