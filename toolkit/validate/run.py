"""Runs the checks: each module in :mod:`toolkit.validate.checks` and below is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.tei.parse import ParsedDocument
from toolkit.validate import checks
from toolkit.validate.checks import references, registers
from toolkit.validate.context import Context
from toolkit.validate.repeated import repeated

Check = Callable[[ParsedDocument, Context], Iterator[Diagnostic]]

_PACKAGES = (checks, references, registers)


def check_names() -> list[str]:
    """Return the names of all checks, sorted."""
    return sorted(name for package in _PACKAGES for name in _names(package))


def prepare(context: Context) -> None:
    """Load what most documents of ``context`` need, before the process is copied.

    Saxon is not loaded: it cannot be copied. What is wrong with a schema is told of documents.
    """
    from toolkit.validate import schemas, verdict  # noqa: F401 (the engine)

    _checks(checks)
    if context.references:
        _checks(references)
    if context.schema is not None:
        with suppress(DiagnosticError):
            schemas.schema_at(context.schema, context.cache, context.addresses)


def validate(document: ParsedDocument, context: Context) -> tuple[Diagnostic, ...]:
    """Return what is wrong with ``document``: one finding a mistake, sorted by position.

    Raises:
        DiagnosticError: the document cannot be parsed (X0xx), or the schema or the rules of
            ``context`` cannot be used (F0xx, X0xx, V18x, V190, V690).
    """
    if document.has_document_type:
        # What it declares is bounded by libxml2.
        _ = document.root
    found = {
        finding for check in _wanted(document, context) for finding in check(document, context)
    }
    return tuple(sorted(found - repeated(document, found)))


def _wanted(document: ParsedDocument, context: Context) -> Iterator[Check]:
    yield from _checks(checks)
    if context.references:
        yield from _checks(references)
    if context.registers and Path(document.file).resolve() in context.register_files:
        yield from _checks(registers)


@cache
def _checks(package: ModuleType) -> tuple[Check, ...]:
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in _names(package))
    return tuple(module.check for module in modules)


def _names(package: ModuleType) -> list[str]:
    found = pkgutil.iter_modules(package.__path__)
    return sorted(module.name for module in found if not module.ispkg)
