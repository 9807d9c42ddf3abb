"""Which XML files a browser may be given: those in which it finds nothing to run or to load.

Pages are safe by the way they are made. Files that are published as they are (TEI for download,
images in SVG) are opened by browsers too, and have to be looked through.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ActiveMarkup:
    """What a browser would run or load: its name for editors, and its line."""

    name: str
    line: int


def active_markup(document: ParsedDocument) -> ActiveMarkup | None:
    """Return the first thing in the TEI file that a browser would run or load, if there is any.

    Elements of HTML and SVG, links and event attributes of MathML, ``xml-stylesheet`` instructions
    and document type declarations (which may hold such instructions) count.
    """
    if _has_document_type(document.content):
        line = document.content.partition(b"<!DOCTYPE")[0].count(b"\n") + 1
        return ActiveMarkup("the document type declaration", line)
    for node in _nodes(document.root):
        name = _active_name(node)
        if name is not None:
            return ActiveMarkup(name, _line(node))
    return None


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


def _active_name(node: etree._Element) -> str | None:
    """Return what editors call the node, if a browser would run it or follow it."""
    if isinstance(node, etree._ProcessingInstruction):
        return "the instruction <?xml-stylesheet?>" if node.target == "xml-stylesheet" else None
    if not isinstance(node.tag, str):
        return None
    namespace, own = etree.QName(node).namespace, local_name(node.tag)
    if namespace in (XHTML, SVG):
        return f"<{own}> of {'HTML' if namespace == XHTML else 'SVG'}"
    for name in map(str, node.attrib):
        if name.startswith(f"{{{XLINK}}}") or (
            namespace == MATHML and (name in _MATHML_LINKS or name.lower().startswith("on"))
        ):
            return f"the attribute {local_name(name)} of <{own}>"
    return None


def _line(node: etree._Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) and line > 0 else 1


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
