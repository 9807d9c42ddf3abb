"""From what is written to the simple form (specification, sections 4.12 to 4.15 and 4.17 to 4.21).

Definitions that no path from the start reaches are never built, as section 4.19 has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.problems import Place, rule_error
from toolkit.validate.relaxng.scopes import Scope, Scopes, context_prefixes
from toolkit.validate.relaxng.simple import (
    ElementPattern,
    Literal,
    Simple,
    composite,
    wrapped,
)
from toolkit.validate.relaxng.syntax.node import Node

_LEAVES = {"empty": op.EMPTY, "text": op.TEXT, "notAllowed": op.NOT_ALLOWED}
_COMPOSITES = {"choice": op.CHOICE, "group": op.GROUP, "interleave": op.INTERLEAVE}
_START = ""


class SimpleSchema(NamedTuple):
    """A schema in simple form: the start, and every element reachable from it."""

    start: Simple
    elements: list[ElementPattern]


def simplify(scopes: Scopes) -> SimpleSchema:
    """Return the simple form.

    Raises:
        DiagnosticError: a definition refers to itself other than through an element
            (section 4.19).
    """
    builder = _Builder(scopes)
    start = builder.build(_Item(scopes.root, None))
    return SimpleSchema(start, builder.reach(start))


class _Item(NamedTuple):
    """A node to build in its scope."""

    node: Node
    scope: Scope | None


class _Builder:
    """Builds bottom-up with a stack of its own, so that schemas may nest to any depth."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes
        self._built: dict[Node, Simple] = {}
        self._definitions: dict[tuple[Scope, str], Simple] = {}
        self._bodies: dict[ElementPattern, _Item] = {}

    def reach(self, start: Simple) -> list[ElementPattern]:
        """Return the elements reachable from the start, their contents filled in."""
        elements: dict[ElementPattern, None] = {}
        pending, seen = [start], {start}
        while pending:
            pattern = pending.pop()
            inner = pattern.children
            element = pattern.payload
            if isinstance(element, ElementPattern) and element not in elements:
                elements[element] = None
                element.content = self._content(self._bodies[element])
                inner = (element.content,)
            for child in inner:
                if child not in seen:
                    seen.add(child)
                    pending.append(child)
        return list(elements)

    def _content(self, item: _Item) -> Simple:
        skip = 0 if "name" in item.node.attributes else 1
        children = [self.build(_Item(n, item.scope)) for n in item.node.children[skip:]]
        return composite(op.GROUP, item.node.place, children)

    def build(self, root: _Item) -> Simple:
        """Return the pattern of a node."""
        built = self._built
        stack: list[tuple[_Item, list[_Item] | None]] = [(root, None)]
        unfolding: set[Node] = set()
        while stack:
            item, needed = stack.pop()
            if item.node in built:
                continue
            if needed is None:
                needed = self._needs(item)
                missing = [need for need in needed if need.node not in built]
                if missing:
                    unfolding.add(item.node)
                    stack.append((item, needed))
                    for need in reversed(missing):
                        if need.node in unfolding:
                            raise _recursion(item.node)
                        stack.append((need, None))
                    continue
            built[item.node] = self._make(item, [built[need.node] for need in needed])
            unfolding.discard(item.node)
        return built[root.node]

    def _needs(self, item: _Item) -> list[_Item]:
        """Return the nodes whose patterns the pattern of this node is made from."""
        node, scope = item
        match node.kind:
            case "element" | "value":
                return []
            case "attribute":
                skip = 0 if "name" in node.attributes else 1
                return [_Item(child, scope) for child in node.children[skip:]]
            case "data":
                inner = [
                    c for child in node.children if child.kind == "except" for c in child.children
                ]
                return [_Item(child, scope) for child in inner]
            case "ref" | "parentRef" | "grammar":
                target, name = self._target(item)
                if (target, name) in self._definitions:
                    return []
                return [_Item(found, target) for found in target.definitions[name]]
            case "externalRef":
                return [_Item(self._scopes.external[node], scope)]
        return [_Item(child, scope) for child in node.children]

    def _target(self, item: _Item) -> tuple[Scope, str]:
        node, scope = item
        if node.kind == "grammar":
            return self._scopes.grammars[node], _START
        if node.kind == "parentRef" and scope is not None:
            scope = scope.parent
        assert scope is not None  # noqa: S101  # the walk over the scopes has checked references
        return scope, node.name

    def _make(self, item: _Item, children: Sequence[Simple]) -> Simple:
        node, place = item.node, item.node.place
        kind = node.kind
        if kind in _LEAVES:
            return Simple(_LEAVES[kind], place)
        if kind in _COMPOSITES:
            return composite(_COMPOSITES[kind], place, children)
        match kind:
            case "element":
                return self._element(item)
            case "ref" | "parentRef" | "grammar":
                return self._definition(item, children)
            case "data":
                exception = composite(op.CHOICE, place, children) if children else None
                if exception is not None and exception.operator == op.NOT_ALLOWED:
                    exception = None
                inner = (exception,) if exception is not None else ()
                return Simple(op.DATA, place, inner, self._scopes.datatypes[node])
            case "value":
                literal = Literal(self._scopes.datatypes[node], node.text, context_prefixes(node))
                return Simple(op.VALUE, place, (), literal)
            case "attribute":
                content = children[0] if children else Simple(op.TEXT, place)
                return wrapped(op.ATTRIBUTE, place, content, self._scopes.name_classes[node])
            case "externalRef":
                return children[0]
        return _shorthand(kind, place, composite(op.GROUP, place, children))

    def _definition(self, item: _Item, children: Sequence[Simple]) -> Simple:
        key = self._target(item)
        if key not in self._definitions:
            scope, name = key
            method = _COMPOSITES[scope.combine(name)]
            self._definitions[key] = composite(method, children[0].place, children)
        return self._definitions[key]

    def _element(self, item: _Item) -> Simple:
        element = ElementPattern(self._scopes.name_classes[item.node], item.node.place)
        self._bodies[element] = item
        return Simple(op.ELEMENT, item.node.place, (), element)


def _shorthand(kind: str, place: Place, child: Simple) -> Simple:
    """Return what stands for mixed, optional, zeroOrMore … (sections 4.12 to 4.15)."""
    match kind:
        case "mixed":
            return composite(op.INTERLEAVE, place, [child, Simple(op.TEXT, place)])
        case "optional":
            return composite(op.CHOICE, place, [child, Simple(op.EMPTY, place)])
        case "zeroOrMore":
            many = wrapped(op.ONE_OR_MORE, place, child)
            return composite(op.CHOICE, place, [many, Simple(op.EMPTY, place)])
        case "oneOrMore":
            return wrapped(op.ONE_OR_MORE, place, child)
        case "list":
            return wrapped(op.LIST, place, child)
    return child


def _recursion(node: Node) -> Exception:
    name = node.attributes.get("name", "start").strip()
    return rule_error(
        node.place,
        "4.19",
        f"“{name}” refers to itself without an element in between",
        "Put an element around the reference, or write oneOrMore or zeroOrMore.",
    )
