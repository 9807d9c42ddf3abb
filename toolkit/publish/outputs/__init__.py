"""The outputs: one module each, found by looking into this folder.

A module ``NAME.py`` here offers ``SUFFIX`` (the suffix of the file made for a document, without
the dot), ``publish_document(stem, document, publication) -> Published`` and, if the output has
pages about the edition as a whole, ``publish_edition(publication, documents) -> Published``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.publish.publication import Publication, Published
from toolkit.tei.parse import ParsedDocument

UNKNOWN_OUTPUT = Kind(
    "P001", "unknown-output", Severity.ERROR, "There is no output of the name asked for."
)

Documents = Sequence[tuple[str, ParsedDocument]]


class Output(Protocol):
    """What a module of this folder offers."""

    SUFFIX: str

    def publish_document(
        self, stem: str, document: ParsedDocument, publication: Publication
    ) -> Published:
        """Publish one document."""


class EditionOutput(Output, Protocol):
    """An output with pages about the edition as a whole."""

    def publish_edition(self, publication: Publication, documents: Documents) -> Published:
        """Publish the pages that are about the edition."""


def output_names() -> tuple[str, ...]:
    """Return the names of the outputs, in alphabetical order."""
    return tuple(
        sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")
    )


def load_output(name: str) -> Output:
    """Return the output called ``name``.

    Raises:
        DiagnosticError: there is none of that name (P001).
    """
    if name not in output_names():
        raise DiagnosticError(
            UNKNOWN_OUTPUT.at(
                Position(name),
                f"there is no output “{name}”",
                f"Choose among: {', '.join(output_names())}.",
            )
        )
    return cast(Output, import_module(f"{__name__}.{name}"))


def publish_document(
    output: str, stem: str, document: ParsedDocument, publication: Publication
) -> Published:
    """Publish one document in the output called ``output``.

    Raises:
        DiagnosticError: no such output (P001), or the document cannot be published.
    """
    return load_output(output).publish_document(stem, document, publication)


def publish_edition(output: str, publication: Publication, documents: Documents) -> Published:
    """Publish the output's pages about the whole edition; nothing if it has none.

    Raises:
        DiagnosticError: no such output (P001), or a page cannot be made.
    """
    module = load_output(output)
    if not hasattr(module, "publish_edition"):
        return Published()
    return cast(EditionOutput, module).publish_edition(publication, documents)
