"""Where the toolkit keeps what it can make again, so that the next run need not.

Everything there is data, keyed by the content it was made from and by the state of the toolkit; it
may be deleted at any time. Of each kind only the newest entries stay.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import toolkit
from toolkit.diagnostics import DiagnosticError
from toolkit.files import digest, write_atomically
from toolkit.resources import SCHEMAS, XSLT

VARIABLE = "TEI_TOOLKIT_CACHE"
"""The environment variable that names another folder."""


_MOST_ENTRIES = 50
_RECORD = "tei_toolkit-*.dist-info/RECORD"


def cache_folder() -> Path:
    """Return the cache folder: the one the environment names, else the user's; it may be absent."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("tei-toolkit", appauthor=False)


def entry(folder: Path, name: str, *made_from: bytes) -> Path:
    """Return the file of an entry made from ``made_from``, and ``name`` for people to see."""
    return folder / f"{name}-{digest(_toolkit(), *made_from)}.json"


def kept(path: Path) -> Any:  # noqa: ANN401 (any JSON value)
    """Return what is kept in an entry, or None if that is not there or was damaged."""
    with suppress(OSError, ValueError):
        told, _, content = path.read_bytes().partition(b"\n")
        if told.decode() == digest(content):
            return json.loads(content)
    return None


def keep(path: Path, data: Any, most: int = _MOST_ENTRIES) -> None:  # noqa: ANN401 (any JSON value)
    """Keep JSON data in an entry. That it cannot be written is no error: it only costs time.

    Of the entries of that name in the folder, the ``most`` newest stay.
    """
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(DiagnosticError, OSError):
        write_atomically(path, digest(content).encode() + b"\n" + content)
        _clear_up(path, most)


def _clear_up(path: Path, most: int) -> None:
    name = path.name.partition("-")[0]
    entries = list(path.parent.glob(f"{name}-*.json"))
    if len(entries) <= most:
        return
    # Another process may clear up at the same time.
    ages = {file: about.st_mtime_ns for file in entries if (about := _about(file))}
    for file in sorted(ages, key=lambda file: (ages[file], file.name), reverse=True)[most:]:
        file.unlink(missing_ok=True)


def _about(path: Path) -> os.stat_result | None:
    with suppress(OSError):
        return path.stat()
    return None


@cache
def _toolkit() -> bytes:
    """Return what changes when the toolkit does.

    What is installed has a record of its contents, which is the same on every machine; a checkout
    has not, and someone may be at work in it.
    """
    package = Path(toolkit.__file__).parent
    files = _recorded(package) or sorted(
        line for top in {package, SCHEMAS, XSLT} for line in _files(str(top))
    )
    return digest(toolkit.__version__.encode(), *files).encode()


def _recorded(package: Path) -> list[bytes]:
    """Return the lines about the package in the record of the installed distribution (PEP 376)."""
    ours = f"{package.name}/".encode()
    with suppress(OSError):
        for record in sorted(package.parent.glob(_RECORD)):
            return sorted(line for line in record.read_bytes().splitlines() if _is_file(line, ours))
    return []


def _is_file(line: bytes, ours: bytes) -> bool:
    return line.startswith(ours) and b"__pycache__" not in line


def _files(folder: str) -> Iterator[bytes]:
    """Yield a line about each file below a folder: path, time and size."""
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir():
                if each.name != "__pycache__":
                    yield from _files(each.path)
            else:
                about = each.stat()
                yield f"{each.path} {about.st_mtime_ns} {about.st_size}".encode()
