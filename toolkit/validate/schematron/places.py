"""From the numbers that the stylesheets give to places in files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from toolkit.diagnostics import DiagnosticError, Position
from toolkit.tei.parse import ParsedDocument, parse_file
from toolkit.tei.positions import positions

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
    elements = _elements(document)
    element = elements[number - 1]
    attribute, after = result.get(f"{OWN}attribute"), result.get(f"{OWN}after")
    where = positions(document)
    if attribute is not None:
        return where.attribute(element, attribute)
    if after is not None:
        return where.text(element, elements[int(after) - 1] if int(after) else None)
    return where.element(element)


@lru_cache(maxsize=1)
def xml_text(document: ParsedDocument) -> str:
    """Return the document as text without DOCTYPE, with the processing instructions around it."""
    root = document.root
    nodes = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    return "".join(etree.tostring(n, encoding="unicode", with_tail=False) for n in nodes)


def path_of(uri: str) -> Path:
    """Return the path of a ``file:`` URI."""
    return Path(unquote(urlsplit(uri).path))


@lru_cache(maxsize=1)
def _elements(document: ParsedDocument) -> list[etree._Element]:
    return list(document.root.iter(etree.Element))
