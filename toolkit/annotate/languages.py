"""The language that a document, and a part of it, says it is in."""

from __future__ import annotations

from toolkit.annotate.source import Element, Source

_SPEAKING = frozenset({"TEI", "text", "language"})


def language_of(source: Source) -> str:
    """Return the language of the document: xml:lang, else the first in langUsage."""
    for element in source.elements_named(_SPEAKING):
        if element.name != "language" and "xml:lang" in element.attributes:
            return element.attributes["xml:lang"]
        if element.name == "language" and "ident" in element.attributes:
            return element.attributes["ident"]
    return "und"


def inherited_language(element: Element, default: str) -> str:
    """Return the language that holds around an element."""
    ancestor = element.parent
    while ancestor is not None:
        if "xml:lang" in ancestor.attributes:
            return ancestor.attributes["xml:lang"]
        ancestor = ancestor.parent
    return default
