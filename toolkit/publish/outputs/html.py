"""Web pages: one for each document, a start page, and one for each register.

The pages are static. They read well without scripts, ask nothing of other sites, work from a disk,
and cannot be made to run what a document says (``xslt/html.xsl``, ``toolkit/publish/site.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree, html

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.publish.completeness import missing_words
from toolkit.publish.describe import describe_document
from toolkit.publish.occurrences import occurrences_in, occurrences_xml
from toolkit.publish.prepare import prepare
from toolkit.publish.publication import Publication, Published, Register
from toolkit.publish.site import assets, publication_xml, secured, stylesheet
from toolkit.tei.names import TEI_NAMESPACE
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.xslt import ParameterValue, Transformed, Xml, transform

SUFFIX = "html"

NO_TEMPLATE = Kind(
    "P002",
    "no-template",
    Severity.NOTE,
    "The stylesheet has no template for this element. Its words are on the page, without a form "
    "of their own; an edition can add one in its own xslt/html.xsl.",
)

TEI_WITHHELD = Kind(
    "P003",
    "tei-withheld",
    Severity.NOTE,
    "A browser runs scripts in HTML and SVG elements wherever it finds them, in an XML file too. "
    "A document that holds such elements is published as a page, which is safe, but not as a file.",
)

_ACTIVE = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return the page of ``document``, its TEI for download, and what the pages share.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    publication = _including(stem, document, publication)
    inert = _is_inert(document)
    made = _transform(
        prepare(document, publication),
        publication,
        {"stem": stem, "tei": inert},
        file=document.file,
    )
    page = secured(made.text)
    files = {f"{stem}.html": page.encode(), **assets(publication)}
    findings = [*missing_words(document, _texts(page), name="web page"), *_notes(document, made)]
    if inert:
        files[f"tei/{stem}.xml"] = document.content
    else:
        findings.append(
            TEI_WITHHELD.at(
                Position(document.file),
                "the TEI is not offered for download: it holds markup that a browser would run",
                "Take elements of HTML and SVG and xml-stylesheet instructions out of the TEI.",
            )
        )
    return Published(files, tuple(findings))


def publish_edition(
    publication: Publication, documents: Sequence[tuple[str, ParsedDocument]]
) -> Published:
    """Return the start page, the pages of the registers, and what all pages share.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    entries = {entry.stem: entry for entry in publication.documents}
    found = [
        (
            entries.get(stem) or describe_document(stem, document),
            occurrences_in(prepare(document, publication)),
        )
        for stem, document in documents
    ]
    start = _transform(publication_xml(publication), publication, {}, file="index.html")
    files = {"index.html": secured(start.text).encode(), **assets(publication)}
    for register in publication.registers:
        occurrences = occurrences_xml(register.stem, found)
        files[f"registers/{register.stem}.html"] = _register_page(
            register, occurrences, publication
        )
        files[f"tei/registers/{register.stem}.xml"] = register.text.encode()
    return Published(files)


def _register_page(register: Register, occurrences: str, publication: Publication) -> bytes:
    file = f"registers/{register.stem}.xml"
    document = parse(file, register.text.encode())
    parameters: dict[str, ParameterValue] = {
        "stem": f"registers/{register.stem}",
        "root": "../",
        "occurrences": Xml(occurrences),
    }
    prepared = prepare(document, publication, root="../")
    return secured(_transform(prepared, publication, parameters, file=file).text).encode()


def _transform(
    source: str, publication: Publication, parameters: dict[str, ParameterValue], *, file: str
) -> Transformed:
    given = {"publication": Xml(publication_xml(publication)), **parameters}
    return transform(stylesheet("html.xsl", publication), source, given, file=file)


def _including(stem: str, document: ParsedDocument, publication: Publication) -> Publication:
    """Return the publication with ``document`` among its documents and a language to speak."""
    entries = publication.documents
    own = next((entry for entry in entries if entry.stem == stem), None)
    if own is None:
        own = describe_document(stem, document)
        entries = (*entries, own)
    language = publication.language or own.language
    return replace(publication, documents=entries, language=language)


def _is_inert(document: ParsedDocument) -> bool:
    """Tell whether a browser that opens the TEI itself finds nothing in it to run."""
    root = document.root
    if any(next(root.iter(f"{{{namespace}}}*"), None) is not None for namespace in _ACTIVE):
        return False
    return not any(
        isinstance(node, etree._ProcessingInstruction) and node.target == "xml-stylesheet"
        for node in (*root.itersiblings(preceding=True), *root.iter(etree.ProcessingInstruction))
    )


def _texts(page: str) -> list[str]:
    """Return the text nodes of the document on its page, without what the edition adds."""
    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    return [text for article in root.iter("article") for text in _own_texts(article)]


def _own_texts(element: etree._Element) -> list[str]:
    texts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and "ed" not in child.get("class", "").split():
            texts.extend(_own_texts(child))
        texts.append(child.tail or "")
    return texts


def _notes(document: ParsedDocument, made: Transformed) -> tuple[Diagnostic, ...]:
    """Return a note for each namespace that has elements without a template."""
    names: dict[str, list[str]] = {}
    for message in dict.fromkeys(made.messages):
        if message.startswith("no-template "):
            _, namespace, name = message.split(" ")
            names.setdefault(namespace, []).append(name)
    return tuple(
        NO_TEMPLATE.at(
            _first(document, namespace, found[0]),
            f"{_listed(found)}{_of(namespace)} without a form of their own on the page; "
            "their words are shown as they are",
            "If they should look otherwise, add templates in the edition's own xslt/html.xsl.",
        )
        for namespace, found in names.items()
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"<{name}>" for name in names[:8])
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f"elements {shown}{more}"


def _of(namespace: str) -> str:
    return "" if namespace == TEI_NAMESPACE else f" of {namespace or 'no namespace'}"


def _first(document: ParsedDocument, namespace: str, name: str) -> Position:
    tag = f"{{{namespace}}}{name}" if namespace else name
    found = next(document.root.iter(tag), document.root)
    line: object = found.sourceline
    return Position(document.file, line if isinstance(line, int) and line > 0 else 1)
