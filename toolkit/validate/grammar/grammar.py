"""A grammar as data: which elements it has, what may stand in them, which attributes they take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from toolkit.tei.names import local_name
from toolkit.validate.grammar.files import RNG, SchemaTree
from toolkit.validate.grammar.patterns import (
    NameClass,
    Named,
    Pattern,
    Workshop,
    everywhere,
    takes_data,
)

_CONTAINERS = frozenset(
    ("group", "interleave", "choice", "optional", "zeroOrMore", "oneOrMore", "mixed")
)


@dataclass(eq=False)
class Scope:
    """The definitions that references in one ``grammar`` element mean."""

    definitions: dict[str, list[etree._Element]] = field(default_factory=dict)
    parent: Scope | None = None


class Grammar:
    """A schema's grammar. Patterns are made when they are first asked for."""

    def __init__(self, tree: SchemaTree) -> None:
        self.workshop = Workshop()
        self._scopes: dict[etree._Element, Scope] = {}
        self._named: dict[etree._Element, Named] = {}
        self._contents: dict[tuple[Named, bool], Pattern] = {}
        self._speaks_of: dict[tuple[Named, bool], list[Named]] = {}
        self._takes_data: dict[Named, bool] = {}
        self._references: dict[tuple[Scope, str, bool], Pattern] = {}
        self._scope = self._enter(tree.root, None)
        self.start = self._definition("", self._scope, attributes=False)

    def content(self, element: Named) -> Pattern:
        """Return what may stand in ``element``; its attributes are left out."""
        return self._inside(element, attributes=False)

    def attributes(self, element: Named) -> Pattern:
        """Return the attributes of ``element``; what stands in it is left out."""
        return self._inside(element, attributes=True)

    @cached_property
    def elements(self) -> dict[str, list[Named]]:
        """The elements that the grammar names, by name in Clark notation."""
        found: dict[str, list[Named]] = defaultdict(list)
        pending = everywhere(self.start)
        seen: set[Named] = set()
        while pending:
            named = pending.pop()
            if named in seen:
                continue
            seen.add(named)
            for name in named.names.names:
                found[name].append(named)
            pending += everywhere(self.content(named))
        return {name: found[name] for name in sorted(found)}

    @cached_property
    def parents(self) -> dict[str, list[str]]:
        """The names of the elements in which an element may stand, by its name."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for name, definitions in self.elements.items():
            for definition in definitions:
                for child in everywhere(self.content(definition)):
                    for child_name in child.names.names:
                        found[child_name][name] = None
        return {name: list(parents) for name, parents in found.items()}

    @cached_property
    def names_by_local_name(self) -> dict[str, list[str]]:
        """The names of the elements in Clark notation, by their local names."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.elements:
            found[local_name(name)].append(name)
        return dict(found)

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces of the elements that the grammar names."""
        return frozenset(
            name[1:].partition("}")[0] if "}" in name else "" for name in self.elements
        )

    def takes_data(self, element: Named) -> bool:
        """Tell whether ``element`` holds text of some datatype, such as a number or a name."""
        if element not in self._takes_data:
            self._takes_data[element] = takes_data(self.content(element))
        return self._takes_data[element]

    def possible_children(self, element: Named) -> list[Named]:
        """Return the elements that may stand anywhere in ``element``."""
        return self._possible(element, attributes=False)

    def possible_attributes(self, element: Named) -> list[Named]:
        """Return the attributes that ``element`` may have."""
        return self._possible(element, attributes=True)

    def _possible(self, element: Named, *, attributes: bool) -> list[Named]:
        key = (element, attributes)
        if key not in self._speaks_of:
            self._speaks_of[key] = everywhere(self._inside(element, attributes=attributes))
        return self._speaks_of[key]

    def value(self, named: Named) -> etree._Element:
        """Return the pattern of an attribute's value, or of data content, with no references.

        It is a ``group`` element of RELAX NG.
        """
        group = etree.Element(f"{RNG}group")
        children = _patterns_of(named.node)
        for child in children:
            self._expand(child, group, _scope_of(named))
        return group

    def _expand(self, node: etree._Element, parent: etree._Element, scope: Scope) -> None:
        kind = _kind(node)
        if kind in ("ref", "parentRef"):
            target = scope if kind == "ref" else (scope.parent or scope)
            nodes = [c for d in target.definitions.get(node.get("name", ""), []) for c in d]
            for child in nodes:
                self._expand(child, parent, target)
        elif kind not in ("element", "attribute", "grammar"):
            made = etree.SubElement(
                parent, node.tag, {str(k): str(v) for k, v in node.attrib.items()}
            )
            made.text = node.text
            for child in node:
                self._expand(child, made, scope)
            if kind in _CONTAINERS and not len(made):
                parent.remove(made)

    def _enter(self, grammar: etree._Element, parent: Scope | None) -> Scope:
        scope = Scope(parent=parent)
        for child in grammar:
            scope.definitions.setdefault(child.get("name", ""), []).append(child)
        self._scopes[grammar] = scope
        return scope

    def _inside(self, element: Named, *, attributes: bool) -> Pattern:
        key = (element, attributes)
        if key not in self._contents:
            self._contents[key] = self._joined(attributes)(
                self._pattern(child, _scope_of(element), attributes)
                for child in _patterns_of(element.node)
            )
        return self._contents[key]

    def _definition(self, name: str, scope: Scope, *, attributes: bool) -> Pattern:
        key = (scope, name, attributes)
        if key not in self._references:
            nodes = scope.definitions.get(name, [])
            patterns = [
                self._joined(attributes)(self._pattern(c, scope, attributes) for c in node)
                for node in nodes
            ]
            interleaved = any(node.get("combine") == "interleave" for node in nodes)
            combine = self.workshop.interleave if interleaved else self.workshop.choice
            self._references[key] = combine(patterns)
        return self._references[key]

    def _pattern(self, node: etree._Element, scope: Scope, attributes: bool) -> Pattern:
        make = self.workshop
        match _kind(node):
            case "ref":
                return self._definition(node.get("name", ""), scope, attributes=attributes)
            case "parentRef":
                outer = scope.parent or scope
                return self._definition(node.get("name", ""), outer, attributes=attributes)
            case "grammar":
                inner = self._scopes.get(node) or self._enter(node, scope)
                return self._definition("", inner, attributes=attributes)
            case "element":
                return make.empty if attributes else make.element(self._name(node, scope))
            case "attribute":
                return make.attribute(self._name(node, scope)) if attributes else make.empty
            case "text":
                return make.empty if attributes else make.text
            case "data" | "value" | "list":
                return make.empty if attributes else make.data
            case "empty":
                return make.empty
            case "notAllowed":
                return make.not_allowed
        parts = (self._pattern(child, scope, attributes) for child in node)
        join = self._joined(attributes)
        match _kind(node):
            case "choice":
                return make.choice(parts)
            case "interleave":
                return make.interleave(parts)
            case "mixed":
                mixed = join(parts)
                return mixed if attributes else make.interleave((mixed, make.text))
            case "optional":
                return make.optional(join(parts))
            case "oneOrMore":
                return make.one_or_more(join(parts))
            case "zeroOrMore":
                return make.optional(make.one_or_more(join(parts)))
            case _:
                return join(parts)

    def _joined(self, attributes: bool) -> Callable[[Iterable[Pattern]], Pattern]:
        """Return how patterns side by side are joined: attributes have no order."""
        return self.workshop.interleave if attributes else self.workshop.group

    def _name(self, node: etree._Element, scope: Scope) -> Named:
        if node not in self._named:
            self._named[node] = Named(_name_class(node), node, scope)
        return self._named[node]


def _scope_of(named: Named) -> Scope:
    assert isinstance(named.scope, Scope)  # noqa: S101 (only this module makes them)
    return named.scope


def _kind(node: etree._Element) -> str:
    return etree.QName(node).localname


def _patterns_of(node: etree._Element) -> list[etree._Element]:
    children = list(node)
    return children if node.get("name") is not None else children[1:]


def _name_class(node: etree._Element) -> NameClass:
    if node.get("name") is not None:
        return NameClass(names=frozenset([_clark(node.get("ns", ""), node.get("name", ""))]))
    return _class_of(node[0])


def _class_of(node: etree._Element) -> NameClass:
    match _kind(node):
        case "name":
            return NameClass(names=frozenset([_clark(node.get("ns", ""), node.text or "")]))
        case "nsName":
            return NameClass(namespaces=frozenset([node.get("ns", "")]), excepted=_exception(node))
        case "anyName":
            return NameClass(any_name=True, excepted=_exception(node))
        case _:
            return _union([_class_of(child) for child in node])


def _union(classes: list[NameClass]) -> NameClass:
    return NameClass(
        names=frozenset(name for c in classes for name in c.names),
        namespaces=frozenset(n for c in classes for n in c.namespaces),
        any_name=any(c.any_name for c in classes),
        excepted=next((c.excepted for c in classes if c.excepted is not None), None),
    )


def _exception(node: etree._Element) -> NameClass | None:
    excepted = [_class_of(child) for part in _children(node) for child in part]
    return _union(excepted) if excepted else None


def _children(node: etree._Element) -> Iterator[etree._Element]:
    return node.iterchildren(f"{RNG}except")


def _clark(namespace: str, local: str) -> str:
    local = local.strip()
    return f"{{{namespace}}}{local}" if namespace else local
