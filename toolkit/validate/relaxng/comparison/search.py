"""The search for strings of every kind that patterns of values can tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison import constraints as c
from toolkit.validate.relaxng.comparison.alphabet import classes as character_classes
from toolkit.validate.relaxng.datatypes.library import Datatype
from toolkit.validate.relaxng.datatypes.regex import (
    NOTHING,
    Alternatives,
    Expression,
    derive,
    matches_empty,
)
from toolkit.validate.relaxng.patterns import Pattern, Value

_MOST_STATES = 3_000
_MOST_OPAQUE = 8
_MOST_LITERALS = 50


def leaves(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the alternatives of a pattern of values."""
    if pattern.operator == op.CHOICE:
        for child in pattern.children:
            yield from leaves(child)
    elif pattern.operator != op.NOT_ALLOWED:
        yield pattern


class Search:
    """Walks the automata of all regular constraints side by side."""

    def __init__(self, alternatives: Sequence[Sequence[Pattern]], tokens: bool) -> None:
        self._alternatives = alternatives
        flat = [inner for each in alternatives for leaf in each for inner in _with_exception(leaf)]
        self.literals = dict.fromkeys(_literal_texts(flat))
        self.bounds = tuple(dict.fromkeys(_bounds(flat)))
        self._domain = c.TOKEN if tokens else _domain(flat)
        self._expressions: dict[Expression, int] = {}
        self._opaque: dict[str, int] = {}
        for leaf in flat:
            for constraint in self._constraints(leaf):
                if isinstance(constraint, c.Regular):
                    self._expressions.setdefault(constraint.expression, len(self._expressions))
                else:
                    self._opaque.setdefault(constraint.name, len(self._opaque))
        # What is equal to a literal is known exactly; the search is for all other strings. Very
        # long lists are not followed: then only the strings found are kept apart from them.
        followed = () if len(self.literals) > _MOST_LITERALS else tuple(self.literals)
        self._listed = Alternatives(frozenset(map(c.literal, followed)))

    def run(self) -> tuple[list[str], set[int], bool]:
        """Return a string of each kind, the classes they may be of, and whether these are all."""
        if not self._expressions and not self._opaque:
            return [self._beside_literals("a")], {self._class(frozenset(), frozenset())}, True
        if len(self._opaque) > _MOST_OPAQUE:
            return [], set(), False
        start = (self._domain, self._listed, *self._expressions)
        letters = character_classes(start)
        reached: dict[tuple[Expression, ...], str] = {start: ""}
        kinds: dict[frozenset[int], str] = {}
        queue = [start]
        for state in queue:
            text = reached[state]
            if matches_empty(state[0]) and not matches_empty(state[1]):
                regular = frozenset(i for i, e in enumerate(state[2:]) if matches_empty(e))
                if regular not in kinds or kinds[regular] in self.literals:
                    kinds[regular] = text
            for members in letters:
                following = tuple(derive(e, members[0]) for e in state)
                if following[0] != NOTHING and following not in reached:
                    reached[following] = text + self._letter(text, members)
                    queue.append(following)
            if len(reached) > _MOST_STATES:
                return list(kinds.values()), set(), False
        possible = {
            self._class(regular, opaque) for regular in kinds for opaque in _subsets(self._opaque)
        }
        return list(kinds.values()), possible, True

    def _letter(self, before: str, members: str) -> str:
        """Return a member of the class with which the text is not one of the literals."""
        return next((m for m in members if before + m not in self.literals), members[0])

    def _beside_literals(self, text: str) -> str:
        while text in self.literals:
            text += "a"
        return text

    def _class(self, regular: frozenset[int], opaque: frozenset[str]) -> int:
        """Return the class of strings, none of the literals, that fulfil these constraints."""
        return sum(
            any(self._accepts(leaf, regular, opaque) for leaf in each) << index
            for index, each in enumerate(self._alternatives)
        )

    def _accepts(self, leaf: Pattern, regular: frozenset[int], opaque: frozenset[str]) -> bool:
        if leaf.operator == op.CHOICE:
            return any(self._accepts(child, regular, opaque) for child in leaf.children)
        if leaf.operator == op.VALUE and is_literal(leaf):
            return False
        fulfilled = all(
            self._expressions[constraint.expression] in regular
            if isinstance(constraint, c.Regular)
            else constraint.name in opaque
            for constraint in self._constraints(leaf)
        )
        excepted = leaf.operator == op.DATA and bool(leaf.children)
        return fulfilled and not (excepted and self._accepts(leaf.children[0], regular, opaque))

    def _constraints(self, leaf: Pattern) -> tuple[c.Constraint, ...]:
        payload = leaf.payload
        if isinstance(payload, Datatype):
            if c.preserves_space(payload) and self._domain is c.NORMALISED:
                return (c.Opaque(f"{payload.name} {payload.parameters}"),)
            return c.constraints(payload)
        if isinstance(payload, Value):
            return () if is_literal(leaf) else (c.Opaque(f"value {leaf.number}"),)
        return (c.Regular(c.literal("")),) if leaf.operator == op.EMPTY else ()


def is_one_token(leaf: Pattern) -> bool:
    """Tell whether all values of the pattern are one token, with white space around it or not."""
    payload = leaf.payload
    if isinstance(payload, Value):
        return c.ignores_space(payload.datatype) and len(payload.text.split()) == 1
    if not isinstance(payload, Datatype) or c.preserves_space(payload):
        return False
    asked = [each.expression for each in c.constraints(payload) if isinstance(each, c.Regular)]
    return not _is_possible((c.NORMALISED, c.NOT_A_TOKEN, *asked))


def _is_possible(expressions: tuple[Expression, ...]) -> bool:
    """Tell whether a string can match all the expressions, as far as that is soon found out."""
    letters = [members[0] for members in character_classes(expressions)]
    reached = {expressions}
    queue = [expressions]
    for state in queue:
        if all(map(matches_empty, state)) or len(reached) > _MOST_STATES:
            return True
        for letter in letters:
            following = tuple(derive(each, letter) for each in state)
            if NOTHING not in following and following not in reached:
                reached.add(following)
                queue.append(following)
    return False


def _with_exception(leaf: Pattern) -> Iterator[Pattern]:
    yield leaf
    if leaf.operator == op.DATA:
        for child in leaf.children:
            for inner in leaves(child):
                yield from _with_exception(inner)


def is_literal(leaf: Pattern) -> bool:
    """Tell whether a pattern asks for one text and nothing equal to it."""
    return isinstance(leaf.payload, Value) and c.is_textual(leaf.payload.datatype)


def _literal_texts(flat: Iterable[Pattern]) -> Iterator[str]:
    for leaf in flat:
        if isinstance(leaf.payload, Value):
            yield leaf.payload.text


def _bounds(flat: Iterable[Pattern]) -> Iterator[str]:
    for leaf in flat:
        if isinstance(leaf.payload, Datatype):
            yield from (text for facet, text in leaf.payload.parameters if facet in c.BOUNDS)


def _domain(flat: Sequence[Pattern]) -> Expression:
    """Return the strings to look at: with their white space only if all types keep it."""
    restricted = []
    for leaf in flat:
        if isinstance(leaf.payload, Datatype):
            restricted += [c.preserves_space(leaf.payload)] if c.constraints(leaf.payload) else []
        elif isinstance(leaf.payload, Value) or leaf.operator == op.EMPTY:
            restricted.append(False)
    return c.ANYTHING if restricted and all(restricted) else c.NORMALISED


def _subsets(names: Iterable[str]) -> Iterator[frozenset[str]]:
    listed = list(names)
    for bits in range(1 << len(listed)):
        yield frozenset(name for index, name in enumerate(listed) if bits >> index & 1)
