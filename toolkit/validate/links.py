"""Pointers of TEI documents, and what they point to.

TEI Guidelines, chapter 17.2 (pointing mechanisms) and 17.2.3 (prefixDef).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit
from xml.parsers import expat

from toolkit.diagnostics import DiagnosticError
from toolkit.expressions import expression
from toolkit.files import file_at, read_bytes, version
from toolkit.tei.encoding import encoding_of
from toolkit.tei.identifiers import normalised
from toolkit.tei.names import local_name
from toolkit.tei.parse import ParsedDocument, of_document
from toolkit.tei.positions import elements
from toolkit.validate.context import Context
from toolkit.validate.pointer_attributes import pointer_attributes
from toolkit.validate.survey import XML_BASE, survey

_SCHEME = expression(r"[A-Za-z][A-Za-z0-9+.\-]*(?=:)")
_NESTED_REPETITION = expression(r"[*+}][^)]*\)[^)]*?[*+{]")
_XPOINTER_IDS = expression(r"[(,]\s*([^\W\d][\w.\-]*)\s*(?=[,)/])")
_OF_THE_WEB = frozenset(("http", "https", "ftp"))
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_LONGEST_PREFIXED = 500


@dataclass(frozen=True, slots=True)
class Link:
    """One pointer of an attribute, as it is written; names are in Clark notation.

    ``number`` is that of the element in document order, from 0; ``before`` and ``behind`` are the
    pointers beside it in the same attribute.
    """

    number: int
    element: str
    attribute: str
    pointer: str
    before: str = ""
    behind: str = ""


class Fault(StrEnum):
    """Why a pointer leads nowhere, whatever there is."""

    UNKNOWN_PREFIX = "unknown-prefix"
    """Its prefix is neither declared nor a URI scheme in general use."""
    PREFIX_NOT_MATCHED = "prefix-not-matched"
    """Its prefix is declared, but for pointers of another form."""
    IMPOSSIBLE_FILE = "impossible-file"
    """No file can have this name."""
    BAD_XPOINTER = "bad-xpointer"
    """It has the parentheses of an XPointer, but is none."""
    INCOMPLETE_ADDRESS = "incomplete-address"
    """It begins as an address on the web does, but has no host."""
    ON_THIS_MACHINE = "on-this-machine"
    """It is a path of one computer."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a pointer leads to: a file (None for the document itself) and an id in it ("" none).

    ``others`` are further ids that must be there. If there is a ``fault``, ``name`` says what it
    is about: the prefix, or the file.
    """

    file: Path | None = None
    identifier: str = ""
    others: tuple[str, ...] = ()
    fault: Fault | None = None
    name: str = ""


def links(document: ParsedDocument) -> Iterator[Link]:
    """Yield every pointer of the document; several in one attribute are several."""
    for number, element, name, value in survey(document).pointers:
        pointers = value.split()
        if len(pointers) == 1:
            yield Link(number, element, name, pointers[0])
            continue
        around = ("", *pointers, "")
        for index, pointer in enumerate(pointers):
            yield Link(number, element, name, pointer, around[index], around[index + 2])


def place(link: Link, document: ParsedDocument) -> Place | None:
    """Return what a link leads to, or None if that is not for the toolkit to follow.

    Not followed are URIs of the web and of other systems, what XPointers compute, and paths that
    begin with a slash.
    """
    return _place(link.pointer, link.number, document)


def _place(pointer: str, number: int, document: ParsedDocument) -> Place | None:
    scheme = _SCHEME.match(pointer)
    if scheme:
        return _prefixed(scheme[0], pointer, number, document)
    if pointer.startswith("#"):
        return _in(None, unquote(pointer[1:]))
    parts = _split(pointer)
    if parts is None or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    base = _base(number, document)
    if _SCHEME.match(base) or base.startswith("/"):
        return None
    folder, slash, _ = base.rpartition("/")
    # A name with a colon is not to be taken for a scheme.
    file = file_at(Path(document.file).parent, f"./{folder}{slash}{parts.path}")
    if file is None:
        return Place(fault=Fault.IMPOSSIBLE_FILE, name=unquote(parts.path))
    return _in(file, unquote(parts.fragment))


def _in(file: Path | None, fragment: str) -> Place:
    """Return the place that a fragment names in a file."""
    if "(" not in fragment:
        return Place(file, fragment)
    scheme, _, _rest = fragment.partition("(")
    if scheme not in pointer_attributes().xpointer_schemes and ":" not in scheme:
        return Place(file, fault=Fault.BAD_XPOINTER, name=fragment)
    if fragment.count("(") != fragment.count(")") and "'" not in fragment and '"' not in fragment:
        return Place(file, fault=Fault.BAD_XPOINTER, name=fragment)
    if "xpath" in fragment or "xpointer(" in fragment:
        return Place(file, others=())
    return Place(file, others=tuple(_XPOINTER_IDS.findall(fragment)))


def _split(pointer: str) -> SplitResult | None:
    try:
        return urlsplit(pointer)
    except ValueError:
        return None


def _base(number: int, document: ParsedDocument) -> str:
    """Return the xml:base in force at an element, "" if the document's own place is."""
    if not survey(document).has_bases:
        return ""
    element = elements(document)[number]
    base = ""
    for ancestor in (element, *element.iterancestors()):
        outer = ancestor.get(XML_BASE)
        if outer is not None:
            base = urljoin(outer, base) if base else outer
    return base


def _prefixed(prefix: str, pointer: str, number: int, document: ParsedDocument) -> Place | None:
    definitions = _prefix_definitions(document).get(prefix)
    if definitions is None:
        return _with_scheme(prefix.lower(), pointer)
    rest = pointer[len(prefix) + 1 :]
    for pattern, replacement in definitions:
        matched = pattern.fullmatch(rest) if pattern and len(rest) <= _LONGEST_PREFIXED else None
        if matched:
            written = _filled(replacement, matched.groups())
            scheme = _SCHEME.match(written)
            return None if scheme else _place(written, number, document)
    if None in (pattern for pattern, _ in definitions) or len(rest) > _LONGEST_PREFIXED:
        return None
    return Place(fault=Fault.PREFIX_NOT_MATCHED, name=prefix)


def _with_scheme(scheme: str, pointer: str) -> Place | None:
    if scheme == "file" or re.match(r"[A-Za-z]:[\\/]", pointer):
        return Place(fault=Fault.ON_THIS_MACHINE, name=pointer)
    if scheme in _OF_THE_WEB and not re.match(r"[a-z]+://[^/]", pointer, re.IGNORECASE):
        return Place(fault=Fault.INCOMPLETE_ADDRESS, name=scheme)
    if scheme in pointer_attributes().schemes:
        return None
    return Place(fault=Fault.UNKNOWN_PREFIX, name=pointer.partition(":")[0])


def _filled(replacement: str, groups: tuple[str | None, ...]) -> str:
    """Return a replacementPattern with $1 and so on replaced by what was matched."""

    def group(match: re.Match[str]) -> str:
        number = int(match[1])
        return (groups[number - 1] or "") if 0 < number <= len(groups) else ""

    return re.sub(r"\$(\d)", group, replacement)


def prefixes(document: ParsedDocument) -> list[str]:
    """Return the prefixes that the document declares."""
    return sorted(_prefix_definitions(document))


@of_document
def _prefix_definitions(
    document: ParsedDocument,
) -> dict[str, list[tuple[re.Pattern[str] | None, str]]]:
    """Return the prefixes that the document declares, with pattern and replacement.

    The pattern is None if Python cannot read it.
    """
    found: dict[str, list[tuple[re.Pattern[str] | None, str]]] = {}
    for definition in survey(document).prefixes:
        pattern = _pattern(definition.get("matchPattern"))
        usable = found.setdefault(definition.get("ident", "").strip(), [])
        usable.append((pattern, definition.get("replacementPattern", "")))
    return found


def _pattern(written: str | None) -> re.Pattern[str] | None:
    # A pattern that repeats a repetition can keep Python's engine busy for ever.
    if written is None or _NESTED_REPETITION.search(written):
        return None
    try:
        return re.compile(written)
    except re.error:
        return None


@of_document
def identifiers(document: ParsedDocument) -> Mapping[str, str]:
    """Return the ids of the document, each with the local name of its element."""
    found: dict[str, str] = {}
    for attribute in survey(document).identifiers:
        found.setdefault(normalised(attribute.value), local_name(attribute.element))
    return found


class IdentifiersOfFile(dict[str, str]):
    """The ids of a file, each with the local name of its element.

    ``complete`` tells whether they are all: of a file that is not well-formed, they are those
    before the place where it stops being so.
    """

    complete: bool = True


def identifiers_in(file: Path) -> IdentifiersOfFile | None:
    """Return the ids of an XML file of the edition, or None if it is not one or not readable."""
    changed = version(file)
    return None if changed is None else _identifiers_of(file, changed)


@lru_cache(maxsize=256)
def _identifiers_of(file: Path, _version: tuple[int, int]) -> IdentifiersOfFile | None:
    """Return the ids of a file, read again only when the file has changed."""
    try:
        content = read_bytes(file)
    except DiagnosticError:
        return None
    if not content.lstrip(_BEFORE_XML).startswith(b"<"):
        return None
    try:
        utf8 = encoding_of(file.name, content).read(content)
    except (DiagnosticError, UnicodeDecodeError):
        return None
    return _identifiers(utf8)


def _identifiers(utf8: bytes) -> IdentifiersOfFile:
    scanner = expat.ParserCreate("utf-8")
    found = IdentifiersOfFile()

    def on_start(name: str, attributes: dict[str, str]) -> None:
        identifier = attributes.get("xml:id")
        if identifier is not None:
            found.setdefault(normalised(identifier), name.rpartition(":")[2])

    scanner.StartElementHandler = on_start
    if b"<!ENTITY" in utf8:
        # With a default handler expat expands no entities, however they are nested.
        scanner.DefaultHandler = lambda _data: None
    try:
        scanner.Parse(utf8, True)
    except expat.ExpatError:
        found.complete = False
    return found


def is_below(file: Path, context: Context) -> bool:
    """Tell whether a file (as of :func:`place`) lies in the folder of the edition."""
    return context.root is not None and file.is_relative_to(os.path.realpath(context.root))
