"""For programs: a JSON list of findings, as ``schemas/findings.schema.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from toolkit.diagnostics.diagnostic import Diagnostic
from toolkit.diagnostics.sources import Sources


def render(diagnostics: Sequence[Diagnostic], _sources: Sources) -> str:
    """Return a JSON array; each object has the keys of the diagnostic's fields."""
    findings = [
        {
            "code": d.code,
            "severity": str(d.severity),
            "file": d.file,
            "line": d.line,
            "column": d.column,
            "message": d.message,
            "hint": d.hint,
        }
        for d in diagnostics
    ]
    return json.dumps(findings, ensure_ascii=False, indent=2) + "\n"
