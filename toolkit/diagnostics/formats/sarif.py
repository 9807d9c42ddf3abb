"""For code scanning services: SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import toolkit
from toolkit.diagnostics.diagnostic import Diagnostic, Severity
from toolkit.diagnostics.explanation import Explanation, explanation
from toolkit.diagnostics.identity import fingerprints
from toolkit.diagnostics.paths import from_checkout
from toolkit.diagnostics.sources import Sources

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_CHECKOUT = "%SRCROOT%"


def render(diagnostics: Sequence[Diagnostic], sources: Sources) -> str:
    """Return one SARIF log with one run; columns count Unicode code points."""
    severities = {d.code: d.severity for d in diagnostics}
    codes = sorted(severities)
    files = [from_checkout(d.file) for d in diagnostics]
    driver = {
        "name": "tei",
        "version": toolkit.__version__,
        "rules": [_rule(code, severities[code]) for code in codes],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_CHECKOUT: {"description": {"text": "The top of the checkout."}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(d, codes.index(d.code), file, fingerprint, sources)
            for d, file, fingerprint in zip(
                diagnostics, files, fingerprints(diagnostics, files, sources), strict=True
            )
        ],
    }
    schemas = [used.as_data() | {"files": files} for used, files in sources.all_schemas()]
    if schemas:
        run["properties"] = {"schemas": schemas}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, severity: Severity) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code, "defaultConfiguration": {"level": _LEVEL[severity]}}
    said = explanation(code)
    if said is None:
        return rule
    words = said.name.split("-")
    return rule | {
        "name": "".join(word.capitalize() for word in words),
        "shortDescription": {"text": " ".join(words).capitalize()},
        "fullDescription": {"text": said.why},
        "help": {"text": _help(said, ""), "markdown": _help(said, "```")},
    }


def _help(said: Explanation, fence: str) -> str:
    parts = [said.why, said.mend]
    if said.example:
        for word, text in (("Before:", said.example.before), ("After:", said.example.after)):
            parts += [word, f"{fence}\n{text}\n{fence}".strip()]
    return "\n\n".join(parts)


def _result(
    d: Diagnostic, rule_index: int, file: str, fingerprint: str, sources: Sources
) -> dict[str, Any]:
    return {
        "ruleId": d.code,
        "ruleIndex": rule_index,
        "level": _LEVEL[d.severity],
        "message": {"text": d.in_full},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(file),
                    "region": _region(d, sources),
                }
            }
        ],
        "partialFingerprints": {"placeContent/v1": fingerprint},
    }


def _region(d: Diagnostic, sources: Sources) -> dict[str, int]:
    region = {"startLine": d.line, "startColumn": d.column}
    content = sources.content(d).splitlines()
    if content and content[0].strip():
        region["endColumn"] = d.column + len(content[0])
    return region


def _artifact(file: str) -> dict[str, str]:
    path = Path(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _CHECKOUT}
