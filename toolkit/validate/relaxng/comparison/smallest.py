"""The smallest things that satisfy a pattern: for examples that show nothing but a difference."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison.classes import StringClasses
from toolkit.validate.relaxng.nameclass import (
    UNMENTIONED,
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    local_of,
    mentioned,
    namespace_of,
)
from toolkit.validate.relaxng.patterns import Element, Grammar, Pattern
from toolkit.validate.relaxng.traversal import evaluate

_DATA = frozenset({op.DATA, op.VALUE, op.LIST})
_OTHER = "other"
_NAMES = {UNMENTIONED: _OTHER}


class NoExample(Exception):  # noqa: N818  # not an error: some differences are told without one
    """No value is known that would make an example."""


@dataclass(eq=False, slots=True)
class Fragment:
    """An element of an example; its name and those of its attributes are expanded names."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Fragment | str] = field(default_factory=list)

    def xml(self) -> str:
        """Return the element as XML."""
        written: list[str] = []
        pending: list[tuple[Fragment | str, str]] = [(self, "")]
        while pending:
            item, around = pending.pop()
            if isinstance(item, str):
                written.append(item)
                continue
            name, namespace = _named(local_of(item.name)), _named(namespace_of(item.name))
            said = "" if namespace == around else f' xmlns="{escape(namespace)}"'
            for number, (attribute, value) in enumerate(item.attributes.items()):
                said += _attribute(attribute, value, f"n{number}")
            written.append(f"<{name}{said}>" if item.children else f"<{name}{said}/>")
            if item.children:
                pending.append((f"</{name}>", namespace))
                pending += [(_escaped(child), namespace) for child in reversed(item.children)]
        return "".join(written)


def _escaped(child: Fragment | str) -> Fragment | str:
    return escape(child, quote=False) if isinstance(child, str) else child


def _named(name: str) -> str:
    return _NAMES.get(name, name)


def _attribute(name: str, value: str, prefix: str) -> str:
    namespace, local = _named(namespace_of(name)), _named(local_of(name))
    if namespace == XML_NAMESPACE:
        return f' xml:{local}="{escape(value)}"'
    if namespace:
        return f' xmlns:{prefix}="{escape(namespace)}" {prefix}:{local}="{escape(value)}"'
    return f' {local}="{escape(value)}"'


class Smallest:
    """Makes the smallest instances of the patterns of a grammar."""

    def __init__(self, grammar: Grammar, strings: StringClasses) -> None:
        self._grammar = grammar
        self._strings = strings
        self._sizes: dict[Pattern, float] = {}

    def element(self, element: Element, name: str) -> Fragment:
        """Return the smallest instance of an element.

        Raises:
            NoExample: a value is needed and none is known.
        """
        fragment = Fragment(name)
        self.fill(fragment, element.content)
        return fragment

    def fill(self, fragment: Fragment, pattern: Pattern) -> None:
        """Add to the fragment what the pattern asks for.

        Raises:
            NoExample: a value is needed and none is known.
        """
        pending = [(fragment, pattern)]
        while pending:
            parent, item = pending.pop()
            payload = item.payload
            if item.operator == op.CHOICE:
                pending.append((parent, min(item.children, key=self._size)))
            elif item.operator in _DATA:
                parent.children.append(self._text(item))
            elif isinstance(payload, Element):
                child = Fragment(_sample(payload.name_class))
                parent.children.append(child)
                pending.append((child, payload.content))
            elif isinstance(payload, Name | AnyName | NsName | NameChoice):
                parent.attributes[_sample(payload)] = self._text(item.children[0])
            else:
                pending.extend((parent, child) for child in reversed(item.children))

    def _text(self, pattern: Pattern) -> str:
        found = self._strings.of((pattern,)).found.get(1)
        if found is None:
            raise NoExample
        return found

    def _size(self, pattern: Pattern) -> float:
        return _size(pattern, self._sizes, self._elements)

    @cached_property
    def _elements(self) -> Sequence[float]:
        """The sizes of the smallest instances of all elements, by index."""
        sizes = [math.inf] * len(self._grammar.elements)
        while True:
            done: dict[Pattern, float] = {}
            found = [1 + _size(e.content, done, sizes) for e in self._grammar.elements]
            if found == sizes:
                return sizes
            sizes = found


def _size(pattern: Pattern, done: dict[Pattern, float], elements: Sequence[float]) -> float:
    def make(item: Pattern) -> float:
        if isinstance(item.payload, Element):
            return elements[item.payload.index]
        combine = _SIZES.get(item.operator, math.fsum)
        return combine([done[child] for child in item.children])

    return evaluate(pattern, done, lambda item: item.children, make)


_SIZES: dict[int, Callable[[list[float]], float]] = {
    op.CHOICE: min,
    op.NOT_ALLOWED: lambda _sizes: math.inf,
    op.ATTRIBUTE: lambda sizes: 1 + sum(sizes),
    op.DATA: lambda _sizes: 1,
    op.VALUE: lambda _sizes: 1,
    op.LIST: lambda sizes: 1 + sum(sizes),
}


def _sample(name_class: NameClass) -> str:
    return next(name for name in mentioned(name_class) if name_class.contains(name))
