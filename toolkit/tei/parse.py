"""Reading XML files: their bytes, and their trees when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.files import read_bytes
from toolkit.tei.encoding import Encoding, encoding_of

if TYPE_CHECKING:
    from lxml import etree

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class ParsedDocument:
    """An XML document: the bytes it was read from and its tree, which is made when asked for."""

    file: str
    content: bytes

    @cached_property
    def remembered(self) -> dict[object, Any]:
        """What functions have made of the document; see :func:`of_document`."""
        return {}

    @cached_property
    def root(self) -> etree._Element:
        """The root element of the tree.

        Raises:
            DiagnosticError: as :func:`parse`.
        """
        # Most documents that are validated need no tree, nor what makes one.
        from toolkit.tei.tree import tree

        return tree(self.file, self.utf8)

    @cached_property
    def encoding(self) -> Encoding:
        """The encoding of the file."""
        return encoding_of(self.file, self.content)

    @cached_property
    def utf8(self) -> bytes:
        """The content in UTF-8, without byte order mark; it may declare another encoding.

        To a parser it has to be given as UTF-8.

        Raises:
            DiagnosticError: the content is in an unknown encoding (X004), or not in the one it
                says (X001).
        """
        try:
            return self.encoding.read(self.content)
        except UnicodeDecodeError as error:
            from toolkit.tei.tree import undecodable

            raise undecodable(self.file, self.content, error) from None

    @property
    def has_document_type(self) -> bool:
        """Whether there may be a document type declaration, and in it entities."""
        return b"<!DOCTYPE" in self.utf8


def of_document(make: Callable[[ParsedDocument], T]) -> Callable[[ParsedDocument], T]:
    """Make a function remember what it makes of a document, for as long as there is the document.

    What it makes may not hold the document, which would hold itself then.
    """

    @wraps(make)
    def made(document: ParsedDocument) -> T:
        remembered = document.remembered
        if made not in remembered:
            remembered[made] = make(document)
        found: T = remembered[made]
        return found

    return made


def parse_file(path: Path) -> ParsedDocument:
    """Parse the XML file ``path``.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), is not well-formed (X001), has an
            unsafe entity (X002), is nested too deep (X003) or in an unknown encoding (X004).
    """
    return parse(str(path), read_bytes(path))


def open_file(path: Path) -> ParsedDocument:
    """Return the XML file ``path``, which is parsed when its tree is asked for.

    Raises:
        DiagnosticError: the file cannot be read (F0xx).
    """
    return ParsedDocument(str(path), read_bytes(path))


def parse(file: str, content: bytes) -> ParsedDocument:
    """Parse XML from bytes; ``file`` names it in messages.

    Internal entities are expanded, within libxml2's bounds; DTDs and external entities are not
    loaded. Texts of any length are read.

    Raises:
        DiagnosticError: the content is not well-formed (X001), has an unsafe entity (X002), is
            nested too deep (X003) or in an unknown encoding (X004).
    """
    document = ParsedDocument(file, content)
    _ = document.root
    return document
