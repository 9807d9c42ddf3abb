"""Derivatives: what remains of a pattern after a start tag, an attribute or text.

After James Clark, "An algorithm for RELAX NG validation" (2002). Where more than one element or
attribute pattern fits a name, all are kept: the automaton follows them side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.datatypes.context import NO_CONTEXT, Context
from toolkit.validate.relaxng.datatypes.library import Datatype, tokens
from toolkit.validate.relaxng.nameclass import AnyName, Name, NameChoice, NsName
from toolkit.validate.relaxng.patterns import Element, Grammar, Pattern, Value
from toolkit.validate.relaxng.traversal import evaluate

Found = TypeVar("Found", Element, Pattern)
Pairs = tuple[tuple[Found, Pattern], ...]
Starts = Pairs[Element]
Attributes = Pairs[Pattern]

_SPACE = " \t\r\n"
_DATA = frozenset({op.DATA, op.VALUE, op.LIST})
_COMPOSITE = frozenset({op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE})


class Derivatives:
    """The derivatives of one grammar's patterns, each made once."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._starts: dict[str, dict[Pattern, Starts]] = {}
        self._attributes: dict[str, dict[Pattern, Attributes]] = {}
        self._texts: dict[Pattern, Pattern] = {}
        self._closed: dict[Pattern, Pattern] = {}
        self._optional: dict[Pattern, Pattern] = {}

    # Start tags.

    def start(self, pattern: Pattern, name: str) -> Starts:
        """Return each element that ``name`` may be here, and what must follow it."""
        done = self._starts.setdefault(name, {})

        def needs(item: Pattern) -> Sequence[Pattern]:
            if item.operator == op.CHOICE:
                return item.members_for(name)
            return [p for p in _next(item) if p.elements] if item.operator in _COMPOSITE else ()

        def make(item: Pattern) -> Starts:
            if item.operator == op.ELEMENT:
                element = item.payload
                assert isinstance(element, Element)  # noqa: S101
                fits = element.name_class.contains(name)
                return ((element, self._grammar.empty),) if fits else ()
            return self._pairs(item, needs(item), done)

        return evaluate(pattern, done, needs, make)

    # Attributes.

    def attribute(self, pattern: Pattern, name: str) -> Attributes:
        """Return each value pattern that attribute ``name`` may have, and what remains."""
        done = self._attributes.setdefault(name, {})

        def needs(item: Pattern) -> Sequence[Pattern]:
            if item.operator not in _COMPOSITE:
                return ()
            return [child for child in item.children if child.attributes]

        def make(item: Pattern) -> Attributes:
            if item.operator == op.ATTRIBUTE:
                names = item.payload
                assert isinstance(names, Name | AnyName | NsName | NameChoice)  # noqa: S101
                fits = names.contains(name)
                return ((item.children[0], self._grammar.empty),) if fits else ()
            return self._pairs(item, needs(item), done, keeping=True)

        return evaluate(pattern, done, needs, make)

    def _pairs(
        self,
        item: Pattern,
        inner: Sequence[Pattern],
        done: dict[Pattern, Pairs[Found]],
        keeping: bool = False,
    ) -> Pairs[Found]:
        """Return what is found in the parts of ``item``, with what remains of ``item`` then."""
        grammar = self._grammar
        rests: dict[Found, list[Pattern]] = {}
        wanted = set(inner)
        for position, child in enumerate(item.children if keeping else _next(item)):
            if child not in wanted:
                continue
            for found, rest in done[child]:
                around = self._around(item, position, rest, keeping)
                if around.operator != op.NOT_ALLOWED:
                    rests.setdefault(found, []).append(around)
        return tuple((found, grammar.choice(options)) for found, options in rests.items())

    def _around(
        self, item: Pattern, position: int, rest: Pattern, keeping: bool = False
    ) -> Pattern:
        """Return ``item`` with the part at ``position`` replaced by what remains of it.

        The first part of a group may be passed over if it is nullable; for attributes, which
        have no order, it stays as it is (``keeping``).
        """
        grammar = self._grammar
        children = item.children
        match item.operator:
            case op.GROUP if position == 0:
                return grammar.group(rest, children[1])
            case op.GROUP:
                return grammar.group(children[0], rest) if keeping else rest
            case op.INTERLEAVE:
                others = children[:position] + children[position + 1 :]
                return grammar.interleave([*others, rest])
            case op.ONE_OR_MORE:
                return grammar.group(rest, grammar.choice([item, grammar.empty]))
        return rest

    # The end of the start tag.

    def closed(self, pattern: Pattern) -> Pattern:
        """Return the pattern with every attribute still asked for refused (startTagCloseDeriv)."""
        return self._without_attributes(pattern, self._closed, self._grammar.not_allowed)

    def without_attributes(self, pattern: Pattern) -> Pattern:
        """Return the pattern with every attribute still asked for granted."""
        return self._without_attributes(pattern, self._optional, self._grammar.empty)

    def refuse(self, pattern: Pattern, name: str) -> Pattern:
        """Return the pattern with the attributes that can only be called ``name`` refused."""
        wanted = Name(name)
        return self._without_attributes(
            pattern, {}, self._grammar.not_allowed, lambda item: item.payload == wanted
        )

    def _without_attributes(
        self,
        pattern: Pattern,
        done: dict[Pattern, Pattern],
        instead: Pattern,
        concerned: Callable[[Pattern], bool] = lambda _item: True,
    ) -> Pattern:
        def needs(item: Pattern) -> Sequence[Pattern]:
            return item.children if item.attributes and item.operator in _COMPOSITE else ()

        def make(item: Pattern) -> Pattern:
            if item.operator == op.ATTRIBUTE:
                return instead if concerned(item) else item
            return self._rebuild(item, [done[c] for c in needs(item)]) if item.attributes else item

        return evaluate(pattern, done, needs, make)

    def _rebuild(self, item: Pattern, children: list[Pattern]) -> Pattern:
        grammar = self._grammar
        match item.operator:
            case op.CHOICE:
                return grammar.choice(children)
            case op.GROUP:
                return grammar.group(*children)
            case op.INTERLEAVE:
                return grammar.interleave(children)
        return grammar.one_or_more(children[0])

    # Text.

    def text(self, pattern: Pattern) -> Pattern:
        """Return what remains after text that stands among elements: only ``text`` takes it."""
        return self._text(pattern, self._texts, lambda _item: False)

    def matches(self, pattern: Pattern, text: str, context: Context) -> bool:
        """Tell whether ``text`` is a whole value of ``pattern`` (an attribute's, an element's)."""
        if pattern.nullable and not text.strip(_SPACE):
            return True
        # Nearly all values are single, or one of several: they need no derivative.
        if pattern.operator in _DATA:
            return self._accepts(pattern, text, context)
        if pattern.operator == op.CHOICE:
            return any(self.matches(member, text, context) for member in pattern.children)
        return self._after_value(pattern, text, context).nullable

    def after_token(self, pattern: Pattern, token: str) -> Pattern:
        """Return what remains of the pattern of a list after its first token."""
        return self._after_value(pattern, token, NO_CONTEXT)

    def _after_value(self, pattern: Pattern, text: str, context: Context) -> Pattern:
        return self._text(pattern, {}, lambda item: self._accepts(item, text, context))

    def _text(
        self,
        pattern: Pattern,
        done: dict[Pattern, Pattern],
        accepts: Callable[[Pattern], bool],
    ) -> Pattern:
        grammar = self._grammar

        def needs(item: Pattern) -> Sequence[Pattern]:
            if item.operator not in _COMPOSITE:
                return ()
            return [child for child in _next(item) if child.texts or child.data]

        def make(item: Pattern) -> Pattern:
            if item.operator == op.TEXT:
                return item
            if item.operator not in _COMPOSITE:
                taken = item.operator in _DATA and accepts(item)
                return grammar.empty if taken else grammar.not_allowed
            wanted = set(needs(item))
            return grammar.choice(
                self._around(item, position, done[child])
                for position, child in enumerate(_next(item))
                if child in wanted
            )

        return evaluate(pattern, done, needs, make)

    def _accepts(self, item: Pattern, text: str, context: Context) -> bool:
        payload = item.payload
        if isinstance(payload, Datatype):
            return payload.allows(text, context) and not (
                item.children and self.matches(item.children[0], text, context)
            )
        if isinstance(payload, Value):
            return payload.datatype.equal(payload.value, text, context)
        rest = item.children[0]
        if rest.operator == op.ONE_OR_MORE and rest.children[0].operator in _DATA:
            found = tokens(text)
            return bool(found) and all(
                self._accepts(rest.children[0], token, context) for token in dict.fromkeys(found)
            )
        taken: dict[tuple[Pattern, str], Pattern] = {}
        for token in tokens(text):
            step = (rest, token)
            if step not in taken:
                taken[step] = self._after_value(rest, token, context)
            rest = taken[step]
            if rest.operator == op.NOT_ALLOWED:
                return False
        return rest.nullable


def _next(item: Pattern) -> tuple[Pattern, ...]:
    """Return the parts that may come next: of a group the second only if the first is nullable."""
    ends = item.operator == op.GROUP and not item.children[0].nullable
    return item.children[:1] if ends else item.children
