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

    def xml(self, around: str = "") -> str:
        """Return the element as XML; ``around`` is the default namespace around it."""
        namespace = _named(namespace_of(self.name))
        local = _named(local_of(self.name))
        said = "" if namespace == around else f' xmlns="{escape(namespace)}"'
        for number, (name, value) in enumerate(self.attributes.items()):
            said += _attribute(name, value, f"n{number}")
        inner = "".join(
            escape(child, quote=False) if isinstance(child, str) else child.xml(namespace)
            for child in self.children
        )
        return f"<{local}{said}>{inner}</{local}>" if inner else f"<{local}{said}/>"


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
        pending = [pattern]
        while pending:
            item = pending.pop()
            payload = item.payload
            if item.operator == op.CHOICE:
                pending.append(min(item.children, key=self._size))
            elif item.operator in _DATA:
                fragment.children.append(self._text(item))
            elif isinstance(payload, Element):
                name = _sample(payload.name_class)
                fragment.children.append(self.element(payload, name))
            elif isinstance(payload, Name | AnyName | NsName | NameChoice):
                fragment.attributes[_sample(payload)] = self._text(item.children[0])
            else:
                pending.extend(reversed(item.children))

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
