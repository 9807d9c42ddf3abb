"""Patterns of values in compact syntax, to show them to people."""

from __future__ import annotations

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.datatypes.library import Datatype
from toolkit.validate.relaxng.nameclass import local_of, names
from toolkit.validate.relaxng.patterns import Element, Pattern, Value

_CONNECTORS = {op.CHOICE: " | ", op.GROUP: ", ", op.INTERLEAVE: " & "}
_WORDS = {op.EMPTY: "empty", op.NOT_ALLOWED: "notAllowed", op.TEXT: "text"}


def spelled(pattern: Pattern) -> str:
    """Return the pattern in compact syntax, on one line."""
    if pattern.operator in _WORDS:
        return _WORDS[pattern.operator]
    payload = pattern.payload
    if isinstance(payload, Element):
        listed = [local_of(name) for name in names(payload.name_class)] or ["*"]
        return f"element {' | '.join(listed)} {{ … }}"
    if isinstance(payload, Value):
        return _quoted(payload.text)
    if isinstance(payload, Datatype):
        facets = " ".join(f"{name} = {_quoted(text)}" for name, text in payload.parameters)
        said = f"xsd:{payload.name}" + (f" {{ {facets} }}" if facets else "")
        return f"{said} - {_enclosed(pattern.children[0])}" if pattern.children else said
    if pattern.operator in _CONNECTORS:
        return _CONNECTORS[pattern.operator].join(map(_enclosed, pattern.children))
    inner = _enclosed(pattern.children[0])
    if pattern.operator == op.ONE_OR_MORE:
        return f"{inner}+"
    return f"list {{ {spelled(pattern.children[0])} }}" if pattern.operator == op.LIST else inner


def _enclosed(pattern: Pattern) -> str:
    said = spelled(pattern)
    return f"({said})" if pattern.operator in _CONNECTORS else said


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
