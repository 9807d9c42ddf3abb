"""Reading and writing files: every failure is a diagnostic, no file is left half written."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity, SourceText

NOT_FOUND = Kind("F001", "file-not-found", Severity.ERROR, "The named file or folder is not there.")
NOT_READABLE = Kind(
    "F002", "file-not-readable", Severity.ERROR, "The file is there but cannot be read."
)
EMPTY = Kind("F003", "file-empty", Severity.ERROR, "The file holds nothing but white space.")
BINARY = Kind("F004", "file-binary", Severity.ERROR, "The file is not text.")
WRONG_ENCODING = Kind(
    "F005",
    "wrong-encoding",
    Severity.ERROR,
    "The file is not UTF-8 (or UTF-16 with a byte order mark). Reading it anyway would lose or "
    "change characters.",
)
NOT_WRITABLE = Kind(
    "F006", "not-writable", Severity.ERROR, "The result cannot be written; nothing was changed."
)
UNUSABLE_NAME = Kind(
    "F007",
    "unusable-file-name",
    Severity.ERROR,
    "The name of the file is not UTF-8, so nothing can refer to the file or show its name.",
)

_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def read_bytes(path: Path) -> bytes:
    """Return the content of ``path``.

    Raises:
        DiagnosticError: the file is missing (F001), not readable (F002) or empty (F003), or its
            name cannot be written in UTF-8 (F007).
    """
    _check_name(path)
    where = Position(str(path))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DiagnosticError(_not_found(path)) from None
    except IsADirectoryError:
        raise DiagnosticError(
            NOT_READABLE.at(where, "this is a folder, not a file", "Name a file in the folder.")
        ) from None
    except OSError as error:
        hint = (
            "Mend the link, or take it away."
            if error.errno == errno.ELOOP
            else "Check the permissions of the file."
        )
        raise DiagnosticError(
            NOT_READABLE.at(where, f"cannot be read: {_reason(error)}", hint)
        ) from None
    return checked(path, content)


def checked(path: Path, content: bytes) -> bytes:
    """Return ``content``, which was read from ``path``.

    Raises:
        DiagnosticError: it is empty (F003).
    """
    if not content.strip():
        where = Position(str(path))
        raise DiagnosticError(
            EMPTY.at(where, "the file is empty", "Put the text in, or take the file away.")
        )
    return content


def read_text(path: Path) -> SourceText:
    """Return the text of ``path``, every character kept: line ends and byte order mark too.

    Raises:
        DiagnosticError: as :func:`read_bytes`; also binary (F004), wrong encoding (F005).
    """
    return decode(path, read_bytes(path))


def decode(path: Path, content: bytes) -> SourceText:
    """Return ``content`` as text: UTF-16 where a byte order mark says so, else UTF-8.

    Raises:
        DiagnosticError: the content is binary (F004) or in another encoding (F005).
    """
    encoding = _BYTE_ORDER_MARKS.get(content[:2], "utf-8")
    if encoding == "utf-8" and b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise DiagnosticError(
            BINARY.at(
                Position(str(path), line),
                "this is not a text file (it holds NUL bytes)",
                "Export the transcription as plain text in UTF-8.",
            )
        )
    try:
        return SourceText(str(path), content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="replace")
        where = SourceText(str(path), before).position(len(before))
        shown = content[error.start : error.start + 1].hex().upper()
        raise DiagnosticError(
            WRONG_ENCODING.at(
                where,
                f"byte {shown} is not valid {encoding.upper()}",
                "Save the file as UTF-8 (older files are often in Windows-1252 or ISO 8859-1).",
            )
        ) from None


def write_atomically(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``: whole, or not at all. Missing folders are made.

    Raises:
        DiagnosticError: the file cannot be written (F006), or its name cannot be written in UTF-8
            (F007); an older file is left as it was.
    """
    import tempfile

    _check_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:64]}.")
    except OSError as error:
        raise _not_writable(path, error) from None
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        aside.chmod(_mode(path))
        aside.replace(path)
    except BaseException as error:
        aside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _not_writable(path, error) from None
        raise


def file_at(folder: Path, reference: str, *, within: Path | None = None) -> Path | None:
    """Return the file that a relative URI reference names, seen from ``folder``.

    Percent-encoding is undone; query and fragment do not count (RFC 3986, 4.2). The path returned
    is absolute and has no links in it; nothing need be there.

    Args:
        folder: the folder in which the reference stands.
        reference: the reference, as a document has it: it may say anything.
        within: the folder that the file must lie in, if any.

    Returns:
        None if the reference is absolute, if no file can have this name, or if the file would lie
        outside of ``within``.
    """
    try:
        parts = urlsplit(reference)
        path = unquote(parts.path)
        if parts.scheme or parts.netloc or not path or path.startswith("/"):
            return None
        file = Path(os.path.realpath(folder / path))
        _could_be(file)
        contained = within is None or file.is_relative_to(os.path.realpath(within))
    except (OSError, ValueError):
        return None
    return file if contained else None


def path_of_uri(uri: str) -> Path | None:
    """Return the path of a ``file:`` URI (RFC 8089); None if the URI names no local file."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    return Path(unquote(parts.path))


def version(path: Path) -> tuple[int, int] | None:
    """Return what changes when the file does (time and size), or None if it cannot be read."""
    try:
        about = path.stat()
    except (OSError, ValueError):
        return None
    return about.st_mtime_ns, about.st_size


def digest(*contents: bytes) -> str:
    """Return the SHA-256 of the contents, each set off from the next, in hexadecimal."""
    sha = hashlib.sha256()
    for content in contents:
        sha.update(len(content).to_bytes(8, "big"))
        sha.update(content)
    return sha.hexdigest()


def _check_name(path: Path) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise DiagnosticError(
            UNUSABLE_NAME.at(
                Position(str(path)), "the name of this file is not UTF-8", "Rename the file."
            )
        ) from None


def _could_be(file: Path) -> None:
    """Ask the system about a file.

    Raises:
        OSError: no file can have this name.
        ValueError: no file can have this name.
    """
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        file.lstat()


def _not_found(path: Path) -> Diagnostic:
    where = Position(str(path))
    if path.is_symlink():
        return NOT_FOUND.at(
            where, "this link leads to a file that is not there", "Mend the link, or take it away."
        )
    return NOT_FOUND.at(where, "no such file", "Check the spelling of the name and the folder.")


def _mode(path: Path) -> int:
    """Return the permissions of the file replaced, or what a new file gets here."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _not_writable(path: Path, error: OSError) -> DiagnosticError:
    reason = _reason(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "Make room on the disk and run the command again."
    elif path.is_dir():
        reason, hint = "this is a folder", "Name a file, in the folder or elsewhere."
    else:
        hint = "Check the permissions of the folder, or name another place to write to."
    return DiagnosticError(
        NOT_WRITABLE.at(Position(str(path)), f"cannot be written: {reason}", hint)
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
