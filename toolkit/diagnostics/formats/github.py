"""For GitHub Actions: workflow commands that annotate the changed lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.diagnostics.diagnostic import Diagnostic, Severity
from toolkit.diagnostics.explanation import names
from toolkit.diagnostics.paths import from_checkout
from toolkit.diagnostics.sources import Sources

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Sequence[Diagnostic], _sources: Sources) -> str:
    """Return one workflow command a diagnostic."""
    return "".join(_command(d) for d in diagnostics)


def _command(d: Diagnostic) -> str:
    text = f"{d.message}\n{d.hint}".strip()
    title = f"{d.code} {names().get(d.code, '')}".strip()
    return (
        f"::{_COMMAND[d.severity]} file={_property(from_checkout(d.file))},line={d.line},"
        f"col={d.column},title={_property(title)}::{_data(text)}\n"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
