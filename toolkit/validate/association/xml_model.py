"""The processing instructions ``xml-model`` of a document.

W3C Working Group Note "Associating Schemas with XML documents 1.0 (Third Edition)", which is also
ISO/IEC 19757-11. The instructions stand before the root element. Pseudo-attributes are written as
in "Associating Style Sheets with XML documents 1.0 (Second Edition)", section 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity, SourceText
from toolkit.expressions import expression
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.association.languages import Language, language_of

BAD_XML_MODEL = Kind(
    "V193",
    "bad-xml-model",
    Severity.WARNING,
    "An xml-model instruction, which names the schema of the document, is not written as it has to "
    "be, so the schema is not found.",
)

_TARGET = "xml-model"
_MARK = b"<?xml-model"
_CHUNK = 1 << 11
_KNOWN = ("href", "type", "schematypens", "charset", "title", "group", "phase")
_PAIR = expression(r"""\s*([\w:.-]+)\s*=\s*("[^"<]*"|'[^'<]*')(?=\s|$)""")
_ENTITY = expression(r"&(?:#[0-9]+|#x[0-9A-Fa-f]+|lt|gt|amp|quot|apos);")


@dataclass(frozen=True, slots=True)
class XmlModel:
    """An association with a schema.

    Attributes:
        href: where the schema is, relative to the document.
        language: the language of the schema; None if nothing tells it.
        phase: the phase of a Schematron schema; "" for what the schema proposes.
        position: where ``href`` stands.
    """

    href: str
    language: Language | None
    phase: str
    position: Position


class XmlModels(NamedTuple):
    """The associations of a document, and what is wrong with its instructions."""

    models: tuple[XmlModel, ...]
    findings: tuple[Diagnostic, ...]


def xml_models(document: ParsedDocument) -> XmlModels:
    """Return what a document associates itself with; nothing if it is not well-formed so far."""
    found = _Prolog(document).instructions()
    models: list[XmlModel] = []
    findings: list[Diagnostic] = []
    for instruction in found:
        try:
            models.append(_model(instruction))
        except _MistakeError as mistake:
            findings.append(BAD_XML_MODEL.at(mistake.position, mistake.message, mistake.hint))
    return XmlModels(tuple(models), tuple(findings))


class _Instruction(NamedTuple):
    """An instruction: its content, and the offset of the content in the text of the document."""

    source: SourceText
    offset: int
    content: str

    def position(self, offset: int) -> Position:
        return self.source.position(self.offset + offset)


class _Prolog:
    """What stands before the root element, read by expat as far as that."""

    def __init__(self, document: ParsedDocument) -> None:
        self._document = document
        self._starts: list[int] = []
        self._in_document_type = False
        self._scanner = expat.ParserCreate("utf-8")

    def instructions(self) -> list[_Instruction]:
        """Return the instructions, in order."""
        content = self._document.utf8
        self._read(content)
        if not self._starts:
            return []
        end = content.find(b"?>", self._starts[-1])
        source = SourceText(self._document.file, content[: end + 2].decode())
        return [self._instruction(source, content, start) for start in self._starts]

    def _read(self, content: bytes) -> None:
        scanner = self._scanner
        scanner.ProcessingInstructionHandler = self._instruction_at
        scanner.StartDoctypeDeclHandler = self._open_document_type
        scanner.EndDoctypeDeclHandler = self._close_document_type
        scanner.StartElementHandler = _end
        try:
            for start in range(0, len(content), _CHUNK):
                scanner.Parse(content[start : start + _CHUNK], False)
        except _RootReachedError:
            return
        except expat.ExpatError:
            return  # told of by those who need the whole document

    def _instruction_at(self, target: str, _content: str) -> None:
        if target == _TARGET and not self._in_document_type:
            self._starts.append(self._scanner.CurrentByteIndex)

    def _open_document_type(self, *_details: object) -> None:
        self._in_document_type = True

    def _close_document_type(self) -> None:
        self._in_document_type = False

    @staticmethod
    def _instruction(source: SourceText, content: bytes, start: int) -> _Instruction:
        end = content.find(b"?>", start)
        begin = start + len(_MARK)
        offset = len(content[:begin].decode())
        return _Instruction(source, offset, content[begin:end].decode())


class _RootReachedError(Exception):
    """What stands before the root element has been read."""


def _end(_name: str, _attributes: Mapping[str, str]) -> NoReturn:
    raise _RootReachedError


class _MistakeError(Exception):
    """An instruction that cannot be understood."""

    def __init__(self, position: Position, message: str, hint: str) -> None:
        super().__init__(message)
        self.position = position
        self.message = message
        self.hint = hint


def _model(instruction: _Instruction) -> XmlModel:
    values, places = _pseudo_attributes(instruction)
    if not values.get("href", "").strip():
        raise _MistakeError(
            instruction.position(-len(_MARK)),
            "the xml-model instruction names no schema",
            'Write where the schema is: href="schema.rng".',
        )
    href = values["href"].strip()
    language = language_of(href, values.get("type", ""), values.get("schematypens", "").strip())
    return XmlModel(href, language, values.get("phase", "").strip(), places["href"])


def _pseudo_attributes(
    instruction: _Instruction,
) -> tuple[Mapping[str, str], Mapping[str, Position]]:
    from html import unescape

    values: dict[str, str] = {}
    places: dict[str, Position] = {}
    at, content = 0, instruction.content
    while content[at:].strip():
        found = _PAIR.match(content, at)
        here = instruction.position(found.start(1) if found else _next(content, at))
        if found is None or (at and not content[at].isspace()):
            raise _MistakeError(
                here,
                "the xml-model instruction cannot be read from here on",
                'Write it as name="value" name="value", such as href="schema.rng".',
            )
        name = found[1]
        if name not in _KNOWN or name in values:
            said = "stands twice" if name in values else "means nothing"
            raise _MistakeError(
                here,
                f"{name} {said} in an xml-model instruction",
                f"Possible, once each: {', '.join(_KNOWN)}.",
            )
        values[name] = _ENTITY.sub(lambda match: unescape(match[0]), found[2][1:-1])
        places[name] = here
        at = found.end()
    return values, places


def _next(content: str, at: int) -> int:
    return at + len(content[at:]) - len(content[at:].lstrip())
