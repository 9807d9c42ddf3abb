"""A schema as diagnosis asks it: which elements it has, what may stand where, what is missing.

Names are in Clark notation here; the engine's states and patterns stay its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from lxml import etree

from toolkit.tei.names import local_name
from toolkit.validate.grammar.values import ValuePattern
from toolkit.validate.grammar.words import namespace
from toolkit.validate.relaxng import Schema
from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.compiled import children_by_element
from toolkit.validate.relaxng.datatypes.context import Context
from toolkit.validate.relaxng.nameclass import (
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    clark,
    expanded,
    names,
)
from toolkit.validate.relaxng.patterns import Element, Pattern
from toolkit.validate.relaxng.states import State
from toolkit.validate.relaxng.ways import Ways


class Model:
    """The grammar of one schema; what it has found out once it keeps."""

    def __init__(self, schema: Schema) -> None:
        self._compiled = schema.compiled
        self._automaton = schema.automaton
        self._explanation = schema.explanation
        self._derivatives = schema.automaton.derivatives
        self._ways = Ways(schema.explanation)
        self._children: dict[Element, list[Element]] = {}
        self._contents: dict[Element, State] = {}
        self._next_names: dict[State, list[str]] = {}
        self._attributes: dict[Element, list[Pattern]] = {}
        self._attribute_names: dict[Element, list[str]] = {}
        self._values: dict[Pattern, ValuePattern] = {}
        self.start = self._automaton.start

    # The whole schema.

    @cached_property
    def elements(self) -> dict[str, list[Element]]:
        """The elements that the schema names, by name."""
        found = self._explanation.vocabulary()
        return {clark(name): list(found[name]) for name in sorted(found)}

    @cached_property
    def parents(self) -> dict[str, list[str]]:
        """The names of the elements in which an element may stand, by its name."""
        # From the plain tables: there is no need to make patterns of the whole schema.
        children = children_by_element(self._compiled)
        child_names = [names_of(element) for element in self._automaton.grammar.elements]
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for name, definitions in self.elements.items():
            for child in {child for each in definitions for child in children[each.index]}:
                for child_name in child_names[child]:
                    found[child_name][name] = None
        return {name: list(parents) for name, parents in found.items()}

    @cached_property
    def names_by_local_name(self) -> dict[str, list[str]]:
        """The names of the elements, by their local names."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.elements:
            found[local_name(name)].append(name)
        return dict(found)

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces of the elements that the schema names."""
        return frozenset(namespace(name) for name in self.elements)

    # Elements and what may stand in them.

    def content(self, element: Element) -> State:
        """Return the state in which the content of ``element`` begins."""
        if element not in self._contents:
            self._contents[element] = self._automaton.content_state(element)
        return self._contents[element]

    def possible_children(self, element: Element) -> list[Element]:
        """Return the elements that may stand anywhere in ``element``."""
        if element not in self._children:
            self._children[element] = [
                pattern.payload
                for pattern in _everywhere(element.content)
                if isinstance(pattern.payload, Element)
            ]
        return self._children[element]

    def named(self, elements: Iterable[Element], name: str) -> list[Element]:
        """Return those of ``elements`` that may have this name."""
        wanted = _expanded(name)
        return [element for element in elements if element.name_class.contains(wanted)]

    def after(self, state: State, name: str) -> State | None:
        """Return what may follow once an element has come; None if it may not come."""
        return self._explanation.after(state, _expanded(name))

    def next_elements(self, state: State, name: str) -> list[Element]:
        """Return the elements of this name that may come next."""
        found = self._explanation.transition(state, _expanded(name))
        return [] if found is None else list(found.openings.elements)

    def next_names(self, state: State) -> list[str]:
        """Return the names of the elements that may come next, those named one by one."""
        if state not in self._next_names:
            self._next_names[state] = list(map(clark, self._explanation.allowed(state)))
        return self._next_names[state]

    def after_text(self, state: State) -> State | None:
        """Return what may follow once text has come; None if it may not come."""
        return state if state.data else state.after_text

    def may_end(self, state: State) -> bool:
        """Tell whether nothing more has to come."""
        return any(pattern.nullable for pattern in state.vector)

    def ways_to(self, state: State, name: str) -> list[tuple[str, ...]]:
        """Return the shortest sequences of elements after which ``name`` may come."""
        return _in_clark(self._ways.to(state, _expanded(name)))

    def ways_to_end(self, state: State) -> list[tuple[str, ...]]:
        """Return the shortest sequences of elements after which nothing more has to come."""
        return _in_clark(self._ways.to_end(state))

    # Attributes and values.

    def attributes_fit(self, element: Element, bearer: etree._Element) -> bool:
        """Tell whether all attributes are plainly right; if not, a closer look has to tell."""
        names = tuple(_expanded(str(name)) for name in bearer.attrib)
        opening = self._automaton.openings(_expanded(str(bearer.tag)), (element,))[names]
        special = opening.special
        if special is not None and (special.unknown or special.missing or special.contextual):
            return False
        values = list(map(str, bearer.attrib.values()))
        # Positions are those in a list of names and values by turns.
        return (special is None or special.branch is None) and all(
            check[values[index // 2]] for index, check in opening.checks
        )

    def attributes_of(self, element: Element) -> list[Pattern]:
        """Return the patterns of the attributes that ``element`` may have."""
        if element not in self._attributes:
            found = _everywhere(element.content)
            self._attributes[element] = [p for p in found if p.operator == op.ATTRIBUTE]
        return self._attributes[element]

    def attribute_names(self, element: Element) -> list[str]:
        """Return the names that ``element`` lists of its attributes, sorted."""
        if element not in self._attribute_names:
            found = {clark(n) for p in self.attributes_of(element) for n in names(_class_of(p))}
            self._attribute_names[element] = sorted(found)
        return self._attribute_names[element]

    def of_attribute(self, patterns: Iterable[Pattern], name: str) -> list[Pattern]:
        """Return the patterns of the values that ``patterns`` give the attribute ``name``."""
        wanted = _expanded(name)
        return [p.children[0] for p in patterns if _class_of(p).contains(wanted)]

    def after_attribute(self, pattern: Pattern, name: str) -> Pattern | None:
        """Return what remains of an element's pattern after an attribute; None if not allowed."""
        found = self._derivatives.attribute(pattern, _expanded(name))
        rests = self._automaton.grammar.choice(rest for _, rest in found)
        return None if rests.operator == op.NOT_ALLOWED else rests

    def missing_attributes(self, pattern: Pattern) -> list[list[str]]:
        """Return what a pattern still needs: one attribute of each of the lists returned."""
        if self._derivatives.closed(pattern).operator != op.NOT_ALLOWED:
            return []
        needed = self._explanation.required((pattern,))
        return [list(map(clark, alternatives)) for alternatives in needed]

    def accepts(self, pattern: Pattern, value: str, bearer: etree._Element) -> bool:
        """Tell whether a pattern matches a value; prefixes mean what they do on ``bearer``."""
        prefixes = {prefix or "": uri for prefix, uri in bearer.nsmap.items()}
        return self._derivatives.matches(pattern, value, Context(prefixes))

    def value(self, pattern: Pattern) -> ValuePattern:
        """Return what a pattern wants of a value."""
        if pattern not in self._values:
            self._values[pattern] = ValuePattern(
                self._explanation.value([pattern]),
                lambda value: self._derivatives.matches(pattern, value, Context({})),
            )
        return self._values[pattern]


def names_of(element: Element) -> list[str]:
    """Return the names that an element of the schema may have, those it names one by one."""
    return list(map(clark, names(element.name_class)))


def _class_of(attribute: Pattern) -> NameClass:
    payload = attribute.payload
    assert isinstance(payload, Name | AnyName | NsName | NameChoice)  # noqa: S101
    return payload


def _everywhere(root: Pattern) -> list[Pattern]:
    """Return the patterns of elements and attributes that ``root`` speaks of at all."""
    found = []
    pending, seen = [root], {root}
    while pending:
        pattern = pending.pop()
        if pattern.operator in (op.ELEMENT, op.ATTRIBUTE):
            found.append(pattern)
            continue
        for child in reversed(pattern.children):
            if child not in seen:
                seen.add(child)
                pending.append(child)
    return found


@lru_cache(maxsize=4096)
def _expanded(name: str) -> str:
    uri = namespace(name)
    return expanded(uri, local_name(name)) if uri else name


def _in_clark(ways: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [tuple(map(clark, way)) for way in ways]
