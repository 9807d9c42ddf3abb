"""Findings that are known already: a corpus with old sins fails only for new ones.

The file is JSON (``schemas/baseline.schema.json``). It tells a finding by its file (as seen from
the folder of the baseline), its code and what stands at its place, not by its line: to move lines
makes no old finding new. Findings that agree in all this are counted.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from toolkit.checking.codes import Codes
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.diagnostics.identity import place
from toolkit.diagnostics.json_reading import json_of
from toolkit.diagnostics.sources import Sources
from toolkit.files import read_text, write_atomically
from toolkit.resources import SCHEMAS
from toolkit.settings import mistakes

BAD_BASELINE = Kind(
    "E201",
    "bad-baseline",
    Severity.ERROR,
    "The baseline is not what tei validate --write-baseline writes, so it is not known which "
    "findings are old.",
)
BASELINE_TOO_LONG = Kind(
    "E202",
    "baseline-too-long",
    Severity.NOTE,
    "The baseline lists findings that are no longer there.",
)


class Key(NamedTuple):
    """What a finding is told by: its file, its code, and what stands at its place."""

    file: str
    code: str
    content: str


@dataclass(frozen=True)
class Baseline:
    """How often each finding is known."""

    path: Path
    known: Counter[Key]


@dataclass(frozen=True)
class Compared:
    """Findings against a baseline: those that are new, how many are known, what is left of it."""

    new: tuple[Diagnostic, ...]
    known: int
    left: Counter[Key]


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in the file ``path``.

    Raises:
        DiagnosticError: the file cannot be read (F0xx) or is no baseline (E201).
    """
    source = read_text(path)
    hint = "Write it anew with --write-baseline."
    said = json_of(source, BAD_BASELINE, hint)
    found = mistakes(said, SCHEMAS / "baseline.schema.json")
    if found:
        raise DiagnosticError(
            *(BAD_BASELINE.at(Position(str(path)), each.message, hint) for each in found)
        )
    known: Counter[Key] = Counter()
    for file, entries in said["files"].items():
        for entry in entries:
            known[Key(file, entry["code"], entry["content"])] += entry["count"]
    return Baseline(path, known)


# What is not there, cannot be read, is no XML or crashes the toolkit is no old sin of a document.
_NEVER_KNOWN = ("E", "F", "X")


def write_baseline(path: Path, diagnostics: Iterable[Diagnostic], sources: Sources) -> None:
    """Write a baseline of all findings in documents but notes.

    Raises:
        DiagnosticError: the file cannot be written (F006).
    """
    known = Counter(key_of(d, path.parent, sources) for d in diagnostics if _can_be_known(d))
    files: dict[str, list[dict[str, str | int]]] = {}
    for key in sorted(known):
        entry: dict[str, str | int] = {"code": key.code, "content": key.content}
        files.setdefault(key.file, []).append({**entry, "count": known[key]})
    text = json.dumps({"version": 1, "files": files}, ensure_ascii=False, indent=2) + "\n"
    write_atomically(path, text.encode("utf-8", "replace"))


def _can_be_known(d: Diagnostic) -> bool:
    return d.severity is not Severity.NOTE and not d.code.startswith(_NEVER_KNOWN)


def compare(
    diagnostics: Sequence[Diagnostic],
    baseline: Baseline,
    sources: Sources,
    always: Container[Diagnostic] = (),
) -> Compared:
    """Tell new findings from known ones; notes are neither, and ``always`` are new."""
    left = Counter(baseline.known)
    new: list[Diagnostic] = []
    known = 0
    for d in diagnostics:
        key = key_of(d, baseline.path.parent, sources)
        if _can_be_known(d) and d not in always and left[key] > 0:
            left[key] -= 1
            known += 1
        else:
            new.append(d)
    return Compared(tuple(new), known, +left)


def no_longer_needed(
    compared: Compared, baseline: Baseline, checked: Container[str], codes: Codes
) -> tuple[Diagnostic, ...]:
    """Return a note for each file and code of which the baseline lists too many findings.

    ``checked`` are the files that were looked at, as :func:`relative` writes them, for the codes
    that count. Of other files and codes it is not known, unless the file is gone.
    """
    spare: Counter[tuple[str, str]] = Counter()
    for key, count in compared.left.items():
        looked_for = key.file in checked and codes.counts(key.code)
        if looked_for or not (baseline.path.parent / key.file).exists():
            spare[key.file, key.code] += count
    return tuple(
        BASELINE_TOO_LONG.at(
            Position(str(baseline.path)),
            f"{count} of the findings {code} that are known of {file} "
            f"{'is' if count == 1 else 'are'} no longer there",
            "Write the baseline anew with --write-baseline, so that they stay mended.",
        )
        for (file, code), count in sorted(spare.items())
    )


def key_of(d: Diagnostic, folder: Path, sources: Sources) -> Key:
    """Return what a finding is told by, in a baseline in ``folder``."""
    return Key(relative(d.file, folder), d.code, place(d, sources))


def relative(file: str, folder: Path) -> str:
    """Return the path of a file as seen from the folder, with slashes."""
    return Path(os.path.relpath(file, folder)).as_posix()
