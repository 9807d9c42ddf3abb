"""The kinds of findings by Schematron rules."""

from __future__ import annotations

from toolkit.diagnostics import Kind, Severity

RULE_BROKEN = Kind(
    "V601",
    "rule-broken",
    Severity.ERROR,
    "The document breaks a Schematron rule that must be kept.",
)
RULE_WARNING = Kind(
    "V602",
    "rule-warning",
    Severity.WARNING,
    "A Schematron rule found something that is probably wrong.",
)
RULE_NOTE = Kind(
    "V603",
    "rule-note",
    Severity.NOTE,
    "A Schematron rule found something worth knowing.",
)
RULE_CODES = frozenset(kind.code for kind in (RULE_BROKEN, RULE_WARNING, RULE_NOTE))
