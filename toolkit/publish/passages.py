"""The passages of a page that a search finds, in the layers that readers can choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.publish.query import elements

_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"),
        *("ol", "ul", "li", "dl", "dd", "dt", "table", "caption", "tr", "td", "th"),
        *("figure", "figcaption"),
    )
)
_ADDED = frozenset({"ed", "self", "sigla"})
_ADDED_ROLES = frozenset({"doc-noteref", "doc-backlink"})
_BREAKS = frozenset({"lb", "pb", "cb", "gb"})
_NOT_DIPLOMATIC = frozenset({"layer-reading", "alternative", "supplied", "ex"})
_NOT_READING = frozenset({"layer-diplomatic"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that can be found: its anchor, and its text in the layers of the page.

    ``reading`` is empty where both layers agree.
    """

    anchor: str
    diplomatic: str
    reading: str = ""


def passages_in(page: etree._Element) -> tuple[Passage, ...]:
    """Return the passages of a document's page, in order: its text, then its notes.

    A passage is what stands in a block with an anchor, such as a paragraph, a line of verse or a
    note, and in no smaller one. What the edition adds is left out.
    """
    text = elements(page, "//*[@id='ed:text']")
    notes = elements(page, "//section[@role='doc-endnotes']")
    parts = text + [part for part in notes if not any(up in text for up in part.iterancestors())]
    layers = [_texts(parts, hidden) for hidden in (_NOT_DIPLOMATIC, _NOT_READING)]
    diplomatic, reading = layers
    anchors = dict.fromkeys((*reading, *diplomatic))
    found = (
        Passage(anchor, diplomatic.get(anchor, ""), reading.get(anchor, "")) for anchor in anchors
    )
    return tuple(
        Passage(each.anchor, each.diplomatic) if each.diplomatic == each.reading else each
        for each in found
        if each.diplomatic or each.reading
    )


def _texts(parts: list[etree._Element], hidden: frozenset[str]) -> dict[str, str]:
    """Return the text of each passage by its anchor, without elements of the ``hidden`` classes."""
    found: dict[str, list[str]] = {}
    for part in parts:
        for anchor, text in _pieces(part, "", hidden):
            found.setdefault(anchor, []).append(text)
    joined = {anchor: " ".join("".join(texts).split()) for anchor, texts in found.items()}
    return {anchor: text for anchor, text in joined.items() if text}


def _pieces(
    element: etree._Element, anchor: str, hidden: frozenset[str]
) -> Iterator[tuple[str, str]]:
    block, outer = element.tag in _BLOCKS, anchor
    if block and not element.get("id", "ed:").startswith("ed:"):
        anchor = element.get("id", "")
    if block or element.tag == "br":
        yield anchor, " "
    yield anchor, element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            if not _is_left_out(child, hidden):
                yield from _pieces(child, anchor, hidden)
            elif _divides_words(child):
                yield anchor, " "
        yield anchor, child.tail or ""
    if block:
        yield from ((anchor, " "), (outer, " "))


def _divides_words(element: etree._Element) -> bool:
    """Tell whether words before and after an element that is left out are two."""
    classes = element.get("class", "").split()
    is_break = not _BREAKS.isdisjoint(classes) and "break-no" not in classes
    text = element.text or ""
    return is_break or text != text.strip()


def _is_left_out(element: etree._Element, hidden: frozenset[str]) -> bool:
    classes = element.get("class", "").split()
    if "break-no" in classes:
        return True  # the word goes on in the next line
    return (
        not _ADDED.isdisjoint(classes)
        or not hidden.isdisjoint(classes)
        or element.get("role") in _ADDED_ROLES
    )
