"""Safe parsing: nothing external is loaded, nothing expands without bound, errors have a place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.files import read_bytes

NOT_WELL_FORMED = Kind(
    "X001",
    "not-well-formed",
    Severity.ERROR,
    "The file breaks the rules that all XML obeys, so no program can tell what is in it.",
)
UNSAFE_ENTITY = Kind(
    "X002",
    "unsafe-entity",
    Severity.ERROR,
    "The file refers to an external entity, or its entities expand without bound. Neither is "
    "loaded: a document must not be able to read other files or exhaust the machine.",
)

_HINTS = {
    "Opening and ending tag mismatch": "Close the elements in the reverse order of opening them.",
    "Premature end of data": "Add the missing end tags, or restore the end of the file.",
    "xmlParseEntityRef: no name": "Write &amp; for an ampersand in text.",
    "not defined": "Define the entity in the document, or write the character itself.",
    "Namespace prefix": "Declare the prefix with xmlns:… on the root element.",
    "Start tag expected": "An XML file begins with a tag such as <TEI>.",
    "Extra content at the end": "A document has one root element; move the rest inside it.",
    "StartTag: invalid element name": "Write &lt; for a less-than sign in text.",
    "AttValue": "Put attribute values in quotation marks.",
    "redefined": "Keep one of the two attributes of the same name.",
}


@dataclass(frozen=True)
class ParsedDocument:
    """An XML document: the bytes it was read from and its tree."""

    file: str
    content: bytes
    root: etree._Element


def parse_file(path: Path) -> ParsedDocument:
    """Parse the XML file ``path``.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), is not well-formed (X001) or has an
            unsafe entity (X002).
    """
    return parse(str(path), read_bytes(path))


def parse(file: str, content: bytes) -> ParsedDocument:
    """Parse XML from bytes; ``file`` names it in messages.

    Internal entities are expanded, within libxml2's bounds; DTDs and external entities are not
    loaded.

    Raises:
        DiagnosticError: the content is not well-formed (X001) or has an unsafe entity (X002).
    """
    _refuse_external_entities(file, content)
    parser = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs lag behind lxml 5
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_blank_text=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DiagnosticError(_syntax_error(file, error)) from None
    return ParsedDocument(file, content, root)


def _refuse_external_entities(file: str, content: bytes) -> None:
    if b"<!DOCTYPE" not in content.replace(b"\0", b""):
        return
    scanner = expat.ParserCreate()

    def on_entity_declaration(
        name: str,
        _is_parameter: bool,
        _value: str | None,
        _base: str | None,
        system_id: str | None,
        public_id: str | None,
        _notation: str | None,
    ) -> None:
        if system_id is None and public_id is None:
            return
        where = Position(file, scanner.CurrentLineNumber, scanner.CurrentColumnNumber + 1)
        raise DiagnosticError(
            UNSAFE_ENTITY.at(
                where,
                f"the document declares the external entity “{name}”",
                "Put the content into the document itself and take the declaration out.",
            )
        )

    scanner.EntityDeclHandler = on_entity_declaration
    # What is not well-formed is reported by the parser proper.
    with suppress(expat.ExpatError):
        scanner.Parse(content, True)


def _syntax_error(file: str, error: etree.XMLSyntaxError) -> Diagnostic:
    line, column = error.position
    message = (error.msg or "not well-formed").removesuffix(f", line {line}, column {column}")
    where = Position(file, max(line, 1), max(column, 1))
    if "entity reference loop" in message or "Maximum entity" in message:
        return UNSAFE_ENTITY.at(
            where,
            "the entities of this document expand without bound",
            "Take the nested entity declarations out of the document type declaration.",
        )
    hint = next((h for start, h in _HINTS.items() if start in message), _DEFAULT_HINT)
    return NOT_WELL_FORMED.at(where, f"not well-formed XML: {message}", hint)


_DEFAULT_HINT = "Compare this line with the lines before it: a tag or a quotation mark is amiss."
