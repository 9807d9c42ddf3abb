"""Pointers of TEI documents, and what they point to.

TEI Guidelines, chapter 17.2 (pointing mechanisms) and 17.2.3 (prefixDef).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from xml.parsers import expat

from toolkit.diagnostics import DiagnosticError
from toolkit.files import file_at, read_bytes, version
from toolkit.tei.encoding import encoding_of
from toolkit.tei.identifiers import normalised
from toolkit.tei.names import local_name
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import elements
from toolkit.validate.context import Context
from toolkit.validate.pointer_attributes import pointer_attributes
from toolkit.validate.survey import XML_BASE, survey

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*(?=:)")
_NESTED_REPETITION = re.compile(r"[*+}][^)]*\)[^)]*?[*+{]")
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_LONGEST_PREFIXED = 500


@dataclass(frozen=True, slots=True)
class Link:
    """One pointer of an attribute, as it is written; names are in Clark notation.

    ``number`` is that of the element in document order, from 0.
    """

    number: int
    element: str
    attribute: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a pointer leads to: a file (None for the document itself) and an id in it ("" none).

    ``unknown_prefix`` is set, and nothing else, where the pointer has a prefix that is neither
    declared nor a URI scheme in general use; ``impossible_file`` where no file can have the name.
    """

    file: Path | None = None
    identifier: str = ""
    unknown_prefix: str = ""
    impossible_file: str = ""


def links(document: ParsedDocument) -> Iterator[Link]:
    """Yield every pointer of the document; several in one attribute are several."""
    for number, element, name, value in survey(document).pointers:
        for pointer in value.split():
            yield Link(number, element, name, pointer)


def place(link: Link, document: ParsedDocument) -> Place | None:
    """Return what a link leads to, or None if that is not for the toolkit to follow.

    Not followed are URIs of the web and of other systems, XPointer schemes, and paths that begin
    with a slash.
    """
    return _place(link.pointer, link.number, document)


def _place(pointer: str, number: int, document: ParsedDocument) -> Place | None:
    scheme = _SCHEME.match(pointer)
    if scheme:
        return _prefixed(scheme[0], pointer, number, document)
    if pointer.startswith("#"):
        identifier = unquote(pointer[1:])
        return None if "(" in identifier else Place(identifier=identifier)
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
        return Place(impossible_file=unquote(parts.path))
    identifier = unquote(parts.fragment)
    return Place(file, "" if "(" in identifier else identifier)


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
    for ancestor in (element, *element.iterancestors()):
        base = ancestor.get(XML_BASE)
        if base is not None:
            return base
    return ""


def _prefixed(prefix: str, pointer: str, number: int, document: ParsedDocument) -> Place | None:
    definitions = _prefix_definitions(document).get(prefix)
    if definitions is None:
        known = prefix.lower() in pointer_attributes().schemes
        return None if known else Place(unknown_prefix=prefix)
    rest = pointer[len(prefix) + 1 :]
    for pattern, replacement in definitions:
        matched = pattern.fullmatch(rest) if len(rest) <= _LONGEST_PREFIXED else None
        if matched:
            written = _filled(replacement, matched.groups())
            scheme = _SCHEME.match(written)
            return None if scheme else _place(written, number, document)
    return None


def _filled(replacement: str, groups: tuple[str | None, ...]) -> str:
    """Return a replacementPattern with $1 and so on replaced by what was matched."""

    def group(match: re.Match[str]) -> str:
        number = int(match[1])
        return (groups[number - 1] or "") if 0 < number <= len(groups) else ""

    return re.sub(r"\$(\d)", group, replacement)


@lru_cache(maxsize=1)
def _prefix_definitions(
    document: ParsedDocument,
) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return the prefixes that the document declares, with pattern and replacement."""
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for definition in survey(document).prefixes:
        written = definition.get("matchPattern", "")
        usable = found.setdefault(definition.get("ident", "").strip(), [])
        # A pattern that repeats a repetition can keep Python's engine busy for ever.
        if _NESTED_REPETITION.search(written):
            continue
        try:
            usable.append((re.compile(written), definition.get("replacementPattern", "")))
        except re.error:
            continue
    return found


@lru_cache(maxsize=1)
def identifiers(document: ParsedDocument) -> Mapping[str, str]:
    """Return the ids of the document, each with the local name of its element."""
    found: dict[str, str] = {}
    for attribute in survey(document).identifiers:
        found.setdefault(normalised(attribute.value), local_name(attribute.element))
    return found


def identifiers_in(file: Path) -> Mapping[str, str] | None:
    """Return the ids of an XML file of the edition, or None if it is not one or not readable."""
    changed = version(file)
    return None if changed is None else _identifiers_of(file, changed)


@lru_cache(maxsize=256)
def _identifiers_of(file: Path, _version: tuple[int, int]) -> Mapping[str, str] | None:
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


def _identifiers(utf8: bytes) -> Mapping[str, str]:
    """Return the ids of a file up to where it is not well-formed, if it is not."""
    scanner = expat.ParserCreate("utf-8")
    found: dict[str, str] = {}

    def on_start(name: str, attributes: dict[str, str]) -> None:
        identifier = attributes.get("xml:id")
        if identifier is not None:
            found.setdefault(normalised(identifier), name.rpartition(":")[2])

    scanner.StartElementHandler = on_start
    if b"<!ENTITY" in utf8:
        # With a default handler expat expands no entities, however they are nested.
        scanner.DefaultHandler = lambda _data: None
    with suppress(expat.ExpatError):
        scanner.Parse(utf8, True)
    return found


def is_below(file: Path, context: Context) -> bool:
    """Tell whether a file (as of :func:`place`) lies in the folder of the edition."""
    return context.root is not None and file.is_relative_to(os.path.realpath(context.root))
