"""Pointers of TEI documents: which attributes are pointers, and what they point to.

TEI Guidelines, chapter 17.2 (pointing mechanisms) and 17.2.3 (prefixDef).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from xml.parsers import expat

from lxml import etree

from toolkit.diagnostics import DiagnosticError
from toolkit.files import read_bytes
from toolkit.resources import SCHEMAS
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, XML_NAMESPACE, tei
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.context import Context

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*(?=:)")
_XML_BASE = f"{{{XML_NAMESPACE}}}base"
_NESTED_REPETITION = re.compile(r"[*+}][^)]*\)[^)]*?[*+{]")
_LONGEST_PREFIXED = 500


@dataclass(frozen=True, slots=True)
class Link:
    """One pointer of an attribute, as it is written."""

    element: etree._Element
    attribute: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a pointer leads to: a file (None for the document itself) and an id in it ("" none).

    ``unknown_prefix`` is set, and nothing else, where the pointer has a prefix that is neither
    declared nor a URI scheme in general use.
    """

    file: Path | None = None
    identifier: str = ""
    unknown_prefix: str = ""


@dataclass(frozen=True, slots=True)
class PointerAttributes:
    """Which attributes are pointers, and which URI schemes are in general use."""

    everywhere: frozenset[str]
    on_some: Mapping[str, frozenset[str]]
    schemes: frozenset[str]

    def of(self, element: etree._Element) -> Iterator[str]:
        """Yield the names of the pointer attributes that ``element`` has."""
        local = etree.QName(element).localname
        for name in element.attrib:
            name = str(name)
            if name in self.everywhere or local in self.on_some.get(name, ()):
                yield name


@cache
def pointer_attributes() -> PointerAttributes:
    """Return the pointer attributes of TEI P5 (schemas/validation/pointers.json)."""
    path = SCHEMAS / "validation" / "pointers.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    attributes: dict[str, str | list[str]] = data["attributes"]
    return PointerAttributes(
        everywhere=frozenset(n for n, elements in attributes.items() if elements == "*"),
        on_some={n: frozenset(e) for n, e in attributes.items() if e != "*"},
        schemes=frozenset(data["schemes"]),
    )


def links(document: ParsedDocument) -> Iterator[Link]:
    """Yield every pointer of the document; several in one attribute are several."""
    pointers = pointer_attributes()
    for element in document.root.iter(f"{{{TEI_NAMESPACE}}}*"):
        for name in pointers.of(element):
            for pointer in element.get(name, "").split():
                yield Link(element, name, pointer)


def place(link: Link, document: ParsedDocument) -> Place | None:
    """Return what a link leads to, or None if that is not for the toolkit to follow.

    Not followed are URIs of the web and of other systems, XPointer schemes, and paths that begin
    with a slash.
    """
    return _place(link.pointer, link.element, document)


def _place(pointer: str, element: etree._Element, document: ParsedDocument) -> Place | None:
    scheme = _SCHEME.match(pointer)
    if scheme:
        return _prefixed(scheme[0], pointer, element, document)
    if pointer.startswith("#"):
        identifier = unquote(pointer[1:])
        return None if "(" in identifier else Place(identifier=identifier)
    parts = _split(pointer)
    if parts is None or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    base = _base(element)
    if _SCHEME.match(base) or base.startswith("/"):
        return None
    folder = Path(document.file).parent / unquote(base.rpartition("/")[0])
    file = folder / unquote(parts.path)
    identifier = unquote(parts.fragment)
    return Place(file, "" if "(" in identifier else identifier)


def _split(pointer: str) -> SplitResult | None:
    try:
        return urlsplit(pointer)
    except ValueError:
        return None


def _base(element: etree._Element) -> str:
    """Return the xml:base in force at ``element``, "" if the document's own place is."""
    for ancestor in (element, *element.iterancestors()):
        base = ancestor.get(_XML_BASE)
        if base is not None:
            return base
    return ""


def _prefixed(
    prefix: str, pointer: str, element: etree._Element, document: ParsedDocument
) -> Place | None:
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
            return None if scheme else _place(written, element, document)
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
    for definition in document.root.iter(tei("prefixDef")):
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


def identifiers(document: ParsedDocument) -> Mapping[str, str]:
    """Return the ids of the document, each with the local name of its element."""
    return _identifiers(document.content)


def identifiers_in(file: Path) -> Mapping[str, str] | None:
    """Return the ids of an XML file of the edition, or None if it is not one or not readable."""
    try:
        about = file.stat()
    except OSError:
        return None
    return _identifiers_of(file, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=256)
def _identifiers_of(file: Path, _changed: int, _size: int) -> Mapping[str, str] | None:
    """Return the ids of a file, read again only when the file has changed."""
    try:
        content = read_bytes(file)
    except DiagnosticError:
        return None
    return (
        _identifiers(content) if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else None
    )


@lru_cache(maxsize=256)
def _identifiers(content: bytes) -> Mapping[str, str]:
    scanner = expat.ParserCreate()
    found: dict[str, str] = {}

    def on_start(name: str, attributes: dict[str, str]) -> None:
        identifier = attributes.get("xml:id")
        if identifier is not None:
            found.setdefault(" ".join(identifier.split()), name.rpartition(":")[2])

    scanner.StartElementHandler = on_start
    if b"<!ENTITY" in content:
        # With a default handler expat expands no entities, however they are nested.
        scanner.DefaultHandler = lambda _data: None
    try:
        scanner.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        return _identifiers_by_tree(content) or found
    return found


def _identifiers_by_tree(content: bytes) -> dict[str, str]:
    """Read the ids where expat does not know the encoding."""
    from toolkit.tei.parse import parse

    try:
        root = parse("", content).root
    except DiagnosticError:
        return {}
    return {
        element.get(XML_ID, ""): etree.QName(element).localname
        for element in root.iter("{*}*")
        if element.get(XML_ID) is not None
    }


def is_below(file: Path, context: Context) -> bool:
    """Tell whether a file lies in the folder of the edition."""
    return context.root is not None and file.resolve().is_relative_to(context.root.resolve())
