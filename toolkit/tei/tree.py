"""Safe parsing: nothing external is loaded, nothing expands without bound, errors have a place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from toolkit.diagnostics import (
    Diagnostic,
    DiagnosticError,
    Kind,
    Position,
    Severity,
    SourceText,
)
from toolkit.tei.expansion import first_expansion
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


class _PrologRead(Exception):  # noqa: N818 (it is no error)
    """The prolog has been read to its end."""


@dataclass(frozen=True, slots=True)
class _DocumentType:
    """What a document type declaration asks for, or may ask for."""

    names_a_dtd: bool = False
    declares_entities: bool = False


def tree(file: str, utf8: bytes) -> etree._Element:
    """Return the root of the tree of a document in UTF-8; ``file`` names it in messages.

    Internal entities are expanded, within libxml2's bounds; DTDs and external entities are not
    loaded. Texts of any length are read.

    Raises:
        DiagnosticError: the content is not well-formed (X001), has an unsafe entity (X002), or is
            nested too deep (X003).
    """
    document_type = _document_type(file, utf8)
    try:
        return etree.fromstring(utf8, _parser(document_type))
    except etree.XMLSyntaxError as error:
        if not _is_too_long(error) or document_type.declares_entities:
            raise DiagnosticError(_syntax_error(file, utf8, error)) from None
        return _parse_long(file, utf8, document_type)


def undecodable(file: str, content: bytes, error: UnicodeDecodeError) -> DiagnosticError:
    """Return the error for a file that is not in the encoding it says (X001)."""
    before = error.object[: error.start].decode(error.encoding, "replace")
    where = SourceText(file, before).position(len(before))
    code: int = etree.ErrorTypes.ERR_INVALID_ENCODING
    return DiagnosticError(_not_well_formed(content, code, "", where))


def _parser(document_type: _DocumentType, *, huge: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        # Whatever the document declares: what is parsed is what was scanned.
        encoding="utf-8",
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
        DiagnosticError: it refers to an external entity (X002).
    """
    if b"<!DOCTYPE" not in content:
        return _DocumentType()
    scanner = expat.ParserCreate("utf-8")
    names_a_dtd = declares_entities = False

    def on_document_type(
        _name: str, system_id: str | None, public_id: str | None, _internal: bool
    ) -> None:
        nonlocal names_a_dtd
        names_a_dtd = system_id is not None or public_id is not None

    def on_entity_declaration(
        name: str,
        is_parameter: bool,
        _value: str | None,
        _base: str | None,
        system_id: str | None,
        public_id: str | None,
        notation: str | None,
    ) -> None:
        nonlocal declares_entities
        declares_entities = True
        if system_id is None and public_id is None:
            return
        # What is no XML (an image) is only named; what is never referred to is never loaded.
        reference = f"%{name};" if is_parameter else f"&{name};"
        if notation is not None or reference.encode() not in content:
            return
        begin = content.rfind(b"<!ENTITY", 0, scanner.CurrentByteIndex + 1)
        before = content[: max(begin, 0)].decode()
        raise DiagnosticError(
            UNSAFE_ENTITY.at(
                SourceText(file, before).position(len(before)),
                f"the document takes in the external entity “{name}”",
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
    with suppress(expat.ExpatError):
        try:
            scanner.Parse(content, True)
        except _PrologRead:
            return _DocumentType(names_a_dtd, declares_entities)
    return _DocumentType(names_a_dtd=True, declares_entities=True)


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
            first_expansion(file, content, where),
            "the entities of this document expand without bound",
            "Write what the entities stand for, and take their declarations out of the document "
            "type declaration.",
        )
    code: int = error.code  # type: ignore[attr-defined]  # the stubs do not know it
    return _not_well_formed(content, code, message.strip(), where)


def _not_well_formed(content: bytes, code: int, message: str, where: Position) -> Diagnostic:
    explanation = explain(content, code, message, where)
    return NOT_WELL_FORMED.at(explanation.position, explanation.message, explanation.hint)
