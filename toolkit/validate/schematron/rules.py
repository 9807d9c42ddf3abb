"""The rules of a schema, made ready for use: once for each content of a schema in a process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lxml import etree

from toolkit.cache import entry, keep, kept
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.expressions import expression
from toolkit.files import digest, read_bytes
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.validate.schematron.places import OWN, path_of, place, xml_text
from toolkit.xslt import ParameterValue, Stylesheet, compile_stylesheet, transform

if TYPE_CHECKING:
    from toolkit.validate.schematron.compact import CompactRules

NOT_SCHEMATRON = Kind(
    "V690",
    "not-a-schematron-schema",
    Severity.ERROR,
    "The rules are not ISO Schematron, or break its rules. Nothing can be validated with them.",
)

DEFAULT_PHASE = "#DEFAULT"
ALL_PHASES = "#ALL"

_STYLESHEET = XSLT / "schematron.xsl"

_DAY = expression(r"\bcurrent-date\s*\(")
# Functions and instructions of XPath and XSLT that read other files, the clock or the environment.
_AROUND = expression(
    r"""\b(?:doc|doc-available|document|collection|uri-collection|json-doc|transform|
             unparsed-text(?:-lines|-available)?|load-xquery-module|current-(?:time|dateTime)|
             random-number-generator|(?:available-)?environment-variables?|
             unparsed-entity-(?:uri|public-id))\s*[(\#]|
        \bdocuments\(\(|\bcurrent-date\#|
        <\w*:?(?:evaluate|source-document|merge-source)\b""",
    re.VERBOSE,
)

_COMPACT = ".rnc"

_Sources = tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one schema, ready for use.

    Attributes:
        file: the schema.
        stylesheet: what validates by them; None if the schema has no rules.
        sources: the schema and the files it includes, each with the digest of its content.
    """

    file: Path
    stylesheet: Stylesheet | None
    sources: _Sources

    @property
    def asks_for_the_day(self) -> bool:
        """Whether what the rules find may depend on the day."""
        return _has(self.stylesheet, _DAY)

    @property
    def looks_around(self) -> bool:
        """Whether what the rules find may depend on more than the document and the day."""
        return _has(self.stylesheet, _AROUND)


def load_rules(
    path: Path, phase: str = DEFAULT_PHASE, *, full: bool = False, store: Path | None = None
) -> Rules:
    """Return the rules of a Schematron schema, or those embedded in a RELAX NG schema.

    ``phase`` is the id of a phase, ``#ALL``, or ``#DEFAULT`` for what the schema itself proposes.
    ``full`` makes the report tell which rules fired. ``store`` is a folder in which the stylesheets
    made are kept for other processes. The files that a schema includes are local files.

    Raises:
        DiagnosticError: a file cannot be read (F0xx), is not well-formed (X001), or is not ISO
            Schematron (V690), or not in the compact syntax that its suffix promises (V181).
    """
    path = path.resolve()
    rules = _load(path, digest(read_bytes(path)), phase, full, store)
    if not _are_current(rules.sources[1:]):
        _load.cache_clear()
        rules = _load(path, digest(read_bytes(path)), phase, full, store)
    return rules


def unusable(where: Position, reason: str) -> Diagnostic:
    """Return the finding that a schema cannot be used."""
    return NOT_SCHEMATRON.at(
        where, f"the rules cannot be used: {reason}", "Mend the schema, or name another."
    )


@lru_cache(maxsize=32)
def _load(path: Path, content: str, phase: str, full: bool, store: Path | None) -> Rules:
    if store is None:
        return _made(path, phase, full)
    made_from = (str(path).encode(), content.encode(), phase.encode(), bytes((full,)), _maker())
    stored = entry(store, "schematron", *made_from)
    rules = _stored(path, stored)
    if rules is None:
        rules = _made(path, phase, full)
        keep(stored, _as_data(rules))
    return rules


def _made(path: Path, phase: str, full: bool) -> Rules:
    schema = _source(path)
    if not schema.text:
        return Rules(path, None, _with_digests(schema.files))
    parameters: dict[str, ParameterValue] = {"uri": path.as_uri(), "phase": phase, "full": full}
    text = transform(_STYLESHEET, schema.text, parameters, file=str(path)).text
    result = etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True))
    problems = {
        unusable(schema.place(problem, problem.get(f"{OWN}in")), problem.text or "")
        for problem in result.iterchildren(f"{OWN}problem")
    }
    if problems:
        raise DiagnosticError(*sorted(problems))
    files = [path_of(source.get("uri", "")) for source in result.iterchildren(f"{OWN}source")]
    sources = _with_digests((*schema.files, *files))
    compiled = result.find("{http://www.w3.org/1999/XSL/Transform}stylesheet")
    if compiled is None:
        return Rules(path, None, sources)
    stylesheet = Stylesheet(etree.tostring(compiled, encoding="unicode"), str(path))
    try:
        compile_stylesheet(stylesheet)
    except DiagnosticError as error:
        raise DiagnosticError(_not_compiled(schema, stylesheet, error.diagnostics[0])) from None
    return Rules(path, stylesheet, sources)


def _with_digests(files: Iterable[Path]) -> _Sources:
    return tuple((file, digest(read_bytes(file))) for file in dict.fromkeys(files))


# Schemas in XML and in compact syntax


class _Source(Protocol):
    """A schema as the stylesheet takes it."""

    @property
    def text(self) -> str:
        """The schema in XML; "" if it has no rules."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files it was read from: the schema itself, and what is included already."""

    def place(self, result: etree._Element, uri: str | None) -> Position:
        """Return the place that the attributes of ``result`` tell."""


@dataclass(frozen=True)
class _XmlSource:
    document: ParsedDocument
    files: tuple[Path, ...]

    @property
    def text(self) -> str:
        return xml_text(self.document)

    def place(self, result: etree._Element, uri: str | None) -> Position:
        return place(self.document, result, uri)


@dataclass(frozen=True)
class _CompactSource:
    rules: CompactRules

    @property
    def text(self) -> str:
        return self.rules.text

    @property
    def files(self) -> tuple[Path, ...]:
        return self.rules.files

    def place(self, result: etree._Element, uri: str | None) -> Position:
        if uri and path_of(uri) not in self.files:
            return Position(str(path_of(uri)))  # a file in XML that a rule includes
        return self.rules.places[int(result.get(f"{OWN}at") or 1) - 1]


def _source(path: Path) -> _Source:
    if path.suffix.lower() == _COMPACT:
        from toolkit.validate.schematron.compact import read_compact_rules

        return _CompactSource(read_compact_rules(path))
    return _XmlSource(parse(str(path), read_bytes(path)), (path,))


# Stylesheets kept for other processes


def _stored(path: Path, stored: Path) -> Rules | None:
    """Return rules that another process has kept, or None: if in doubt they are made anew."""
    data = kept(stored)
    try:
        sources = tuple((Path(file), str(known)) for file, known in data["sources"])
        text = data["stylesheet"]
    except (ValueError, KeyError, TypeError):
        return None
    if not _are_current(sources):
        return None
    return Rules(path, Stylesheet(text, str(path)) if isinstance(text, str) else None, sources)


def _as_data(rules: Rules) -> dict[str, object]:
    text = rules.stylesheet.text if rules.stylesheet else None
    return {"sources": [(str(file), known) for file, known in rules.sources], "stylesheet": text}


def _are_current(sources: _Sources) -> bool:
    try:
        return all(digest(read_bytes(file)) == known for file, known in sources)
    except DiagnosticError:
        return False


@lru_cache(maxsize=64)
def _has(stylesheet: Stylesheet | None, pattern: re.Pattern[str]) -> bool:
    """Tell whether the rules made into a stylesheet have something that matches."""
    text = stylesheet.text if stylesheet else ""
    return len(pattern.findall(text)) > len(pattern.findall(_runtime()))


@cache
def _runtime() -> str:
    """Return what is in all stylesheets: it reads the documents that a pattern names."""
    return (XSLT / "schematron" / "runtime.xsl").read_text(encoding="utf-8")


@cache
def _maker() -> bytes:
    """Return the digest of the stylesheets that make stylesheets."""
    files = (_STYLESHEET, *sorted((XSLT / "schematron").glob("*.xsl")))
    return digest(*(file.read_bytes() for file in files)).encode()


# Mistakes in expressions, which Saxon finds

_AT = expression(r'[\w.-]+:at="(\d+)"(?: [\w.-]+:in="([^"]*)")?')
_REASON = expression(r"\b[A-Z]{4}\d{4}\s+(.*)", re.DOTALL)


def _not_compiled(schema: _Source, stylesheet: Stylesheet, error: Diagnostic) -> Diagnostic:
    """Return the error of an expression at the place where the schema has it."""
    lines = stylesheet.text.split("\n")[: error.line]
    before = "\n".join([*lines[:-1], lines[-1][: error.column]])
    origin = max(_AT.finditer(before), key=lambda found: found.start(), default=None)
    marker = etree.Element("place", {f"{OWN}at": origin[1] if origin else "1"})
    reason = _REASON.search(error.message)
    return unusable(
        schema.place(marker, origin[2] if origin else None),
        f"this cannot be evaluated: {reason[1] if reason else error.message}",
    )
