"""The closing lines of a command: what was done, what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from toolkit.diagnostics import Diagnostic, Severity
from toolkit.steps.report import Report

_MOST_LISTED = 20
"""Of so many documents each is listed."""
_LABELS = {"RELAX NG": "Schema"}


def summarise(
    reports: Sequence[Report],
    diagnostics: Iterable[Diagnostic],
    verb: str,
    *,
    with_counts: bool = False,
    known: int = 0,
) -> str:
    """Return a few lines for people: each document with its counts, then the totals.

    Of many documents the counts are given for all together, and in how many each occurs.
    """
    lines = _counted(reports) if with_counts else []
    lines += _schemas(reports)
    from_baseline = f", {known} known from the baseline" if known else ""
    lines.append(f"{_done(reports, verb)}; {_findings(diagnostics)}{from_baseline}.")
    return "\n".join(lines)


def _counted(reports: Sequence[Report]) -> list[str]:
    counted = [report for report in reports if report.counts]
    if len(counted) <= _MOST_LISTED:
        return [f"{report.file}: {_listed(report.counts)}" for report in counted]
    files = Counter(name for report in counted for name in report.counts)
    totals: Counter[str] = Counter()
    for report in counted:
        totals.update(report.counts)
    return [
        f"{name}: {count} in {_number(files[name], 'file')}"
        for name, count in sorted(totals.items())
    ]


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _schemas(reports: Sequence[Report]) -> list[str]:
    """Return what the files were checked against, and how many, where they differ in that."""
    counts = Counter(schema for report in reports for schema in report.schemas)
    checked = sum(bool(report.schemas) for report in reports)
    return [
        f"{_LABELS.get(schema.language, schema.language)}: {schema}"
        + (f" for {_number(count, 'file')}" if count < checked else "")
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
