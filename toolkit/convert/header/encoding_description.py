"""encodingDesc: how the document was encoded, in the sentences of the rules that applied.

TEI Guidelines, 2.3.3 The Editorial Practices Declaration.
"""

from __future__ import annotations

from toolkit.convert.header.context import Context
from toolkit.convert.tree import Element, Node, Words, element

_ORDER = (
    "correction",
    "normalization",
    "punctuation",
    "quotation",
    "hyphenation",
    "segmentation",
    "stdVals",
    "interpretation",
)


def encoding_description(context: Context) -> Element:
    """Return the encodingDesc element."""
    convention = context.convention
    words = (
        f"Converted from the transcription {context.stem} under the convention profile "
        f"“{convention.name}” ({convention.title})."
    )
    description = element("encodingDesc", element("projectDesc", element("p", Words(words))))
    declared = _declaration(context)
    if declared:
        description.children.append(Element("editorialDecl", {}, declared))
    return description


def _declaration(context: Context) -> list[Node]:
    declared: list[Node] = []
    for name in _ORDER:
        said = dict.fromkeys(
            statement.says
            for statement in context.statements
            if statement.declares == name and statement.says
        )
        if said:
            declared.append(element(name, *(element("p", Words(each)) for each in said)))
    return declared
