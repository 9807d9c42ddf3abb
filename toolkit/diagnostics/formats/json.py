"""For programs: a JSON list of findings, as ``schemas/findings.schema.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from toolkit.diagnostics.diagnostic import Diagnostic
from toolkit.diagnostics.sources import Sources


def render(diagnostics: Sequence[Diagnostic], sources: Sources) -> str:
    """Return a JSON array; each object has the keys of the diagnostic's fields.

    What the file was checked against is told too, if that is known.
    """
    findings = [_finding(d, sources) for d in diagnostics]
    return json.dumps(findings, ensure_ascii=False, indent=2) + "\n"


def _finding(d: Diagnostic, sources: Sources) -> dict[str, Any]:
    finding: dict[str, Any] = {
        "code": d.code,
        "severity": str(d.severity),
        "file": d.file,
        "line": d.line,
        "column": d.column,
        "message": d.message,
        "hint": d.hint,
    }
    schemas = [used.as_data() for used in sources.schemas(d.file)]
    return finding | ({"schemas": schemas} if schemas else {})
