"""From the numbers that the stylesheets give to places in files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from toolkit.diagnostics import DiagnosticError, Position
from toolkit.expressions import expression
from toolkit.tei.parse import ParsedDocument, of_document, parse_file
from toolkit.tei.positions import elements, positions

_XML_DECLARATION = expression(r"\A<\?xml\s[^>]*\?>")

OWN = "{urn:tei-toolkit:schematron}"


def place(document: ParsedDocument, result: etree._Element, uri: str | None) -> Position:
    """Return the place that the attributes of ``result`` tell (xslt/schematron/runtime.xsl).

    ``uri`` names the file if it is another than ``document``.
    """
    if uri and path_of(uri) != Path(document.file).resolve():
        try:
            document = parse_file(path_of(uri))
        except DiagnosticError as error:
            # Saxon's parser is laxer than ours.
            return Position(error.diagnostics[0].file)
    number = int(result.get(f"{OWN}element") or result.get(f"{OWN}at") or 1)
    all_elements = elements(document)
    element = all_elements[number - 1]
    attribute, after = result.get(f"{OWN}attribute"), result.get(f"{OWN}after")
    where = positions(document)
    if attribute is not None:
        return where.attribute(element, attribute)
    if after is not None:
        return where.text(element, all_elements[int(after) - 1] if int(after) else None)
    return where.element(element)


@of_document
def xml_text(document: ParsedDocument) -> str:
    """Return the document as text without DOCTYPE, with the processing instructions around it."""
    if not document.has_document_type:
        return _XML_DECLARATION.sub("", document.utf8.decode(), count=1)
    root = document.root
    nodes = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    return "".join(etree.tostring(n, encoding="unicode", with_tail=False) for n in nodes)


def path_of(uri: str) -> Path:
    """Return the path of a ``file:`` URI."""
    return Path(unquote(urlsplit(uri).path))
