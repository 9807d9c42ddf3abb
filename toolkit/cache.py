"""Where the toolkit keeps what it can make again, so that the next run need not.

Everything there is data, keyed by the content it was made from and by the release of the toolkit;
it may be deleted at any time.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import toolkit
from toolkit.diagnostics import DiagnosticError
from toolkit.files import digest, write_atomically

VARIABLE = "TEI_TOOLKIT_CACHE"
"""The environment variable that names another folder."""


def cache_folder() -> Path:
    """Return the cache folder: the one the environment names, else the user's; it may be absent."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("tei-toolkit", appauthor=False)


def entry(folder: Path, name: str, *made_from: bytes) -> Path:
    """Return the file of an entry made from ``made_from``, and ``name`` for people to see."""
    return folder / f"{name}-{digest(toolkit.__version__.encode(), *made_from)}.json"


def kept(path: Path) -> Any:  # noqa: ANN401 (any JSON value)
    """Return what is kept in an entry, or None if that is not there or was damaged."""
    with suppress(OSError, ValueError):
        told, _, content = path.read_bytes().partition(b"\n")
        if told.decode() == digest(content):
            return json.loads(content)
    return None


def keep(path: Path, data: Any) -> None:  # noqa: ANN401 (any JSON value)
    """Keep JSON data in an entry. That it cannot be written is no error: it only costs time."""
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(DiagnosticError):
        write_atomically(path, digest(content).encode() + b"\n" + content)
