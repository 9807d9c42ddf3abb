"""For GitLab: a Code Quality report, shown in merge requests."""

from __future__ import annotations

import json
from collections.abc import Sequence

from toolkit.diagnostics.diagnostic import Diagnostic, Severity
from toolkit.diagnostics.identity import fingerprints
from toolkit.diagnostics.paths import from_checkout
from toolkit.diagnostics.sources import Sources

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(diagnostics: Sequence[Diagnostic], sources: Sources) -> str:
    """Return a JSON array with an object for each finding; GitLab shows no columns."""
    files = [from_checkout(d.file) for d in diagnostics]
    issues = [
        {
            "description": d.in_full,
            "check_name": d.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITY[d.severity],
            "location": {"path": file, "lines": {"begin": d.line}},
        }
        for d, file, fingerprint in zip(
            diagnostics, files, fingerprints(diagnostics, files, sources), strict=True
        )
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
