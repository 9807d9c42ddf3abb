"""The first step of every output: TEI enriched by what all outputs need to know.

``xslt/prepare.xsl`` says what is added. The text of the document stays exactly as it is.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from toolkit.publish.publication import Publication, Register
from toolkit.resources import XSLT
from toolkit.tei.names import XML_ID
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import ParameterValue, Xml, transform

PREPARED_NAMESPACE = "urn:tei-toolkit:prepared"
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
        "documents": " ".join(entry.stem for entry in publication.documents),
        "root": root,
    }
    return transform(STYLESHEET, xml_text(document), parameters, file=document.file).text


def xml_text(document: ParsedDocument) -> str:
    """Return the document as text without XML declaration and DOCTYPE."""
    return str(etree.tostring(document.root, encoding="unicode", with_tail=False))


def registers_for(document: ParsedDocument, registers: tuple[Register, ...]) -> str:
    """Return the document ``<registers>``: the entries that ``document`` may refer to.

    Each register is a ``TEI`` element with ``p:file``, the stem of its file; entries that no
    attribute of the document names are left out, so that large registers cost nothing.
    """
    wanted = _fragments(document.root)
    wrapper = etree.Element("registers", nsmap={"p": PREPARED_NAMESPACE})
    for register in registers:
        root = etree.SubElement(wrapper, "{http://www.tei-c.org/ns/1.0}TEI")
        root.set(f"{{{PREPARED_NAMESPACE}}}file", register.stem)
        entries = _entries(register)
        for identifier in entries:
            if identifier in wanted:
                root.append(etree.fromstring(entries[identifier]))
    return str(etree.tostring(wrapper, encoding="unicode"))


def _fragments(root: etree._Element) -> set[str]:
    return {
        part.rpartition("#")[2].rpartition(":")[2].rpartition("/")[2]
        for element in root.iter(etree.Element)
        for value in element.attrib.values()
        for part in str(value).split()
    }


@lru_cache(maxsize=64)
def _entries(register: Register) -> dict[str, bytes]:
    """Return the entries of a register, serialised, by their identifier."""
    root = etree.fromstring(register.text.encode())
    found: dict[str, bytes] = {}
    for element in root.iter(etree.Element):
        identifier = element.get(XML_ID)
        if identifier and element is not root:
            found[identifier] = etree.tostring(element, with_tail=False)
    return found
