"""What can be wrong with a schema, and how it is told.

Sections are those of the RELAX NG specification (OASIS Committee Specification, 3 December 2001).
"""

from __future__ import annotations

from typing import NamedTuple

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity

SCHEMA_SYNTAX = Kind(
    "V181",
    "schema-syntax",
    Severity.ERROR,
    "The schema is not written as RELAX NG prescribes, in its XML or in its compact syntax, so no "
    "document can be checked against it.",
)
SCHEMA_RULE = Kind(
    "V182",
    "schema-rule",
    Severity.ERROR,
    "The schema is written well, but breaks one of the rules that make its meaning certain. The "
    "section named is that of the RELAX NG specification.",
)
SCHEMA_REFERENCE = Kind(
    "V183",
    "schema-reference",
    Severity.ERROR,
    "The schema includes a file that cannot be used. Only local files are read.",
)
SCHEMA_IDENTIFIERS = Kind(
    "V184",
    "schema-identifiers",
    Severity.WARNING,
    "The schema gives one attribute of one element different ID types at different places, so "
    "these identifiers are not checked (RELAX NG DTD Compatibility, section 5).",
)
NOT_A_SCHEMA = Kind(
    "V190",
    "not-a-relaxng-schema",
    Severity.ERROR,
    "The file given as the schema is XML, but not RELAX NG. Nothing can be validated with it.",
)


class Place(NamedTuple):
    """Where something stands in a schema: file, line and column, counted from 1."""

    file: str
    line: int
    column: int

    def position(self) -> Position:
        """Return the place as diagnostics want it."""
        return Position(self.file, self.line, self.column)


def syntax_error(place: Place, message: str, hint: str) -> DiagnosticError:
    """Return the error for a schema that is not written as section 3 prescribes."""
    return DiagnosticError(SCHEMA_SYNTAX.at(place.position(), message, hint))


def rule_error(place: Place, section: str, message: str, hint: str) -> DiagnosticError:
    """Return the error for a schema that breaks the rule of ``section``."""
    told = f"{message} (RELAX NG specification, section {section})"
    return DiagnosticError(SCHEMA_RULE.at(place.position(), told, hint))


def reference_error(place: Place, message: str, hint: str) -> DiagnosticError:
    """Return the error for a file that the schema refers to and that cannot be used."""
    return DiagnosticError(SCHEMA_REFERENCE.at(place.position(), message, hint))
