"""Findings that depend on nothing but a document and a schema, kept from run to run.

What pointers lead to, and whatever else depends on further files of an edition, is looked at each
time. Findings that depend on the day are kept for a day.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.cache import entry, keep, kept
from toolkit.diagnostics import Diagnostic, Severity
from toolkit.files import digest, version
from toolkit.tei.parse import ParsedDocument

_FORM = b"1"
_MOST_FINDINGS = 1_000
_MOST_IN_A_FOLDER = 100


class Found(NamedTuple):
    """Findings and what they depend on besides the document.

    ``sources`` are the files of the schema, each with the digest of its content. ``daily`` are
    findings that hold for today; what is not ``lasting`` is not kept at all.
    """

    findings: tuple[Diagnostic, ...]
    sources: tuple[tuple[Path, str], ...]
    daily: bool = False
    lasting: bool = True


def findings_of(
    document: ParsedDocument, cache: Path | None, schema: Iterable[str], find: Callable[[], Found]
) -> Iterator[Diagnostic]:
    """Yield what was found before, or what ``find`` finds, which is then kept.

    Args:
        document: the document.
        cache: the folder to keep findings in; None keeps none.
        schema: names the schema, and how it is used.
        find: looks for the findings.

    Raises:
        DiagnosticError: as ``find`` does.
    """
    if cache is None:
        yield from find().findings
        return
    path = _entry(document, cache, schema)
    before = _load(path, document.file)
    if before is not None:
        yield from before
        return
    found = find()
    yield from found.findings
    if found.lasting and len(found.findings) <= _MOST_FINDINGS:
        keep(path, _as_data(found, document.file), most=_MOST_IN_A_FOLDER)


def _entry(document: ParsedDocument, cache: Path, schema: Iterable[str]) -> Path:
    """Return the file of an entry; entries are spread over 256 folders."""
    # Messages may name files, and rules ask for the address of the document.
    place = os.path.abspath(document.file)  # noqa: PTH100 (no links)
    about = (place, sys.version, *schema)
    known = (text.encode("utf-8", "surrogateescape") for text in about)
    name = entry(cache, "findings", _FORM, document.content, *known).name
    return cache / "findings" / name.removeprefix("findings-")[:2] / name


def _load(path: Path, file: str) -> list[Diagnostic] | None:
    """Return the findings in an entry; None if there is none, or if it no longer holds."""
    with suppress(ValueError, TypeError, KeyError, IndexError):
        data = kept(path)
        if data is None or data["day"] not in (None, _today()):
            return None
        if all(_digest(Path(name)) == known for name, known in data["sources"]):
            return [_diagnostic(row, file) for row in data["findings"]]
    return None


def _as_data(found: Found, file: str) -> dict[str, Any]:
    return {
        "day": _today() if found.daily else None,
        "sources": [(str(path), known) for path, known in found.sources],
        "findings": [_row(finding, file) for finding in found.findings],
    }


def _row(d: Diagnostic, file: str) -> list[Any]:
    elsewhere = None if d.file == file else d.file
    return [elsewhere, d.line, d.column, d.code, d.severity.value, d.message, d.hint]


def _diagnostic(row: list[Any], file: str) -> Diagnostic:
    elsewhere, line, column, code, severity, message, hint = row
    return Diagnostic(elsewhere or file, line, column, code, Severity(severity), message, hint)


def _today() -> str:
    return date.today().isoformat()


def _digest(path: Path) -> str | None:
    return _digest_of_version(path, version(path))


@lru_cache(maxsize=1024)
def _digest_of_version(path: Path, _version: tuple[int, int] | None) -> str | None:
    """Return the digest of a file, which is read again only when it has changed."""
    try:
        return digest(path.read_bytes())
    except (OSError, ValueError):
        return None
