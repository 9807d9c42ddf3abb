"""Schematron rules that were chosen."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

DEFAULT_PHASE = "#DEFAULT"
_ALL_PHASES = "ALL"


class Rule(NamedTuple):
    """A file with Schematron rules, and the phase to check."""

    file: Path
    phase: str = DEFAULT_PHASE


def phase_named(named: str) -> str:
    """Return the phase that a user or a document names; "" is what the schema proposes."""
    return f"#{named}" if named == _ALL_PHASES else named or DEFAULT_PHASE
