"""The closing lines of a command: what was done, what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from toolkit.diagnostics import Diagnostic, Severity
from toolkit.edition import Edition
from toolkit.steps import Report

_DOCUMENTS_LISTED = 5
_OUTPUT_NAMES = {"html": "web page", "pdf": "PDF", "epub": "EPUB", "text": "plain text"}
_SUFFIXES = {"html": "html", "pdf": "pdf", "epub": "epub", "text": "txt"}


def summarise(
    reports: Sequence[Report],
    diagnostics: Iterable[Diagnostic],
    verb: str,
    *,
    with_counts: bool = False,
) -> str:
    """Return a few lines for people: each document with its counts, then the totals."""
    lines: list[str] = []
    for report in reports:
        if with_counts and report.counts:
            found = ", ".join(f"{name} {count}" for name, count in sorted(report.counts.items()))
            lines.append(f"{report.file}: {found}")
    lines.append(f"{_done(reports, verb)}; {_findings(diagnostics)}.")
    return "\n".join(lines)


def where_it_lies(edition: Edition) -> str:
    """Return where a built edition can be looked at."""
    lines = [f"“{edition.title}” lies here:"]
    start_page = edition.output / "index.html"
    if start_page.is_file():
        lines.append(f"  start page   {start_page}")
    files = edition.tei_files()
    for file in files[:_DOCUMENTS_LISTED]:
        lines.append(f"  {file.stem}")
        lines.append(f"    TEI        {file}")
        for output, name in _OUTPUT_NAMES.items():
            published = edition.output / f"{file.stem}.{_SUFFIXES[output]}"
            if output in edition.outputs and published.is_file():
                lines.append(f"    {name:<10} {published}")
    if len(files) > _DOCUMENTS_LISTED:
        lines.append(f"  and {len(files) - _DOCUMENTS_LISTED} more in {edition.output}")
    return "\n".join(lines)


def _done(reports: Sequence[Report], verb: str) -> str:
    files = {report.file for report in reports}
    failed = {report.file for report in reports if report.failed}
    if failed:
        return f"{len(files - failed)} of {_number(len(files), 'file')} {verb}"
    return f"{_number(len(files), 'file')} {verb}"


def _findings(diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [_number(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    return ", ".join(parts) or "nothing to report"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
