"""Texts as they are read: what a name or a date may run through without a break.

A paragraph is one such text; a note in it is another. White space in the file, line breaks and
page breaks are spaces; tags do not count.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from toolkit.annotate.scope import Role, Scope
from toolkit.annotate.source import CDATA, Element, Source

BARRIER = "\ufffc"
NOT_IN_SOURCE = -1
RESPONSIBLE = "toolkit"
"""The identifier of the toolkit in the header; ``resp`` of what it adds points to it."""
_NO_TEXT = f"{BARRIER} \t\r\n"
_HYPHENS = "-\u00ad\u2010\u2011"


@dataclass(eq=False)
class Flow:
    """One text.

    Its parts begin at ``starts``; what begins there is the character of the document's text with
    the number in ``firsts``, or -1 for what is not in the document. ``masked`` is 1 for characters
    in elements that are left alone; ``tagged`` for those in a name that annotation has tagged
    before; ``alternative`` for those in the second way (or a later one) of writing a passage;
    these two are empty where there are no such characters. ``first`` and ``last`` are its first
    and last characters in the document.
    """

    language: str
    text: str
    starts: list[int]
    firsts: list[int]
    masked: bytearray
    tagged: bytes = b""
    alternative: bytes = b""
    first: int = field(init=False)
    last: int = field(init=False)

    def __post_init__(self) -> None:
        if len(self.firsts) == 1:
            self.first = self.firsts[0]
            self.last = self.first + len(self.text) - 1
        else:
            self.first, self.last = ends(self, 0, len(self.text))

    @property
    def is_alternative(self) -> bool:
        """Whether any of it is in the second way, or a later one, of writing a passage."""
        return bool(self.alternative)

    def position(self, place: int) -> int | None:
        """Return where a character of the document's text stands in this one, if it does."""
        known = self._known
        at = bisect_right(known, place, key=lambda part: part[0]) - 1
        if at < 0:
            return None
        first, start, length = known[at]
        return start + place - first if place < first + length else None

    @cached_property
    def _known(self) -> list[tuple[int, int, int]]:
        lengths = (b - a for a, b in pairwise((*self.starts, len(self.text))))
        parts = zip(self.firsts, self.starts, lengths, strict=True)
        return sorted(part for part in parts if part[0] != NOT_IN_SOURCE and part[2])


def is_first_sight(flow: Flow, start: int, end: int) -> bool:
    """Tell whether this is not what the same text, in an earlier way of writing, gave already."""
    return not flow.is_alternative or flow.alternative.find(1, start, end) >= 0


def is_in_source(flow: Flow, place: int) -> bool:
    """Tell whether a character of a flow stands in the document; else a tag stands for it."""
    return flow.firsts[bisect_right(flow.starts, place) - 1] != NOT_IN_SOURCE


def ends(flow: Flow, start: int, end: int) -> tuple[int, int]:
    """Return the first and the last character of the document in a part of a flow."""
    at = bisect_right(flow.starts, start) - 1
    if flow.firsts[at] == NOT_IN_SOURCE:
        while flow.firsts[at] == NOT_IN_SOURCE:
            at += 1
        first = flow.firsts[at]
    else:
        first = flow.firsts[at] + start - flow.starts[at]
    at = bisect_left(flow.starts, end) - 1
    if flow.firsts[at] != NOT_IN_SOURCE:
        return first, flow.firsts[at] + end - 1 - flow.starts[at]
    while flow.firsts[at] == NOT_IN_SOURCE or flow.starts[at] == flow.starts[at + 1]:
        at -= 1
    return first, flow.firsts[at] + flow.starts[at + 1] - 1 - flow.starts[at]


@dataclass
class _Collected:
    """A text as far as it is collected from the ``document``'s; ``at`` is what comes next of it."""

    document: str
    at: int
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    states: list[_State] = field(default_factory=list)
    variants: int = 1
    is_mixed: bool = False
    dropped: str = ""

    def add_up_to(self, place: int, state: _State) -> None:
        """Add the document's text up to a place."""
        if place > self.at:
            self.add(self.document[self.at : place], self.at, state)
            self.at = place

    def add(self, text: str, first: int, state: _State) -> None:
        if self.dropped:
            self._take_up_hyphen(text)
        self.pieces.append(text)
        self.starts.append(self.length)
        self.firsts.append(first)
        self.states.append(state)
        self.is_mixed = self.is_mixed or state is not _PLAIN
        self.length += len(text)

    def drop_hyphen(self) -> None:
        """Take away the hyphen at the end of a line within a word; “Beer-Hofmann” keeps it."""
        if self.pieces and self.pieces[-1].endswith(tuple(_HYPHENS)):
            self.dropped = self.pieces[-1][-1]
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1

    def _take_up_hyphen(self, text: str) -> None:
        before = self.pieces[-1][-1:]
        if text[:1].isupper() and not before.isupper():
            self.pieces[-1] += self.dropped
            self.length += 1
        self.dropped = ""

    def flow(self, language: str, text: str) -> Flow:
        """Return the flow of what was collected, whose text this is."""
        if not self.is_mixed:
            return Flow(language, text, self.starts, self.firsts, bytearray(self.length))
        return Flow(
            language,
            text,
            self.starts,
            self.firsts,
            bytearray(self._told(_MASKED)) or bytearray(self.length),
            self._told(_TAGGED),
            self._told(_ALTERNATIVE),
        )

    def _told(self, is_so: Callable[[_State], bool]) -> bytes:
        """Return a 1 for each character whose state is so; nothing if there is none."""
        so = list(map(is_so, self.states))
        if True not in so:
            return b""
        told = b"".join(
            [
                (b"\1" if is_it else b"\0") * len(piece)
                for piece, is_it in zip(self.pieces, so, strict=True)
            ]
        )
        return told if 1 in told else b""


@dataclass(frozen=True, slots=True)
class _State:
    """Of what sort the characters are that are collected."""

    masked: bool = False
    tagged: bool = False
    alternative: bool = False


_PLAIN = _State()
_MASKED, _TAGGED, _ALTERNATIVE = map(attrgetter, ("masked", "tagged", "alternative"))


def flows_of(source: Source, element: Element, scope: Scope, language: str) -> list[Flow]:
    """Return the texts in an element, an outer text before those beside it.

    Where a passage is written in two ways (``choice``), the text is there once for each way.
    ``language`` is that of the surroundings.
    """
    found: list[Flow] = []
    _add_flows(source.text, element, scope, language, found)
    return found


def _add_flows(
    document: str, element: Element, scope: Scope, language: str, found: list[Flow]
) -> None:
    if element.is_void or _role(element, scope) is Role.SKIPPED:
        return
    language = _language_in(element, language)
    children = element.elements()
    if _are_inline(children, scope):
        text = document[element.first : element.last]
        if text.strip(_NO_TEXT):
            found.append(Flow(language, text, [0], [element.first], bytearray(len(text))))
        return
    if _holds_blocks(document, element, children, scope):
        for child in children:
            _add_flows(document, child, scope, language, found)
        return
    variant, variants = 0, 1
    while variant < variants:
        collected = _Collected(document, element.first)
        _collect(children, scope, variant, collected, _PLAIN)
        collected.add_up_to(element.last, _PLAIN)
        variants = collected.variants
        text = "".join(collected.pieces)
        if text.strip(_NO_TEXT):
            found.append(collected.flow(language, text))
        variant += 1
    others: list[tuple[Element, str]] = []
    _add_others(children, scope, language, others)
    for other, its_language in others:
        _add_flows(document, other, scope, its_language, found)


def _are_inline(children: list[Element], scope: Scope) -> bool:
    """Tell whether a text runs through the elements and all that is in them."""
    return all(
        _role(child, scope) is Role.INLINE
        and (child.is_simple or _are_inline(child.elements(), scope))
        for child in children
    )


def _holds_blocks(document: str, element: Element, children: list[Element], scope: Scope) -> bool:
    """Tell whether an element has no text but that of the texts in it."""
    at = element.first
    for child in children:
        if _role(child, scope) is not Role.BLOCK or document[at : child.first].strip(_NO_TEXT):
            return False
        at = child.last
    return not document[at : element.last].strip(_NO_TEXT)


def _collect(
    children: list[Element], scope: Scope, variant: int, into: _Collected, state: _State
) -> None:
    """Collect the text up to the last of the ``children`` of an element."""
    for child in children:
        role = _role(child, scope)
        if role is Role.INLINE:
            _collect(child.elements(), scope, variant, into, state)
            continue
        into.add_up_to(child.first, state)
        if role is Role.SPACE:
            if child.attributes.get("break") == "no":
                into.drop_hyphen()
            else:
                into.add(" ", NOT_IN_SOURCE, state)
        elif role is Role.BLOCK:
            into.add(BARRIER, NOT_IN_SOURCE, state)
        elif role is Role.SKIPPED or role is Role.ADDED:
            masked, tagged = state.masked, state.tagged
            inside = _State(
                masked or role is Role.SKIPPED, tagged or role is Role.ADDED, state.alternative
            )
            _collect(child.elements(), scope, variant, into, inside)
            into.add_up_to(child.last, inside)
        elif role is Role.WAYS:
            _collect_way(child.elements(), scope, variant, into, state)
        into.at = child.last


def _collect_way(
    ways: list[Element], scope: Scope, variant: int, into: _Collected, state: _State
) -> None:
    """Collect one of the ways of writing a passage."""
    into.variants = max(into.variants, len(ways))
    way = ways[min(variant, len(ways) - 1)]
    other = state.alternative or way is not ways[0]
    hidden = state.masked or _role(way, scope) is Role.SKIPPED
    inside = _State(hidden, state.tagged, other)
    into.at = way.first
    _collect(way.elements(), scope, variant, into, inside)
    into.add_up_to(way.last, inside)


def _add_others(
    children: list[Element], scope: Scope, language: str, others: list[tuple[Element, str]]
) -> None:
    """Add those of the elements, and in them, that are texts of their own, with their language."""
    for child in children:
        if child.is_void:
            continue
        role = _role(child, scope)
        if role is Role.INLINE or role is Role.WAYS:
            _add_others(child.elements(), scope, _language_in(child, language), others)
        elif role is not Role.SKIPPED and role is not Role.ADDED:
            others.append((child, language))


def _language_in(element: Element, language: str) -> str:
    """Return the language of an element, where ``language`` is that of its surroundings."""
    if "lang" not in element.tag.markup:
        return language
    return element.attributes.get("xml:lang", language)


def is_left_alone(element: Element, scope: Scope) -> bool:
    """Tell whether nothing is looked for in an element, as in a name."""
    return _role(element, scope) is Role.SKIPPED


def _role(element: Element, scope: Scope) -> Role:
    role = scope.roles.get(element.name)
    if role is None:
        role = _role_of_one(element, scope)
        if element.name not in scope.with_several_roles:
            scope.roles[element.name] = role
    return role


def _role_of_one(element: Element, scope: Scope) -> Role:
    if element.name in scope.space:
        return Role.SPACE
    if element.name in scope.alternatives and element.elements():
        return Role.WAYS
    if _is_skipped(element, scope):
        return Role.SKIPPED
    if _is_inline(element, scope):
        return Role.ADDED if is_added(element, scope) else Role.INLINE
    return Role.ASIDE if element.name in scope.aside else Role.BLOCK


def is_added(element: Element, scope: Scope) -> bool:
    """Tell whether annotation has added this name."""
    attributes = element.attributes
    return (
        "resp" in attributes
        and "ref" in attributes
        and element.name in scope.names.values()
        and f"#{RESPONSIBLE}" in attributes["resp"].split()
    )


def _is_inline(element: Element, scope: Scope) -> bool:
    return (
        element.name in scope.inline
        or element.name in (CDATA, "rs")
        or _is_open(element, scope)
        or is_added(element, scope)
    )


def _is_open(element: Element, scope: Scope) -> bool:
    """Tell whether editors tag names within such a name, which points to no entry itself."""
    return element.name in scope.opened and not {"ref", "key"} & element.attributes.keys()


def _speaks_of_another(reference: Element, scope: Scope) -> bool:
    """Tell whether a reference is to a thing other than a person, place or organisation."""
    said = reference.attributes.get("type")
    return said is not None and said not in scope.named_types


def _is_skipped(element: Element, scope: Scope) -> bool:
    if element.name == "rs" and _speaks_of_another(element, scope):
        return False
    if element.name in scope.skip or element.name.startswith("{"):
        return not (_is_open(element, scope) or is_added(element, scope))
    for name, attribute, value in scope.skip_where:
        if element.name == name and element.attributes.get(attribute) == value:
            return True
    return False
