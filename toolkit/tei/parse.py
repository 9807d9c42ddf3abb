"""Safe parsing: nothing external is loaded, nothing expands without bound, errors have a place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.files import read_bytes
from toolkit.tei.wellformed import explain

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
TOO_DEEP = Kind(
    "X003",
    "nested-too-deep",
    Severity.ERROR,
    "Elements are nested hundreds of levels deep. No text is; end tags are missing, or a program "
    "wrote the file wrongly.",
)


@dataclass(frozen=True)
class ParsedDocument:
    """An XML document: the bytes it was read from and its tree."""

    file: str
    content: bytes
    root: etree._Element


class _PrologRead(Exception):  # noqa: N818 (it is no error)
    """The prolog has been read to its end."""


@dataclass(frozen=True, slots=True)
class _DocumentType:
    """What a document type declaration asks for."""

    names_a_dtd: bool = False
    declares_entities: bool = False


def parse_file(path: Path) -> ParsedDocument:
    """Parse the XML file ``path``.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), is not well-formed (X001), has an
            unsafe entity (X002) or is nested too deep (X003).
    """
    return parse(str(path), read_bytes(path))


def parse(file: str, content: bytes) -> ParsedDocument:
    """Parse XML from bytes; ``file`` names it in messages.

    Internal entities are expanded, within libxml2's bounds; DTDs and external entities are not
    loaded. Texts of any length are read.

    Raises:
        DiagnosticError: the content is not well-formed (X001), has an unsafe entity (X002) or is
            nested too deep (X003).
    """
    document_type = _document_type(file, content)
    try:
        root = etree.fromstring(content, _parser(document_type))
    except etree.XMLSyntaxError as error:
        if not _is_too_long(error) or document_type.declares_entities:
            raise DiagnosticError(_syntax_error(file, content, error)) from None
        root = _parse_long(file, content, document_type)
    return ParsedDocument(file, content, root)


def _parser(document_type: _DocumentType, *, huge: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs lag behind lxml 5
        load_dtd=False,
        no_network=True,
        huge_tree=huge,
        remove_blank_text=False,
        # A repeated xml:id is for validation to report. But libxml2 loads a DTD when told not to
        # collect the ids.
        collect_ids=document_type.names_a_dtd,
    )


def _parse_long(file: str, content: bytes, document_type: _DocumentType) -> etree._Element:
    """Parse again without libxml2's limits; safe where no entity can expand."""
    try:
        return etree.fromstring(content, _parser(document_type, huge=True))
    except etree.XMLSyntaxError as error:
        raise DiagnosticError(_syntax_error(file, content, error)) from None


def _is_too_long(error: etree.XMLSyntaxError) -> bool:
    message = error.msg or ""
    return "XML_PARSE_HUGE" in message and "depth" not in message


def _document_type(file: str, content: bytes) -> _DocumentType:
    """Return what the document type declaration asks for.

    Raises:
        DiagnosticError: it declares an external entity (X002).
    """
    if b"<!DOCTYPE" not in content.replace(b"\0", b""):
        return _DocumentType()
    scanner = expat.ParserCreate()
    names_a_dtd = declares_entities = False

    def on_document_type(
        _name: str, system_id: str | None, public_id: str | None, _internal: bool
    ) -> None:
        nonlocal names_a_dtd
        names_a_dtd = system_id is not None or public_id is not None

    def on_entity_declaration(
        name: str,
        _is_parameter: bool,
        _value: str | None,
        _base: str | None,
        system_id: str | None,
        public_id: str | None,
        _notation: str | None,
    ) -> None:
        nonlocal declares_entities
        declares_entities = True
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

    def on_root(_name: str, _attributes: dict[str, str]) -> None:
        # Behind the prolog, entities would be expanded.
        raise _PrologRead

    scanner.StartDoctypeDeclHandler = on_document_type
    scanner.EntityDeclHandler = on_entity_declaration
    scanner.StartElementHandler = on_root
    # What is not well-formed is reported by the parser proper.
    with suppress(expat.ExpatError, _PrologRead):
        scanner.Parse(content, True)
    return _DocumentType(names_a_dtd, declares_entities)


def _syntax_error(file: str, content: bytes, error: etree.XMLSyntaxError) -> Diagnostic:
    line, column = error.position
    where = Position(file, max(line, 1), max(column, 1))
    message = (error.msg or "not well-formed").removesuffix(f", line {line}, column {column}")
    if "depth" in message:
        return TOO_DEEP.at(
            where,
            "elements are nested more than 256 levels deep here",
            "Look for end tags that are missing before this place.",
        )
    if "entity reference loop" in message or "Maximum entity" in message:
        return UNSAFE_ENTITY.at(
            where,
            "the entities of this document expand without bound",
            "Take the nested entity declarations out of the document type declaration.",
        )
    code: int = error.code  # type: ignore[attr-defined]  # the stubs do not know it
    explanation = explain(content, code, message.strip(), where)
    return NOT_WELL_FORMED.at(explanation.position, explanation.message, explanation.hint)
