"""The first step of every output: TEI enriched by what all outputs need to know.

``xslt/prepare.xsl`` says what is added. The text of the document stays exactly as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

from toolkit.publish.citable import PREPARED_NAMESPACE, identified
from toolkit.publish.publication import Publication, Register
from toolkit.publish.signs import witness_order
from toolkit.resources import XSLT
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, tei
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.quoting import quoted
from toolkit.xslt import ParameterValue, Xml, transform

STYLESHEET = XSLT / "prepare.xsl"


def prepare(document: ParsedDocument, publication: Publication, *, root: str = "") -> str:
    """Return ``document`` as prepared TEI text.

    ``root`` is the path from the page to be made to the top of the output folder, ending in a
    slash unless empty: links to registers begin with it.

    Raises:
        DiagnosticError: the stylesheet failed (X101).
    """
    parameters: dict[str, ParameterValue] = {
        "registers": Xml(registers_for(document, publication.registers)),
        "language": publication.language,
        "documents": Xml(_stems(publication)),
        "root": root,
        "note-series": publication.note_series,
        "witness-order": witness_order(publication.signs),
    }
    return transform(
        STYLESHEET, _text(identified(document.root)), parameters, file=document.file
    ).text


@lru_cache(maxsize=4)
def _stems(publication: Publication) -> str:
    """Return the stems of the documents as XML: a stem may hold any character but a slash."""
    root = etree.Element("documents")
    linked = publication.linked
    stems = [entry.stem for entry in publication.documents] if linked is None else linked
    for stem in stems:
        etree.SubElement(root, "document", stem=xml_safe(stem))
    return str(etree.tostring(root, encoding="unicode"))


def xml_safe(text: str) -> str:
    """Return ``text`` without the control characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def xml_text(document: ParsedDocument) -> str:
    """Return the document as text without XML declaration and DOCTYPE."""
    return _text(document.root)


def _text(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode", with_tail=False))


def registers_for(document: ParsedDocument, registers: tuple[Register, ...]) -> str:
    """Return the document ``<registers>``: the entries that ``document`` may refer to.

    Each register is a ``TEI`` element with ``p:file``, the stem of its file; entries that no
    attribute of the document names are left out, so that large registers cost nothing.
    """
    pointers = pointers_in(document.root)
    parts = [f'<registers xmlns:p="{PREPARED_NAMESPACE}">']
    for register in registers:
        stem = quoted(xml_safe(register.stem))
        parts.append(f'<TEI xmlns="{TEI_NAMESPACE}" p:file={stem}>')
        parts += [source.decode() for source in entries_for(pointers, register)]
        parts.append("</TEI>")
    return "".join((*parts, "</registers>"))


def entries_for(pointers: Pointers | None, register: Register) -> list[bytes]:
    """Return the entries of ``register`` that ``pointers`` may name, serialised, in order."""
    entries = _entries(register)
    names = entries.keys() if pointers is None else pointers.identifiers & entries.keys()
    return [source for _, source in sorted(entries[name] for name in names)]


@dataclass(frozen=True, slots=True)
class Pointers:
    """What the attributes of a document may name: identifiers, and stems of files."""

    identifiers: frozenset[str]
    stems: frozenset[str]


def pointers_in(root: etree._Element) -> Pointers | None:
    """Return what attributes below ``root`` may name; None if that cannot be told.

    Pointers in a private scheme are written out by the header's ``prefixDef`` (TEI Guidelines,
    17.2.3), as ``xslt/prepare/links.xsl`` does; a pattern that only XML Schema knows leaves open
    what they name.
    """
    pointers = {
        part
        for element in root.iter(etree.Element)
        for value in element.attrib.values()
        for part in str(value).split()
    }
    try:
        pointers |= {
            pattern.sub(replacement, pointer.partition(":")[2])
            for scheme, pattern, replacement in _prefixes(root)
            for pointer in pointers
            if pointer.startswith(f"{scheme}:")
        }
    except (re.error, IndexError):
        return None
    return Pointers(
        frozenset(
            unquote(pointer).rpartition("#")[2].rpartition(":")[2].rpartition("/")[2]
            for pointer in pointers
        ),
        frozenset(
            unquote(pointer.partition("#")[0].rpartition("/")[2].removesuffix(".xml"))
            for pointer in pointers
        ),
    )


def _prefixes(root: etree._Element) -> list[tuple[str, re.Pattern[str], str]]:
    found = []
    for definition in root.iter(tei("prefixDef")):
        pattern = re.compile(f"^(?:{definition.get('matchPattern', '')})$")
        replacement = definition.get("replacementPattern", "").replace("\\", "\\\\")
        found.append(
            (definition.get("ident", ""), pattern, re.sub(r"\$(\d+)", r"\\g<\1>", replacement))
        )
    return found


@lru_cache(maxsize=64)
def _entries(register: Register) -> dict[str, tuple[int, bytes]]:
    """Return the entries of a register, numbered and serialised, by their identifier."""
    root = register.document.root
    found: dict[str, tuple[int, bytes]] = {}
    for element in root.iter(etree.Element):
        identifier = element.get(XML_ID)
        if identifier and element is not root:
            found[identifier] = (len(found), etree.tostring(element, with_tail=False))
    return found
