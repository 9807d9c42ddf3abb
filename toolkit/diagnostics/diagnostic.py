"""The diagnostic, its kinds and its severities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from toolkit.diagnostics.position import Position


class Severity(StrEnum):
    """How grave a finding is. Errors and warnings make the exit code 1; notes do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding: where it is, what is wrong and what to do about it.

    ``code`` is stable over releases. ``hint`` says what to do; it may be empty only for notes.
    """

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""

    @property
    def in_full(self) -> str:
        """The message and the hint, as sentences."""
        end = "" if self.message.endswith(("?", ".", "!")) else "."
        return f"{self.message}{end} {self.hint}".strip()


class Kind(NamedTuple):
    """A kind of finding, declared once where it is found.

    ``code`` is a letter for the room (E edition, F files, X XML, C convert, A annotate,
    R registers, V validate, P publish) and three digits; ``name`` is its name in words joined by
    hyphens; ``meaning`` explains in a sentence or two what it means and why it matters.
    """

    code: str
    name: str
    severity: Severity
    meaning: str

    def at(self, position: Position, message: str, hint: str = "") -> Diagnostic:
        """Return the diagnostic of this kind at ``position``."""
        return Diagnostic(
            position.file,
            position.line,
            position.column,
            self.code,
            self.severity,
            message,
            hint,
        )


class DiagnosticError(Exception):
    """Work on one document cannot go on; the diagnostics say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(
            "; ".join(f"{d.file}:{d.line}:{d.column}: {d.message}" for d in diagnostics)
        )
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type[DiagnosticError], tuple[Diagnostic, ...]]:
        # Exceptions cross process borders by pickle, which would pass the joined message back in.
        return type(self), self.diagnostics


def has_findings(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any diagnostic is more than a note."""
    return any(d.severity is not Severity.NOTE for d in diagnostics)
