"""Output formats for diagnostics: each module here is a format of that name.

A format module has one function, ``render(diagnostics, sources) -> str``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace

from toolkit.diagnostics.diagnostic import Diagnostic
from toolkit.diagnostics.sources import Sources


def names() -> list[str]:
    """Return the names of all formats, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(name: str, diagnostics: Sequence[Diagnostic], sources: Sources | None = None) -> str:
    """Return the diagnostics in the format ``name``.

    Args:
        name: one of :func:`names`.
        diagnostics: the findings.
        sources: the texts they are about; if absent, those of the files they name.

    Raises:
        KeyError: there is no such format.
    """
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"{__name__}.{name}")
    text: str = module.render([_encodable(d) for d in diagnostics], sources or Sources())
    return text


def _encodable(d: Diagnostic) -> Diagnostic:
    """Return a finding without lone surrogates: file names that are not UTF-8 have them."""
    return replace(d, file=_clean(d.file), message=_clean(d.message), hint=_clean(d.hint))


def _clean(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
