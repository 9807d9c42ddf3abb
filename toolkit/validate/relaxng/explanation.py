"""What the schema would have taken: read off the patterns when a violation asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.automaton import Automaton
from toolkit.validate.relaxng.datatypes.library import Datatype
from toolkit.validate.relaxng.nameclass import (
    AnyName,
    Name,
    NameChoice,
    NsName,
    clark,
    names,
)
from toolkit.validate.relaxng.patterns import Element, Pattern, Value
from toolkit.validate.relaxng.similar import similar
from toolkit.validate.relaxng.states import State, Transition
from toolkit.validate.relaxng.traversal import evaluate
from toolkit.validate.relaxng.violations import Expected, ValueExpectation, ValueType

_INWARD = frozenset({op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE})
_DEEP_SEARCH = 60
"""Two missing elements in a row are looked for where no more than so many are allowed."""
_MOST_SETS = 50
_MOST_REMEMBERED = 50_000

Steps = tuple[tuple[str, ...], ...]
"""Elements to put in, one after the other; of each step's names one."""


class Explanation:
    """Answers questions about one schema; the answers are remembered."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self._first: dict[State, tuple[str, ...]] = {}
        self._transitions: dict[tuple[State, str], Transition | None] = {}
        self._bridges: dict[tuple[State, str], tuple[Steps, Transition] | None] = {}
        self._similar: dict[tuple[State, str], list[str]] = {}
        self._wrappers: dict[tuple[State, str | None], set[str]] = {}
        self._expected: dict[tuple[State, Steps], Expected] = {}
        self._attributes: dict[tuple[Pattern, ...], list[str]] = {}
        self._required: dict[tuple[Pattern, ...], list[tuple[str, ...]]] = {}
        self._endings: dict[State, Steps] = {}
        self._by_name: dict[str, tuple[Element, ...]] | None = None

    # Elements.

    def elements_named(self, name: str) -> tuple[Element, ...]:
        """Return the elements of the schema that list ``name`` (wildcards do not count)."""
        return self.vocabulary().get(name, ())

    def vocabulary(self) -> dict[str, tuple[Element, ...]]:
        """Return the elements of the schema by the names they list."""
        if self._by_name is None:
            found: dict[str, list[Element]] = {}
            for element in self._automaton.grammar.elements:
                for name in names(element.name_class):
                    found.setdefault(name, []).append(element)
            self._by_name = {name: tuple(elements) for name, elements in found.items()}
        return self._by_name

    def allowed(self, state: State) -> tuple[str, ...]:
        """Return the elements allowed in a state, sorted (those of wildcards do not count)."""
        if state not in self._first:
            found: set[Element] = set()
            done: dict[Pattern, frozenset[Element]] = {}
            for pattern in state.vector:
                evaluate(pattern, done, _leading, lambda p: _first_elements(p, done))
                found.update(done[pattern])
            listed = {name for element in found for name in names(element.name_class)}
            self._first[state] = tuple(sorted(listed))
        return self._first[state]

    def similar_elements(self, state: State, name: str) -> list[str]:
        """Return names that ``name`` may be meant to be, those allowed here before others."""
        key = (state, name)
        if key not in self._similar:
            found = similar(name, [*self.allowed(state), *sorted(self.vocabulary())])
            if len(self._similar) >= _MOST_REMEMBERED:
                self._similar.clear()
            self._similar[key] = found
        return self._similar[key]

    def transition(self, state: State, name: str) -> Transition | None:
        """Return where a start tag leads, no matter what text is waiting.

        What is only asked to explain a mistake is not noted in the state: no document takes it.
        """
        if name in state:
            return state[name]
        key = (state, name)
        if key not in self._transitions:
            if len(self._transitions) >= _MOST_REMEMBERED:
                self._transitions.clear()
            self._transitions[key] = self._automaton.transition(state, name)
        return self._transitions[key]

    def bridge(self, state: State, name: str) -> tuple[Steps, Transition] | None:
        """Return the fewest elements that must come before ``name``, and where it leads then.

        None if no one or two elements before it would make it allowed.
        """
        key = (state, name)
        if key not in self._bridges:
            self._bridges[key] = self._search_bridge(state, name)
        return self._bridges[key]

    def _search_bridge(self, state: State, name: str) -> tuple[Steps, Transition] | None:
        for steps, reached in self._insertions(state):
            found = self.transition(reached, name)
            if found is not None:
                fitting = self._alternatives(state, steps, lambda end: self.transition(end, name))
                return fitting, found
        return None

    def ending(self, state: State) -> Steps:
        """Return the fewest elements that must come before the parent may end."""
        if state not in self._endings:
            self._endings[state] = ()
            for steps, reached in self._insertions(state):
                if reached.mask:
                    self._endings[state] = self._alternatives(state, steps, lambda end: end.mask)
                    break
        return self._endings[state]

    def _insertions(self, state: State) -> Iterable[tuple[tuple[str, ...], State]]:
        """Yield states reached by putting in one element, then those by two."""
        reached: list[tuple[str, State]] = []
        seen = {state}
        for name in self.allowed(state):
            following = self.after(state, name)
            if following is not None and following not in seen:
                seen.add(following)
                reached.append((name, following))
                yield (name,), following
        for name, between in reached:
            if len(self.allowed(between)) <= _DEEP_SEARCH:
                for second in self.allowed(between):
                    following = self.after(between, second)
                    if following is not None and following not in seen:
                        seen.add(following)
                        yield (name, second), following

    def after(self, state: State, name: str) -> State | None:
        """Return where the parent goes on after an element, whatever that holds."""
        found = self.transition(state, name)
        return None if found is None else found.after.whole

    def _alternatives(self, state: State, steps: tuple[str, ...], fits: object) -> Steps:
        """Return for a single step all names that would do as well."""
        if len(steps) > 1 or not callable(fits):
            return tuple((step,) for step in steps)
        found = []
        for name in self.allowed(state):
            following = self.after(state, name)
            if following is not None and fits(following):
                found.append(name)
        return (tuple(found),)

    def wrappers(self, state: State, name: str | None) -> set[str]:
        """Return the elements allowed here that could hold element ``name``, or text (None)."""
        key = (state, name)
        if key not in self._wrappers:
            self._wrappers[key] = self._find_wrappers(state, name)
        return self._wrappers[key]

    def _find_wrappers(self, state: State, name: str | None) -> set[str]:
        found = set()
        for wrapper in self.allowed(state):
            for element in self.elements_named(wrapper):
                content = self._automaton.content_state(element)
                held = (
                    (content.mixed or content.data or content.after_text)
                    if name is None
                    else self.transition(content, name)
                )
                if held:
                    found.add(wrapper)
        return found

    def may_contain(self, element: Element, name: str) -> bool:
        """Tell whether the element may hold a child ``name`` anywhere in its content."""
        pending, seen = [element.content], {element.content}
        while pending:
            pattern = pending.pop()
            if isinstance(pattern.payload, Element):
                if name in names(pattern.payload.name_class):
                    return True
                continue
            for child in pattern.children if pattern.elements else ():
                if child not in seen:
                    seen.add(child)
                    pending.append(child)
        return False

    def expected(self, state: State, steps: Steps = ()) -> Expected:
        """Return what is allowed in a state; ``steps`` must come first."""
        key = (state, steps)
        if key not in self._expected:
            self._expected[key] = self._make_expected(state, steps)
        return self._expected[key]

    def _make_expected(self, state: State, steps: Steps) -> Expected:
        return Expected(_clark(self.allowed(state)), _clark(steps[0]) if steps else ())

    # Attributes.

    def attributes(self, vector: tuple[Pattern, ...]) -> list[str]:
        """Return the attributes that patterns list, sorted."""
        if vector not in self._attributes:
            classes = (each for pattern in vector for each in _attribute_classes(pattern))
            self._attributes[vector] = sorted({name for each in classes for name in names(each)})
        return self._attributes[vector]

    def required(self, vector: tuple[Pattern, ...]) -> list[tuple[str, ...]]:
        """Return the attributes lacking: for each, the names of which one would do."""
        if vector not in self._required:
            self._required[vector] = self._find_required(vector)
        return self._required[vector]

    def _find_required(self, vector: tuple[Pattern, ...]) -> list[tuple[str, ...]]:
        sets: set[frozenset[str]] = set()
        done: dict[Pattern, frozenset[frozenset[str]]] = {}
        for pattern in vector:
            if pattern.operator != op.NOT_ALLOWED:
                evaluate(pattern, done, _with_attributes, lambda p: _required_sets(p, done))
                sets.update(done[pattern])
        if not sets:
            return []
        fewest = min(len(names) for names in sets)
        best = sorted(sorted(names) for names in sets if len(names) == fewest)
        if fewest == 1:
            return [tuple(names[0] for names in best)]
        return [(name,) for name in best[0]]

    # Values.

    def value(self, patterns: Iterable[Pattern]) -> ValueExpectation:
        """Return what values the patterns accept."""
        return _describe(patterns)


def _clark(listed: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(clark, listed))


def _leading(pattern: Pattern) -> Sequence[Pattern]:
    """Return the parts in which the next element may be."""
    if pattern.operator == op.GROUP and not pattern.children[0].nullable:
        return pattern.children[:1]
    return pattern.children if pattern.operator in _INWARD else ()


def _first_elements(
    pattern: Pattern, done: dict[Pattern, frozenset[Element]]
) -> frozenset[Element]:
    if isinstance(pattern.payload, Element):
        return frozenset({pattern.payload})
    return frozenset[Element]().union(*[done[child] for child in _leading(pattern)])


def _with_attributes(pattern: Pattern) -> Sequence[Pattern]:
    return pattern.children if pattern.attributes and pattern.operator in _INWARD else ()


def _attribute_classes(pattern: Pattern) -> list[Name | AnyName | NsName | NameChoice]:
    found = []
    pending, seen = [pattern], {pattern}
    while pending:
        item = pending.pop()
        if item.operator == op.ATTRIBUTE:
            assert isinstance(item.payload, Name | AnyName | NsName | NameChoice)  # noqa: S101
            found.append(item.payload)
        for child in _with_attributes(item):
            if child not in seen:
                seen.add(child)
                pending.append(child)
    return found


def _required_sets(
    pattern: Pattern, done: dict[Pattern, frozenset[frozenset[str]]]
) -> frozenset[frozenset[str]]:
    """Return the sets of attributes, each of which would satisfy the pattern."""
    none = frozenset({frozenset[str]()})
    if pattern.operator == op.NOT_ALLOWED:
        return frozenset()
    if not pattern.attributes:
        return none
    if pattern.operator == op.ATTRIBUTE:
        assert isinstance(pattern.payload, Name | AnyName | NsName | NameChoice)  # noqa: S101
        return frozenset(frozenset({name}) for name in names(pattern.payload)) or none
    if pattern.operator == op.ONE_OR_MORE:
        return done[pattern.children[0]]
    if pattern.operator == op.CHOICE:
        found = frozenset[frozenset[str]]().union(*[done[child] for child in pattern.children])
        return none if frozenset() in found else found
    sets = none
    for child in pattern.children:
        # A child without attributes asks for none; the bound keeps odd schemas from exploding.
        inner = done.get(child, none)
        sets = frozenset(sorted((a | b for a, b in product(sets, inner)), key=len)[:_MOST_SETS])
    return sets


def _describe(patterns: Iterable[Pattern]) -> ValueExpectation:
    literals: list[str] = []
    types: list[ValueType] = []
    lists: list[ValueExpectation] = []
    anything = False
    for pattern in _value_parts(patterns):
        payload = pattern.payload
        if isinstance(payload, Value):
            literals.append(payload.text)
        elif isinstance(payload, Datatype):
            exceptions = [
                part.payload.text
                for part in _value_parts(pattern.children)
                if isinstance(part.payload, Value)
            ]
            types.append(ValueType(payload.name, payload.parameters, tuple(exceptions)))
        elif pattern.operator == op.LIST:
            lists.append(_describe(pattern.children))
        elif pattern.operator == op.TEXT:
            anything = True
        elif pattern.operator == op.EMPTY:
            literals.append("")
    return ValueExpectation(
        tuple(dict.fromkeys(literals)),
        tuple(dict.fromkeys(types)),
        tuple(dict.fromkeys(lists)),
        anything,
    )


def _value_parts(patterns: Iterable[Pattern]) -> list[Pattern]:
    """Return the patterns for values within choices, groups and repetitions, in order."""
    found: dict[Pattern, None] = {}
    pending = list(reversed(list(patterns)))
    seen: set[Pattern] = set()
    while pending:
        item = pending.pop()
        if item in seen:
            continue
        seen.add(item)
        if item.operator in _INWARD:
            pending.extend(reversed(item.children))
        else:
            found[item] = None
    return list(found)
