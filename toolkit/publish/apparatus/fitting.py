"""Whether the notes of a page have room in the lines that are kept for them.

How many lines an apparatus fills that runs on is known only when it is set: words do not end where
lines do. So the pages on which it may need one more are looked at before all are set.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from itertools import groupby

from lxml import etree

from toolkit.publish.apparatus.marking import PRINT

QUESTION = "query(<fit>).map(mark => mark.value)"
"""A Typst expression: the keys of the areas that have room, and the size of their letters."""

_LANG = "lang"


class Fitting:
    """Finds the size of letters in which areas of notes have room; each is looked at once.

    Args:
        root: a document in the print vocabulary, whose attributes hold for its notes.
        ask: sets a document, and returns the answer to :data:`QUESTION`.
    """

    def __init__(self, root: etree._Element, ask: Callable[[etree._Element], str]) -> None:
        self._root = root
        self._ask = ask
        self._known: dict[str, float | None] = {}

    def fit(self, areas: Iterable[etree._Element]) -> tuple[int, ...]:
        """Give each area its size, and return the pages of those that have no room in any."""
        contents = {area: _content(area) for area in areas}
        new = [area for area, content in contents.items() if content not in self._known]
        if new:
            sizes = _sizes(self._ask(self._document(new)))
            self._known |= {contents[area]: sizes.get(area.get("key", "")) for area in new}
        crowded: list[int] = []
        for area, content in contents.items():
            size = self._known[content]
            if size is None:
                crowded.append(int(area.get("key", "0")))
            elif size < 1:
                area.set("size", str(size))
        return tuple(crowded)

    def _document(self, areas: Iterable[etree._Element]) -> etree._Element:
        document = etree.Element(self._root.tag)
        for name, value in self._root.items():
            document.set(name, value)
        for lang, group in groupby(areas, key=_language):
            fitting = etree.SubElement(document, f"{PRINT}fitting")
            if lang:
                fitting.set(_LANG, lang)
            fitting.extend(deepcopy(list(group)))
        return document


def _sizes(answer: str) -> dict[str, float]:
    found: list[tuple[str, float]] = json.loads(answer)
    return dict(found)


def _content(area: etree._Element) -> str:
    """Return what decides whether an area has room."""
    attributes = (_language(area), area.get("height", ""))
    return "\n".join((*attributes, *_texts(area)))


def _texts(area: etree._Element) -> Iterator[str]:
    for series in area:
        yield str(etree.tostring(series, encoding="unicode", with_tail=False))


def _language(area: etree._Element) -> str:
    """Return the language of the document of a volume that an area stands in."""
    return next(
        (document.get(_LANG, "") for document in area.iterancestors(f"{PRINT}document")), ""
    )
