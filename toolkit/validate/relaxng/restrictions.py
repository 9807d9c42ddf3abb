"""The restrictions on the simple form (specification, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from toolkit.diagnostics import DiagnosticError
from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.datatypes.library import Datatype
from toolkit.validate.relaxng.nameclass import (
    SEPARATOR,
    Name,
    NameClass,
    is_infinite,
    local_of,
    overlap,
    parts,
)
from toolkit.validate.relaxng.problems import rule_error
from toolkit.validate.relaxng.simple import ElementPattern, Literal, Simple
from toolkit.validate.relaxng.simplify import SimpleSchema
from toolkit.validate.relaxng.traversal import evaluate


class _Inside:
    """What a pattern stands in (section 7.1): flags, as plain numbers for speed."""

    NOTHING = 0
    ATTRIBUTE = 1
    REPEAT = 2
    REPEATED_GROUP = 4
    LIST = 8
    EXCEPTION = 16
    START = 32


_NAMES = {
    op.EMPTY: "empty",
    op.TEXT: "text",
    op.INTERLEAVE: "interleave",
    op.GROUP: "group",
    op.ONE_OR_MORE: "oneOrMore",
    op.LIST: "list",
    op.DATA: "data",
    op.VALUE: "value",
    op.ATTRIBUTE: "attribute",
    op.ELEMENT: "element",
}
_PROHIBITED: tuple[tuple[int, str, str, frozenset[int]], ...] = (
    (_Inside.ATTRIBUTE, "7.1.1", "an attribute", frozenset({op.ELEMENT, op.ATTRIBUTE})),
    (
        _Inside.REPEATED_GROUP,
        "7.1.2",
        "a group or interleave that is repeated",
        frozenset({op.ATTRIBUTE}),
    ),
    (
        _Inside.LIST,
        "7.1.3",
        "a list",
        frozenset({op.LIST, op.ELEMENT, op.ATTRIBUTE, op.TEXT, op.INTERLEAVE}),
    ),
    (
        _Inside.EXCEPTION,
        "7.1.4",
        "the exception of a data pattern",
        frozenset(_NAMES) - {op.DATA, op.VALUE},
    ),
    (_Inside.START, "7.1.5", "the start", frozenset(_NAMES) - {op.ELEMENT}),
)


class _Content(IntEnum):
    """Content types (section 7.2), in their order."""

    EMPTY = 0
    COMPLEX = 1
    SIMPLE = 2


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that patterns of one kind have within a pattern."""

    names: frozenset[str] = frozenset()
    wildcards: frozenset[NameClass] = frozenset()

    @classmethod
    def of(cls, name_class: NameClass) -> _Names:
        listed = list(parts(name_class))
        return cls(
            frozenset(part.name for part in listed if isinstance(part, Name)),
            frozenset(part for part in listed if not isinstance(part, Name)),
        )

    def union(self, other: _Names) -> _Names:
        if not other.names and not other.wildcards:
            return self
        return _Names(self.names | other.names, self.wildcards | other.wildcards)

    def common(self, other: _Names) -> str | None:
        """Return a name both have, or None."""
        shared = self.names & other.names
        if shared:
            return min(shared)
        for one, another in ((self, other), (other, self)):
            for wildcard in one.wildcards:
                for name in sorted(another.names):
                    if wildcard.contains(name):
                        return name
        if any(overlap(one, two) for one in self.wildcards for two in other.wildcards):
            return f"{SEPARATOR}any"
        return None


def check(schema: SimpleSchema) -> None:
    """Check every restriction of section 7.

    Raises:
        DiagnosticError: one is broken; the section and the place are named (V182).
    """
    checker = _Checker()
    checker.paths(schema.start, _Inside.START)
    for element in schema.elements:
        assert element.content is not None  # noqa: S101  # simplification fills it in
        checker.paths(element.content, _Inside.NOTHING)
        checker.content(element.content)


class _Checker:
    def __init__(self) -> None:
        self._seen: set[tuple[Simple, int]] = set()
        self._contents: dict[Simple, _Content] = {}
        self._attributes: dict[Simple, _Names] = {}
        self._elements: dict[Simple, _Names] = {}
        self._texts: dict[Simple, bool] = {}

    # Section 7.1, and what section 7.3 says of attributes with infinitely many names.

    def paths(self, root: Simple, inside: int) -> None:
        pending = [(root, inside)]
        seen = self._seen
        while pending:
            item = pending.pop()
            if item in seen:
                continue
            seen.add(item)
            pattern, inside = item
            if inside:
                _check_path(pattern, inside)
            operator = pattern.operator
            if operator == op.ATTRIBUTE:
                _check_infinite(pattern, inside)
            if pattern.children:
                inner = _inner(operator, inside)
                pending.extend((child, inner) for child in pattern.children)

    # Section 7.2, and with it 7.3 and 7.4, at each group and interleave once.

    def content(self, root: Simple) -> None:
        evaluate(root, self._contents, _outside_lists, self._content_type)

    def _content_type(self, pattern: Simple) -> _Content:
        operator = pattern.operator
        types = [self._contents[child] for child in _outside_lists(pattern)]
        if operator in (op.EMPTY, op.NOT_ALLOWED, op.ATTRIBUTE):
            return _Content.EMPTY
        if operator in (op.TEXT, op.ELEMENT):
            return _Content.COMPLEX
        if operator in (op.DATA, op.VALUE, op.LIST):
            return _Content.SIMPLE
        if operator == op.ONE_OR_MORE:
            types = types * 2
        if operator != op.CHOICE:
            filled = [kind for kind in types if kind != _Content.EMPTY]
            if len(filled) > 1 and _Content.SIMPLE in filled:
                raise _content_error(pattern)
        if operator in (op.GROUP, op.INTERLEAVE):
            self._check_duplicates(pattern)
        if operator == op.INTERLEAVE:
            self._check_interleave(pattern)
        return max(types)

    # Section 7.3.

    def _check_duplicates(self, pattern: Simple) -> None:
        found = _Names()
        for child in pattern.children:
            names = evaluate(child, self._attributes, _within_attributes, self._attribute_names)
            common = found.common(names)
            if common is not None:
                raise rule_error(
                    pattern.place,
                    "7.3",
                    f"the attribute “{local_of(common)}” may stand twice in this group",
                    "Take one of the two out, or make them a choice.",
                )
            found = found.union(names)

    def _attribute_names(self, pattern: Simple) -> _Names:
        if pattern.operator == op.ATTRIBUTE:
            return _Names.of(_name_class(pattern))
        return _union(self._attributes[child] for child in _within_attributes(pattern))

    # Section 7.4.

    def _check_interleave(self, pattern: Simple) -> None:
        found = _Names()
        text = False
        for child in pattern.children:
            names = evaluate(child, self._elements, _within, self._element_names)
            common = found.common(names)
            if common is not None:
                raise rule_error(
                    pattern.place,
                    "7.4",
                    f"the element “{local_of(common)}” is on both sides of an interleave",
                    "Let one side alone have it.",
                )
            found = found.union(names)
            has_text = evaluate(child, self._texts, _within, self._has_text)
            if text and has_text:
                raise rule_error(
                    pattern.place,
                    "7.4",
                    "text is on both sides of an interleave",
                    "Let one side alone have text; mixed content has it already.",
                )
            text = text or has_text

    def _element_names(self, pattern: Simple) -> _Names:
        if pattern.operator == op.ELEMENT:
            return _Names.of(_element(pattern).name_class)
        return _union(self._elements[child] for child in _within(pattern))

    def _has_text(self, pattern: Simple) -> bool:
        return pattern.operator == op.TEXT or any(self._texts[child] for child in _within(pattern))


def _check_path(pattern: Simple, inside: int) -> None:
    for context, section, title, prohibited in _PROHIBITED:
        if inside & context and pattern.operator in prohibited:
            raise rule_error(
                pattern.place,
                section,
                f"{_NAMES[pattern.operator]} must not stand in {title}",
                "Move it out, or define what stands around it otherwise.",
            )


def _check_infinite(pattern: Simple, inside: int) -> None:
    if not is_infinite(_name_class(pattern)):
        return
    if not inside & _Inside.REPEAT:
        message = "an attribute with anyName or nsName must be repeated"
        hint = "Put zeroOrMore or oneOrMore around the attribute."
    elif pattern.children[0].operator != op.TEXT:
        message = "an attribute with anyName or nsName must have text as its value"
        hint = "Write text for its value, or list the names."
    else:
        return
    raise rule_error(pattern.place, "7.3", message, hint)


def _inner(operator: int, inside: int) -> int:
    match operator:
        case op.ATTRIBUTE:
            return inside | _Inside.ATTRIBUTE
        case op.ONE_OR_MORE:
            return inside | _Inside.REPEAT
        case op.GROUP | op.INTERLEAVE if inside & _Inside.REPEAT:
            return inside | _Inside.REPEATED_GROUP
        case op.LIST:
            return inside | _Inside.LIST
        case op.DATA:
            return inside | _Inside.EXCEPTION
    return inside


def _outside_lists(pattern: Simple) -> tuple[Simple, ...]:
    return () if pattern.operator == op.LIST else pattern.children


def _within(pattern: Simple) -> tuple[Simple, ...]:
    """Return the parts that describe content: not those of attributes, lists and data."""
    inward = (op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE)
    return pattern.children if pattern.operator in inward else ()


_within_attributes = _within


def _union(names: Iterable[_Names]) -> _Names:
    found = _Names()
    for more in names:
        found = found.union(more)
    return found


def _name_class(pattern: Simple) -> NameClass:
    payload = pattern.payload
    assert payload is not None and not isinstance(payload, ElementPattern | Datatype | Literal)  # noqa: S101
    return payload


def _element(pattern: Simple) -> ElementPattern:
    assert isinstance(pattern.payload, ElementPattern)  # noqa: S101
    return pattern.payload


def _content_error(pattern: Simple) -> DiagnosticError:
    return rule_error(
        pattern.place,
        "7.2",
        "a datatype, value or list must be the whole content of its element",
        "Make them a list, or put each into an element of its own.",
    )
