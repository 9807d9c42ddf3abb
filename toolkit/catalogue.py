"""All kinds of findings there are, collected from where they are declared."""

from __future__ import annotations

import importlib
import pkgutil

import toolkit
from toolkit.diagnostics import Kind


def kinds() -> tuple[Kind, ...]:
    """Return every kind of finding, sorted by code."""
    found: set[Kind] = set()
    for module in pkgutil.walk_packages(toolkit.__path__, "toolkit."):
        values = vars(importlib.import_module(module.name)).values()
        found |= {value for value in values if isinstance(value, Kind)}
    return tuple(sorted(found, key=lambda kind: kind.code))


def find(code: str) -> Kind | None:
    """Return the kind with this code or name, or None."""
    wanted = code.casefold()
    return next((k for k in kinds() if wanted in (k.code.casefold(), k.name)), None)


def table() -> str:
    """Return the kinds as a Markdown table, for the documentation."""
    rows = [f"| {k.code} | {k.name} | {k.severity} | {k.meaning} |" for k in kinds()]
    return "\n".join(["| code | name | severity | what it means |", "|---|---|---|---|", *rows])
