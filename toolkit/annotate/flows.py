"""Texts as they are read: what a name or a date may run through without a break.

A paragraph is one such text; a note in it is another. White space in the file, line breaks and
page breaks are spaces; tags do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.annotate.scope import Scope
from toolkit.annotate.source import CDATA, Element, TextRun

BARRIER = "\ufffc"
NOT_IN_SOURCE = -1
_HYPHENS = "-\u00ad\u2010\u2011"


@dataclass
class Flow:
    """One text.

    ``places`` gives for each character its number in the text of the document, or -1;
    ``masked`` is 1 for characters in elements that are left alone; ``alternative`` is 1 for those
    in the second way (or a later one) of writing a passage.
    """

    language: str
    text: str
    places: list[int]
    masked: bytearray
    alternative: bytearray

    @cached_property
    def is_alternative(self) -> bool:
        """Whether any of it is in the second way, or a later one, of writing a passage."""
        return 1 in self.alternative


def is_first_sight(flow: Flow, start: int, end: int) -> bool:
    """Tell whether this is not what the same text, in an earlier way of writing, gave already."""
    return not flow.is_alternative or any(flow.alternative[start:end])


def ends(flow: Flow, start: int, end: int) -> tuple[int, int]:
    """Return the first and the last character of the document in a part of a flow."""
    places = [place for place in flow.places[start:end] if place != NOT_IN_SOURCE]
    return places[0], places[-1]


@dataclass
class _Collected:
    pieces: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    masked: bytearray = field(default_factory=bytearray)
    alternative: bytearray = field(default_factory=bytearray)
    variants: int = 1

    def add(self, text: str, first: int, masked: bool, alternative: bool) -> None:
        self.pieces.append(text)
        known = first != NOT_IN_SOURCE
        self.places.extend(range(first, first + len(text)) if known else [NOT_IN_SOURCE])
        self.masked.extend(bytes([masked]) * len(text))
        self.alternative.extend(bytes([alternative]) * len(text))

    def drop_hyphen(self) -> None:
        if self.pieces and self.pieces[-1].endswith(tuple(_HYPHENS)):
            self.pieces[-1] = self.pieces[-1][:-1]
            for column in (self.places, self.masked, self.alternative):
                del column[-1]


def flows_of(element: Element, scope: Scope, language: str) -> Iterator[Flow]:
    """Yield the texts in an element, an outer text before those beside it.

    Where a passage is written in two ways (``choice``), the text is yielded once for each way.
    ``language`` is that of the surroundings.
    """
    language = element.attributes.get("xml:lang", language)
    if _is_skipped(element, scope):
        return
    variant, variants = 0, 1
    while variant < variants:
        collected = _Collected()
        _collect(element, scope, variant, collected, masked=False, alternative=False)
        variants = collected.variants
        text = "".join(collected.pieces)
        if text.strip(f"{BARRIER} \t\r\n"):
            yield Flow(language, text, collected.places, collected.masked, collected.alternative)
        variant += 1
    for other, its_language in _others(element, scope, language):
        yield from flows_of(other, scope, its_language)


def _collect(
    element: Element,
    scope: Scope,
    variant: int,
    into: _Collected,
    *,
    masked: bool,
    alternative: bool,
) -> None:
    for child in element.children:
        if isinstance(child, TextRun):
            into.add(child.text, child.first, masked, alternative)
        elif child.name in scope.space:
            if child.attributes.get("break") == "no":
                into.drop_hyphen()
            else:
                into.add(" ", NOT_IN_SOURCE, masked, alternative)
        elif child.name in scope.alternatives and child.elements():
            ways = child.elements()
            into.variants = max(into.variants, len(ways))
            way = ways[min(variant, len(ways) - 1)]
            other = alternative or way is not ways[0]
            hidden = masked or _is_skipped(way, scope)
            _collect(way, scope, variant, into, masked=hidden, alternative=other)
        elif _is_skipped(child, scope):
            _collect(child, scope, variant, into, masked=True, alternative=alternative)
        elif _is_inline(child, scope):
            _collect(child, scope, variant, into, masked=masked, alternative=alternative)
        elif child.name not in scope.aside:
            into.add(BARRIER, NOT_IN_SOURCE, masked, alternative)


def _others(element: Element, scope: Scope, language: str) -> Iterator[tuple[Element, str]]:
    """Yield the elements in ``element`` that are texts of their own, with their surroundings'."""
    for child in element.elements():
        if _is_skipped(child, scope):
            continue
        if _is_inline(child, scope) or child.name in scope.alternatives:
            yield from _others(child, scope, child.attributes.get("xml:lang", language))
        elif child.name != CDATA:
            yield child, language


def _is_inline(element: Element, scope: Scope) -> bool:
    return element.name in scope.inline or element.name in (CDATA, "rs")


def _speaks_of_another(reference: Element, scope: Scope) -> bool:
    """Tell whether a reference is to a thing other than a person, place or organisation."""
    said = reference.attributes.get("type")
    return said is not None and said not in scope.named_types


def _is_skipped(element: Element, scope: Scope) -> bool:
    if element.name == "rs" and _speaks_of_another(element, scope):
        return False
    if element.name in scope.skip or element.name.startswith("{"):
        return True
    return any(
        element.name == name and element.attributes.get(attribute) == value
        for name, attribute, value in scope.skip_where
    )
