"""The TEI document before it is written: elements, and text by its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the source, written as they are."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Space:
    """White space of the source from ``start`` to ``end`` that is written as ``written``."""

    start: int
    end: int
    written: str
    rule: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Characters of the source that are written in full elsewhere, and here once more."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The toolkit's own words: they stand in the header only."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of the source whose notation is still to be worked in."""

    start: int
    end: int


@dataclass(slots=True)
class Element:
    """A TEI element; the attributes are in the order in which they are written."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


Node = Element | Span | Space | Copy | Words | Cell

STRUCTURAL = frozenset(
    {
        *("TEI", "teiHeader", "fileDesc", "titleStmt", "respStmt", "publicationStmt"),
        *("availability", "notesStmt", "sourceDesc", "msDesc", "msIdentifier", "encodingDesc"),
        *("projectDesc", "editorialDecl", "correction", "normalization", "punctuation"),
        *("quotation", "hyphenation", "segmentation", "stdVals", "interpretation"),
        *(
            "profileDesc",
            "abstract",
            "langUsage",
            "handNotes",
            "revisionDesc",
            "correspDesc",
            "correspAction",
        ),
        *("textClass", "keywords", "text", "front", "body", "back", "div", "opener", "closer"),
        *(
            "postscript",
            "address",
            "lg",
            "list",
            "table",
            "row",
            "sp",
            "castList",
            "creation",
            "choice",
            "subst",
        ),
    }
)
"""Elements that hold no text of their own here, so that white space in them is only layout."""

LAID_OUT = STRUCTURAL - {"choice", "subst"}
"""Elements whose children are written one a line."""

TEXT_ONLY = frozenset({"ex", "am"})
"""Elements that hold text and no other element (macro.xtext)."""

GLOBAL = frozenset({"note", "pb", "cb", "lb", "gap", "space", "addSpan", "delSpan", "anchor"})
"""Elements of model.global that may stand between paragraphs (TEI Guidelines, 3, 11, 12)."""


def element(name: str, *children: Node, **attributes: str) -> Element:
    """Return an element. In attribute names ``__`` stands for the colon of ``xml:id``."""
    named = {key.replace("__", ":"): value for key, value in attributes.items() if value}
    return Element(name, named, list(children))


def cells(nodes: list[Node]) -> Iterator[Cell]:
    """Yield the cells below ``nodes``, in order."""
    for node in nodes:
        if isinstance(node, Cell):
            yield node
        elif isinstance(node, Element):
            yield from cells(node.children)
