"""The outputs: one module each, found by looking into this folder.

A module ``NAME.py`` here offers ``SUFFIX`` (the suffix of the file made for a document, without
the dot; empty if there is none), ``LABEL`` (what people call it, such as “web page”), both literal
strings, ``publish_document(stem, document, publication) -> Published`` and, if the output has
pages about the edition as a whole, ``publish_edition(publication, earlier) -> Published``, where
``earlier`` gives what lies in the output folder: the records of the documents, and what the build
before made. ``VOLUME``, a literal string too, is where it puts a volume of all documents, if it
makes one. ``further_inputs(images) -> tuple[str, ...]`` may name what else the output reads, such
as images and fonts, by digests.
"""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from types import MappingProxyType
from typing import Protocol, cast

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.publish.earlier import Earlier
from toolkit.publish.images import ImageAddresses
from toolkit.publish.publication import Publication, Published
from toolkit.tei.parse import ParsedDocument

UNKNOWN_OUTPUT = Kind(
    "P001", "unknown-output", Severity.ERROR, "There is no output of the name asked for."
)


class Output(Protocol):
    """What a module of this folder offers."""

    SUFFIX: str
    LABEL: str

    def publish_document(
        self, stem: str, document: ParsedDocument, publication: Publication
    ) -> Published:
        """Publish one document."""


class EditionOutput(Output, Protocol):
    """An output with pages about the edition as a whole."""

    def publish_edition(self, publication: Publication, earlier: Earlier) -> Published:
        """Publish the pages that are about the edition."""


class OutputWithInputs(Output, Protocol):
    """An output that reads more than the document and the publication."""

    def further_inputs(self, images: ImageAddresses) -> tuple[str, ...]:
        """Name by digests what else the output reads."""


@cache
def output_names() -> tuple[str, ...]:
    """Return the names of the outputs, in alphabetical order."""
    return tuple(
        sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")
    )


@cache
def output_info() -> Mapping[str, tuple[str, str]]:
    """Return suffix and label of each output by its name, in alphabetical order.

    The modules are read, not run: the typesetter and others take their time to load.
    """
    return MappingProxyType({name: _info(name) for name in output_names()})


@cache
def volumes() -> Mapping[str, str]:
    """Return where the outputs that make one put the volume of all documents, by their names."""
    constants = {name: dict(_constants(_source(name))) for name in output_names()}
    return MappingProxyType(
        {name: said["VOLUME"] for name, said in constants.items() if "VOLUME" in said}
    )


def _info(name: str) -> tuple[str, str]:
    constants = dict(_constants(_source(name)))
    return constants["SUFFIX"], constants["LABEL"]


def _source(name: str) -> str:
    spec = find_spec(f"{__name__}.{name}")
    loader = cast(InspectLoader, spec.loader) if spec else None
    return (loader.get_source(f"{__name__}.{name}") or "") if loader else ""


def _constants(source: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the strings that a module sets at its top level."""
    for statement in ast.parse(source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                yield name, value


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


def further_inputs(output: str, images: ImageAddresses) -> tuple[str, ...]:
    """Return digests of what the output reads beside the document and the publication.

    Raises:
        DiagnosticError: no such output (P001).
    """
    module = load_output(output)
    if not hasattr(module, "further_inputs"):
        return ()
    return cast(OutputWithInputs, module).further_inputs(images)


def publish_edition(output: str, publication: Publication, earlier: Earlier) -> Published:
    """Publish the output's pages about the whole edition; nothing if it has none.

    ``earlier`` gives the files in the output folder: records of the documents published before
    (:mod:`toolkit.publish.record`), and whatever need not be made again.

    Raises:
        DiagnosticError: no such output (P001), or a page cannot be made.
    """
    module = load_output(output)
    if not hasattr(module, "publish_edition"):
        return Published()
    return cast(EditionOutput, module).publish_edition(publication, earlier)
