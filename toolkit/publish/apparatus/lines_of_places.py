"""On which lines stand the places that registers and references name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from toolkit.publish.apparatus.marking import PRINT, Marked
from toolkit.publish.apparatus.numbering import Numbering

_SPOTS = (f"{PRINT}index", f"{PRINT}anchor")
_REFERENCE = f"{PRINT}reference"
_NO_BREAK_SPACE = "\u00a0"  # it parts the words of "ante 5", which is no line


def mark_places(marked: Marked) -> None:
    """Mark the places in texts whose lines are counted, so that a pass says where they stand."""
    for text in marked.root.iter(f"{PRINT}text"):
        if text.get("lines") != "none":
            for spot in text.iter(*_SPOTS):
                spot.attrib.pop("line", "")
                spot.set("spot", f"s{len(marked.spots)}")
                marked.spots.append(spot)


def tell_lines(marked: Marked, numbering: Numbering) -> None:
    """Say of each place on which line it stands, if it does on one that is counted."""
    for spot in marked.spots:
        place = numbering.done.place("spot", spot.get("spot", ""))
        block = next(spot.iterancestors(f"{PRINT}block"), None)
        label = numbering.label(block, place) if place and block is not None else ""
        if label and _NO_BREAK_SPACE not in label:
            spot.set("line", label)
        else:
            spot.attrib.pop("line", "")


def tell_references(marked: Marked, numbering: Numbering) -> bool:
    """Say in references which place they will name; return whether any says something new."""
    named = dict(_named(marked, numbering))
    changed = False
    for reference in _references(marked):
        shown = named.get(reference.get("link", "").removeprefix("#"), "")
        if shown and shown != reference.get("shown"):
            reference.set("shown", shown)
            changed = True
    return changed


def has_references(marked: Marked) -> bool:
    """Tell whether there are references, whose width depends on the pages."""
    return next(_references(marked), None) is not None


def _named(marked: Marked, numbering: Numbering) -> Iterator[tuple[str, str]]:
    for spot in marked.spots:
        place = numbering.done.place("spot", spot.get("spot", ""))
        if place and spot.tag == f"{PRINT}anchor":
            line = spot.get("line")
            yield spot.get("id", ""), f"{place.page}.{line}" if line else str(place.page)


def _references(marked: Marked) -> Iterator[etree._Element]:
    roots: Iterable[etree._Element] = (
        marked.root,
        *(note.content for note in marked.notes.values()),
    )
    for root in roots:
        yield from root.iter(_REFERENCE)
