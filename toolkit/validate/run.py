"""Runs the checks: each module in :mod:`toolkit.validate.checks` is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from toolkit.diagnostics import Diagnostic
from toolkit.tei.parse import ParsedDocument
from toolkit.validate import checks
from toolkit.validate.context import Context
from toolkit.validate.repeated import repeated

Check = Callable[[ParsedDocument, Context], Iterator[Diagnostic]]


def check_names() -> list[str]:
    """Return the names of all checks, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(checks.__path__))


def validate(document: ParsedDocument, context: Context) -> tuple[Diagnostic, ...]:
    """Return what is wrong with ``document``: one finding a mistake, sorted by position.

    Raises:
        DiagnosticError: the document cannot be parsed (X0xx), or the schema or the rules of
            ``context`` cannot be used (F0xx, X0xx, V18x, V190, V690).
    """
    if document.has_document_type:
        # What it declares is bounded by libxml2.
        _ = document.root
    found = {finding for check in _checks() for finding in check(document, context)}
    return tuple(sorted(found - repeated(document, found)))


@cache
def _checks() -> tuple[Check, ...]:
    modules = (importlib.import_module(f"{checks.__name__}.{name}") for name in check_names())
    return tuple(module.check for module in modules)
