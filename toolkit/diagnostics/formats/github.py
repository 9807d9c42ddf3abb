"""For GitHub Actions: workflow commands that annotate the changed lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.diagnostics.diagnostic import Diagnostic, Severity

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one workflow command a diagnostic."""
    return "".join(_command(d) for d in diagnostics)


def _command(d: Diagnostic) -> str:
    text = f"{d.message} {d.hint}".strip()
    return (
        f"::{_COMMAND[d.severity]} file={_property(d.file)},line={d.line},col={d.column},"
        f"title={_property(d.code)}::{_data(text)}\n"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
