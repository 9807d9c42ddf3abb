"""A page that shows a TEI file: a document or a register, with its TEI and its images."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree, html

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.files import read_bytes
from toolkit.publish.completeness import REPORT_IT, missing_words
from toolkit.publish.hosted_images import HostedImage
from toolkit.publish.images import hosted_images, local_images, unshown_images
from toolkit.publish.messages import message_findings
from toolkit.publish.occurrences import occurrences_in, occurrences_xml
from toolkit.publish.prepare import prepare
from toolkit.publish.publication import Publication
from toolkit.publish.query import elements
from toolkit.publish.safety import active_markup
from toolkit.publish.site import PUBLICATION_NAMESPACE, pub, publication_xml, secured, stylesheet
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import ParameterValue, Transformed, Xml, transform

LABEL = "web page"

TEI_WITHHELD = Kind(
    "P003",
    "tei-withheld",
    Severity.NOTE,
    "A browser runs scripts in HTML and SVG elements wherever it finds them, in an XML file too. "
    "A document that holds such elements is published as a page, which is safe, but not as a file.",
)

PICTURES = "images"

_END = "</html>"
_ADDED = frozenset({"ed", "self"})
_ADDED_ROLES = frozenset({"doc-noteref", "doc-backlink"})
_ENDNOTES = "doc-endnotes"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as HTML and as a browser reads it, the files that go with it, and its findings.

    ``mentions`` is what the stylesheet made of the register entries that the document names, for
    the pages of the registers.
    """

    html: str
    tree: etree._Element
    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    mentions: str = ""


def make_page(
    stem: str,
    document: ParsedDocument,
    publication: Publication,
    *,
    root: str = "",
    occurrences: str = "",
) -> Page:
    """Return the page of a document or a register, its TEI and images, and what is amiss.

    Args:
        stem: the path of the page below the output folder, without its suffix.
        document: the document or the register.
        publication: the edition.
        root: the path from the page to the top of the output folder.
        occurrences: for a register, which of its entries are named (a ``pub:occurrences`` element).

    Raises:
        DiagnosticError: a stylesheet failed (X101) or made a page without a head (P005).
    """
    active = active_markup(document)
    pictures = _pictures(document)
    hosted = hosted_images(document, publication.image_hosts)
    parameters: dict[str, ParameterValue] = {
        "stem": stem,
        "root": root,
        "tei": active is None,
        "images": Xml(_pictures_xml(pictures, hosted)),
    }
    if occurrences:
        parameters["occurrences"] = Xml(occurrences)
    prepared = prepare(document, publication, root=root)
    if not occurrences and publication.registers:
        parameters["mentions"] = Xml(occurrences_xml(occurrences_in(prepared)))
    made = transform_page(prepared, publication, parameters, file=document.file)
    text, end, mentions = made.text.rpartition(_END)
    page = secured(text + end or mentions, document.file, publication.image_hosts if hosted else ())
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    files = {p.path: p.content for p in pictures.values()}
    findings = [
        *missing_words(document, _texts(tree), name=LABEL, advice=_advice(publication)),
        *unshown_images(document, hosts=publication.image_hosts),
        *message_findings(made.messages, document.file, document.root),
    ]
    if active is None:
        files[f"tei/{stem}.xml"] = document.content
    else:
        findings.append(
            TEI_WITHHELD.at(
                Position(document.file, active.line),
                f"the TEI is not offered for download: a browser would run {active.name}",
                "Take elements of HTML and SVG, links of MathML, xml-stylesheet instructions and "
                "the document type declaration out of the TEI.",
            )
        )
    return Page(page, tree, files, tuple(findings), mentions if end else "")


def _advice(publication: Publication) -> str:
    """Return what to do about words that the page lacks: first to look at what is the edition's."""
    if stylesheet("html.xsl", publication) == XSLT / "html.xsl":
        return REPORT_IT
    return (
        "Look in the edition's own xslt/html.xsl first: a template there may pass over the words "
        "of an element. If none does, please report this with the document."
    )


def transform_page(
    source: str, publication: Publication, parameters: dict[str, ParameterValue], *, file: str
) -> Transformed:
    """Apply the stylesheet of the pages to ``source``.

    Raises:
        DiagnosticError: the stylesheet failed (X101).
    """
    given: dict[str, ParameterValue] = {
        "publication": Xml(publication_xml(publication)),
        "signs": publication.signs,
        **parameters,
    }
    return transform(stylesheet("html.xsl", publication), source, given, file=file)


@dataclass(frozen=True, slots=True)
class _Picture:
    """An image as it is published: its path below the output folder, and its bytes."""

    path: str
    content: bytes


def _pictures(document: ParsedDocument) -> dict[str, _Picture]:
    """Return the images of ``document`` by address, each under a name made from its content."""
    found = {}
    for url, file in local_images(document).items():
        content = read_bytes(file)
        name = re.sub(r"[^A-Za-z0-9_-]+", "-", file.stem).strip("-")[:60] or "image"
        digest = hashlib.sha256(content).hexdigest()[:12]
        found[url] = _Picture(f"{PICTURES}/{name}-{digest}{file.suffix.lower()}", content)
    return found


def _pictures_xml(pictures: Mapping[str, _Picture], hosted: Mapping[str, HostedImage]) -> str:
    root = etree.Element(pub("images"), nsmap={"pub": PUBLICATION_NAMESPACE})
    for url, picture in pictures.items():
        etree.SubElement(root, pub("image"), url=url, path=picture.path)
    for url, image in hosted.items():
        shown = {"address": image.address, "nearer": image.nearer}
        etree.SubElement(root, pub("image"), {"url": url, **shown})
    return str(etree.tostring(root, encoding="unicode"))


def _texts(page: etree._Element) -> list[str]:
    """Return the text nodes of the document on its page: of its text, notes and apparatus.

    What the edition adds is left out, so that its words cannot stand in for lost ones. A page that
    an edition's own stylesheet makes altogether otherwise is looked through as a whole.
    """
    text = elements(page, "//*[@id='ed:text']")
    beside = elements(page, f"//section[@role='{_ENDNOTES}']")
    outermost = [part for part in beside if not any(up in text for up in part.iterancestors())]
    parts = [*text, *outermost] if text else elements(page, "//body")
    return [text for part in parts for text in _own_texts(part)]


def _own_texts(element: etree._Element) -> list[str]:
    texts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not _is_added(child):
            texts.extend(_own_texts(child))
        texts.append(child.tail or "")
    return texts


def _is_added(element: etree._Element) -> bool:
    """Tell whether the edition adds the element, or repeats in it what stands elsewhere."""
    classes = element.get("class", "").split()
    return (
        not _ADDED.isdisjoint(classes)
        or element.get("role") in _ADDED_ROLES
        or ("lemma" in classes and any(e.get("role") == _ENDNOTES for e in element.iterancestors()))
    )
