"""Grammars and their definitions (specification, sections 4.5 to 4.7, 4.11, 4.16 to 4.18).

One walk over everything written, reached or not: files are read, definitions gathered, names and
datatypes made, and the rules checked that hold for unreachable parts too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.relaxng.datatypes.library import Datatype, DatatypeError, datatype
from toolkit.validate.relaxng.nameclass import (
    AnyName,
    Name,
    NameClass,
    NsName,
    choice,
    expanded,
    namespace_of,
    parts,
)
from toolkit.validate.relaxng.problems import rule_error
from toolkit.validate.relaxng.sources import Sources
from toolkit.validate.relaxng.syntax.node import Node

_START = ""
_XMLNS = "http://www.w3.org/2000/xmlns"
_SPACE = " \t\r\n"


@dataclass(slots=True, eq=False)
class Scope:
    """A grammar: its definitions by name (the start's name is empty), and the one around it."""

    node: Node
    parent: Scope | None
    definitions: dict[str, list[Node]] = field(default_factory=dict)

    def combine(self, name: str) -> str:
        """Return how the definitions of ``name`` are combined (section 4.17)."""
        found = (node.attributes.get("combine") for node in self.definitions[name])
        return next((method.strip(_SPACE) for method in found if method), "choice")


@dataclass(frozen=True, slots=True)
class _Chain:
    """The files being read, each referred to by the next."""

    file: str
    outer: _Chain | None = None

    def holds(self, file: str) -> bool:
        chain: _Chain | None = self
        while chain is not None:
            if chain.file == file:
                return True
            chain = chain.outer
        return False


class Scopes:
    """What the walk found, by node: scopes, files, name classes and datatypes."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self.grammars: dict[Node, Scope] = {}
        self.external: dict[Node, Node] = {}
        self.name_classes: dict[Node, NameClass] = {}
        self.datatypes: dict[Node, Datatype] = {}
        self._types: dict[tuple[str, str, tuple[tuple[str, str], ...]], Datatype] = {}
        self.root = sources.main()
        self._walk(self.root)

    def _walk(self, root: Node) -> None:
        pending: list[tuple[Node, Scope | None, _Chain]] = [(root, None, _Chain(root.place.file))]
        while pending:
            node, scope, chain = pending.pop()
            match node.kind:
                case "grammar":
                    scope = self._open(node, scope, chain)
                    nodes = [n for found in scope.definitions.values() for n in found]
                    pending.extend((child, scope, _chain(child, chain)) for child in nodes)
                    continue
                case "ref" | "parentRef":
                    _check_reference(node, scope)
                case "externalRef":
                    inner = self._refer(node, chain, "4.6")
                    self.external[node] = inner
                    pending.append((inner, scope, _Chain(inner.place.file, chain)))
                case "element" | "attribute":
                    self.name_classes[node] = _names_of(node)
                    skip = 0 if "name" in node.attributes else 1
                    pending.extend((child, scope, chain) for child in node.children[skip:])
                    continue
                case "data" | "value":
                    self._make_datatype(node)
            pending.extend((child, scope, chain) for child in node.children)

    def _refer(self, node: Node, chain: _Chain, section: str) -> Node:
        inner = self._sources.referred(node)
        if chain.holds(inner.place.file):
            raise rule_error(
                node.place,
                section,
                f"the file {node.attributes['href']} refers to itself",
                "Break the circle: move what both need into a third file.",
            )
        return inner

    # Grammars.

    def _open(self, node: Node, parent: Scope | None, chain: _Chain) -> Scope:
        scope = self.grammars[node] = Scope(node, parent)
        for component in self._components(node, chain):
            scope.definitions.setdefault(_key(component), []).append(component)
        if _START not in scope.definitions:
            raise rule_error(
                node.place, "4.18", "the grammar has no start", "Say which element is the root."
            )
        for found in scope.definitions.values():
            _check_combine(found)
        return scope

    def _components(self, node: Node, chain: _Chain) -> list[Node]:
        """Return the definitions of a grammar, ``div`` and ``include`` replaced by theirs."""
        found: list[Node] = []
        pending = list(reversed(node.children))
        while pending:
            child = pending.pop()
            if child.kind == "div":
                pending.extend(reversed(child.children))
            elif child.kind == "include":
                found.extend(self._included(child, chain))
            else:
                found.append(child)
        return found

    def _included(self, node: Node, chain: _Chain) -> list[Node]:
        grammar = self._refer(node, chain, "4.7")
        if grammar.kind != "grammar":
            raise rule_error(
                node.place,
                "4.7",
                f"the included file {node.attributes['href']} is not a grammar",
                "Refer to it by externalRef, or make it a grammar.",
            )
        components = self._components(grammar, _Chain(grammar.place.file, chain))
        own = self._components(node, chain)
        names = {_key(component) for component in components}
        for component in own:
            if _key(component) not in names:
                raise rule_error(
                    component.place,
                    "4.7",
                    f"the included grammar has no {_title(component)} to override",
                    "Compare the name with the included file, or define it outside the include.",
                )
        overridden = {_key(component) for component in own}
        return [c for c in components if _key(c) not in overridden] + own

    # Datatypes.

    def _make_datatype(self, node: Node) -> None:
        name = node.attributes.get("type")
        library = node.library if name is not None else ""
        parameters = tuple(
            (child.attributes["name"].strip(_SPACE), child.text)
            for child in node.children
            if child.kind == "param"
        )
        key = (library, (name or "token").strip(_SPACE), parameters)
        if key not in self._types:
            try:
                self._types[key] = datatype(*key)
            except DatatypeError as error:
                raise rule_error(
                    node.place,
                    "4.16",
                    str(error),
                    "Datatypes and facets are those of XML Schema Part 2.",
                ) from None
        self.datatypes[node] = self._types[key]


def context_prefixes(node: Node) -> dict[str, str]:
    """Return the namespaces in force for a ``value``: ``ns`` stands for no prefix (section 4.9)."""
    return {**node.prefixes, "xml": XML_NAMESPACE, "": node.namespace}


def _chain(node: Node, chain: _Chain) -> _Chain:
    """Return the chain of files for a definition that may stem from an included file."""
    return chain if chain.file == node.place.file else _Chain(node.place.file, chain)


def _key(component: Node) -> str:
    return _START if component.kind == "start" else component.name


def _title(component: Node) -> str:
    return "start" if component.kind == "start" else f"definition of “{component.name}”"


def _check_combine(found: list[Node]) -> None:
    without = [node for node in found if "combine" not in node.attributes]
    if len(without) > 1:
        raise rule_error(
            without[1].place,
            "4.17",
            f"there is more than one {_title(found[0])} without combine",
            'Say how they combine: combine="choice" or combine="interleave" (|= or &=).',
        )
    methods = {node.attributes.get("combine", "").strip(_SPACE) for node in found} - {""}
    if len(methods) > 1:
        raise rule_error(
            found[-1].place,
            "4.17",
            f"the definitions combine by choice and by interleave: {_title(found[0])}",
            "Use one method for all of them.",
        )


def _check_reference(node: Node, scope: Scope | None) -> None:
    target = scope.parent if scope is not None and node.kind == "parentRef" else scope
    if target is None or node.name not in target.definitions:
        raise rule_error(
            node.place,
            "4.18",
            f"there is no definition of “{node.name}”",
            "Compare the spelling with the definitions, or add one.",
        )


# Name classes.


def _names_of(node: Node) -> NameClass:
    written = node.attributes.get("name")
    if written is None:
        made = _name_class(node.children[0], "")
    else:
        attribute = node.kind == "attribute"
        namespace = node.attributes.get("ns", "") if attribute else node.namespace
        made = Name(_expand(node, written.strip(_SPACE), namespace))
    if node.kind == "attribute":
        _check_attribute_names(node, made)
    return made


def _expand(node: Node, written: str, namespace: str) -> str:
    prefix, colon, local = written.rpartition(":")
    if not colon:
        return expanded(namespace, local)
    if prefix not in node.prefixes:
        raise rule_error(
            node.place, "4.10", f"the namespace prefix {prefix} is not declared", "Declare it."
        )
    return expanded(node.prefixes[prefix], local)


def _name_class(node: Node, inside: str) -> NameClass:
    """Return the class; ``inside`` is the kind of class whose exception this is part of."""
    members: list[NameClass] = []
    pending = [node]
    while pending:
        part = pending.pop()
        if part.kind == "choice":
            pending.extend(reversed(part.children))
        elif part.kind == "name":
            members.append(Name(_expand(part, part.text.strip(_SPACE), part.namespace)))
        else:
            if inside == part.kind or (inside == "nsName" and part.kind == "anyName"):
                raise rule_error(
                    part.place,
                    "4.16",
                    f"{part.kind} stands in an exception of {inside}",
                    "List the excepted names.",
                )
            members.append(_wildcard(part))
    return choice(members)


def _wildcard(node: Node) -> NameClass:
    excepted = [part for child in node.children for part in child.children]
    exception = choice(_name_class(part, node.kind) for part in excepted) if excepted else None
    return AnyName(exception) if node.kind == "anyName" else NsName(node.namespace, exception)


def _check_attribute_names(node: Node, name_class: NameClass) -> None:
    for part in _all_parts([name_class]):
        if isinstance(part, Name):
            namespace = namespace_of(part.name)
        else:
            namespace = part.namespace if isinstance(part, NsName) else ""
        if part != Name("xmlns") and namespace != _XMLNS:
            continue
        raise rule_error(
            node.place,
            "4.16",
            "an attribute is named xmlns or is in the namespace of xmlns",
            "Namespace declarations are not attributes: leave it out.",
        )


def _all_parts(classes: Iterable[NameClass]) -> list[NameClass]:
    found: list[NameClass] = []
    for name_class in classes:
        for part in parts(name_class):
            found.append(part)
            if isinstance(part, AnyName | NsName) and part.exception is not None:
                found.extend(_all_parts([part.exception]))
    return found
