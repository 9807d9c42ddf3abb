"""The closing lines of a command: what was done, what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.diagnostics import Diagnostic, Severity
from toolkit.steps.report import Report


def summarise(
    reports: Sequence[Report],
    diagnostics: Iterable[Diagnostic],
    verb: str,
    *,
    with_counts: bool = False,
    known: int = 0,
) -> str:
    """Return a few lines for people: each document with its counts, then the totals."""
    lines: list[str] = []
    for report in reports:
        if with_counts and report.counts:
            found = ", ".join(f"{name} {count}" for name, count in sorted(report.counts.items()))
            lines.append(f"{report.file}: {found}")
    lines += _schemas(reports)
    from_baseline = f", {known} known from the baseline" if known else ""
    lines.append(f"{_done(reports, verb)}; {_findings(diagnostics)}{from_baseline}.")
    return "\n".join(lines)


def _schemas(reports: Sequence[Report]) -> list[str]:
    """Return what the files were checked against, and how many, where they differ in that."""
    counts = Counter(schema for report in reports for schema in report.schemas)
    checked = sum(bool(report.schemas) for report in reports)
    return [
        f"Schema: {schema}" + (f" for {_number(count, 'file')}" if count < checked else "")
        for schema, count in sorted(counts.items())
    ]


def _done(reports: Sequence[Report], verb: str) -> str:
    # Reports on a whole folder (registers, the pages about an edition) are no files.
    files = {report.file for report in reports if not Path(report.file).is_dir()}
    failed = {report.file for report in reports if report.failed} & files
    if failed:
        return f"{len(files - failed)} of {_number(len(files), 'file')} {verb}"
    return f"{_number(len(files), 'file')} {verb}"


def _findings(diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [_number(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    return ", ".join(parts) or "nothing to report"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
