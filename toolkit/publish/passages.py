"""The passages of a page that a search finds, in the layers that readers can choose."""

from __future__ import annotations

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
    gathered: _Gathered = {}
    for part in parts:
        _gather(part, "", gathered, _BOTH)
    layers = ((anchor, *map(_joined, pieces)) for anchor, pieces in gathered.items())
    return tuple(
        Passage(anchor, diplomatic, "" if reading == diplomatic else reading)
        for anchor, diplomatic, reading in layers
        if diplomatic or reading
    )


_Gathered = dict[str, tuple[list[str], list[str]]]
"""By anchor, the pieces of text of each passage as in the source, and in the reading text."""

_DIPLOMATIC, _READING, _BOTH = 1, 2, 3
"""In which of the two an element is."""


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _gather(element: etree._Element, anchor: str, gathered: _Gathered, layers: int) -> None:
    """Add the text of ``element`` in those of its ``layers`` in which it is shown."""
    block, outer = element.tag in _BLOCKS, anchor
    if block and not element.get("id", "ed:").startswith("ed:"):
        anchor = element.get("id", "")
    if block or element.tag == "br":
        _add(" ", anchor, gathered, layers)
    _add(element.text, anchor, gathered, layers)
    for child in element:
        if isinstance(child.tag, str):
            shown = layers & _shown_in(child)
            if shown:
                _gather(child, anchor, gathered, shown)
            if shown != layers and _divides_words(child):
                _add(" ", anchor, gathered, layers & ~shown)
        _add(child.tail, anchor, gathered, layers)
    if block:
        _add(" ", anchor, gathered, layers)
        _add(" ", outer, gathered, layers)


def _add(text: str | None, anchor: str, gathered: _Gathered, layers: int) -> None:
    if text:
        diplomatic, reading = gathered.setdefault(anchor, ([], []))
        if layers & _DIPLOMATIC:
            diplomatic.append(text)
        if layers & _READING:
            reading.append(text)


def _divides_words(element: etree._Element) -> bool:
    """Tell whether words before and after an element that is left out are two."""
    classes = element.get("class", "").split()
    is_break = not _BREAKS.isdisjoint(classes) and "break-no" not in classes
    text = element.text or ""
    return is_break or text != text.strip()


def _shown_in(element: etree._Element) -> int:
    """Return the layers in which an element is shown."""
    classes = element.get("class", "").split()
    if (
        "break-no" in classes  # the word goes on in the next line
        or not _ADDED.isdisjoint(classes)
        or element.get("role") in _ADDED_ROLES
    ):
        return 0
    return (_DIPLOMATIC if _NOT_DIPLOMATIC.isdisjoint(classes) else 0) | (
        _READING if _NOT_READING.isdisjoint(classes) else 0
    )
