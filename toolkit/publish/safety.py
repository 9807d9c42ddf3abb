"""Which XML files a browser may be given: those in which it finds nothing to run or to load.

Pages are safe by the way they are made. Files that are published as they are (TEI for download,
images in SVG) are opened by browsers too, and have to be looked through.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from toolkit.diagnostics import DiagnosticError
from toolkit.tei.names import local_name
from toolkit.tei.parse import ParsedDocument, parse_file

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
XLINK = "http://www.w3.org/1999/xlink"

_MATHML_LINKS = frozenset({"href", "src", "altimg", "actiontype", "definitionURL"})
_SVG_RUNS = frozenset({"script", "foreignObject", "handler", "listener", "iframe"})


def is_inert(document: ParsedDocument) -> bool:
    """Tell whether a browser that opens the TEI file itself finds nothing in it to run.

    Elements of HTML and SVG, links and event attributes of MathML, ``xml-stylesheet`` instructions
    and document type declarations (which may hold such instructions) are refused.
    """
    return not _has_document_type(document.content) and not any(
        _is_active(node) for node in _nodes(document.root)
    )


def is_safe_svg(file: Path) -> bool:
    """Tell whether the SVG ``file`` only draws: no scripts, no events, no links, no foreign parts.

    References to a part of the file itself (``#…``) and images within it are let be.
    """
    try:
        document = parse_file(file)
    except DiagnosticError:
        return False
    return not _has_document_type(document.content) and not any(
        _svg_runs(node) for node in _nodes(document.root)
    )


def _nodes(root: etree._Element) -> list[etree._Element]:
    return [*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()]


def _has_document_type(content: bytes) -> bool:
    return b"<!DOCTYPE" in content.replace(b"\0", b"")


def _is_active(node: etree._Element) -> bool:
    if isinstance(node, etree._ProcessingInstruction):
        return node.target == "xml-stylesheet"
    if not isinstance(node.tag, str):
        return False
    namespace = etree.QName(node).namespace
    if namespace in (XHTML, SVG):
        return True
    if any(name.startswith(f"{{{XLINK}}}") for name in map(str, node.attrib)):
        return True
    return namespace == MATHML and any(
        name in _MATHML_LINKS or name.lower().startswith("on") for name in map(str, node.attrib)
    )


def _svg_runs(node: etree._Element) -> bool:
    if isinstance(node, etree._ProcessingInstruction):
        return node.target == "xml-stylesheet"
    if not isinstance(node.tag, str):
        return False
    return (
        local_name(node.tag) in _SVG_RUNS
        or etree.QName(node).namespace == XHTML
        or any(_svg_attribute_runs(str(name), str(value)) for name, value in node.attrib.items())
    )


def _svg_attribute_runs(name: str, value: str) -> bool:
    bare = local_name(name).lower()
    if bare.startswith("on"):
        return True
    return bare in ("href", "src") and not value.strip().startswith(("#", "data:image/"))
