"""What the outputs know about the edition they publish, and what they give back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from toolkit.diagnostics import Diagnostic


class Register(NamedTuple):
    """One register of the edition: the stem of its file and its TEI as text without DOCTYPE."""

    stem: str
    text: str


@dataclass(frozen=True)
class DocumentEntry:
    """One line in a list of documents, as :func:`toolkit.publish.describe_document` reads it.

    ``date`` is a W3C date (``1959-06-18``, ``1959-06``, ``1959``) or empty; ``date_text`` is the
    date in the words of the header; ``kind`` is the genre (``letter``, ``cable``, ``verse`` …).
    """

    stem: str
    title: str
    date: str = ""
    kind: str = ""
    sender: str = ""
    recipient: str = ""
    place: str = ""
    date_text: str = ""
    abstract: str = ""
    language: str = ""


@dataclass(frozen=True)
class Publication:
    """The edition a document is published in.

    ``documents`` lists the edition's documents in reading order; it is empty, or holds the one
    document, for a file outside any edition. ``custom_stylesheets`` is the edition's own folder of
    stylesheets: where it holds ``html.xsl``, that is used in place of the toolkit's (which it
    imports). ``outputs`` names the outputs being published, so that pages can link to them.
    ``views`` are the layers of the text that readers can choose from, the first shown first.
    """

    title: str
    language: str = "en"
    editors: tuple[str, ...] = ()
    publisher: str = ""
    licence_name: str = ""
    licence_url: str = ""
    registers: tuple[Register, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    custom_stylesheets: Path | None = None
    description: str = ""
    outputs: tuple[str, ...] = ()
    views: tuple[str, ...] = ("both", "reading", "diplomatic")


@dataclass(frozen=True)
class Published:
    """The files an output made, by their path relative to the output folder, and its findings."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
