"""Which of several patterns a value can satisfy at once: the classes of all strings.

A class is a bit mask: bit *i* says that the pattern at index *i* accepts the string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison import constraints as c
from toolkit.validate.relaxng.comparison.alphabet import classes as character_classes
from toolkit.validate.relaxng.datatypes.context import NO_CONTEXT
from toolkit.validate.relaxng.datatypes.library import Datatype, normalise
from toolkit.validate.relaxng.datatypes.regex import (
    NOTHING,
    Alternatives,
    Expression,
    derive,
    matches_empty,
)
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.patterns import Pattern, Value

_MOST_STATES = 3_000
_MOST_OPAQUE = 8
_MOST_LITERALS = 50
_WORDS = ("", "a", "1", "A", "0", "a b", "1 2", "é", "a.b", "?", "%")
_NUMBERS = ("-1", "1.5", "1e3", "255", "40000", "3000000000", "-200")
_NAMES = ("true", "en", "a:b", "http://a/b", "#a", "AA==", "0A")
_DATES = ("2000", "2000-01", "2000-01-01", "2000-01-01T00:00:00", "--01", "--01-01", "---01")
_TIMES = ("00:00:00", "P1D", "P1Y")
SAMPLES = (*_WORDS, *_NUMBERS, *_NAMES, *_DATES, *_TIMES)
"""Values to try where nothing exact is known: at least one for each type."""


class Classes(NamedTuple):
    """The classes of strings that there are.

    Attributes:
        found: each class of which a string is known, with that string.
        possible: further classes of which it is not known whether there is a string in them.
        complete: whether there are no others; if not, nothing is known of these.
    """

    found: dict[int, str]
    possible: frozenset[int] = frozenset()
    complete: bool = True


class StringClasses:
    """Finds the classes for patterns of one grammar; remembers them."""

    def __init__(self, derivatives: Derivatives) -> None:
        self._derivatives = derivatives
        self._known: dict[tuple[object, ...], Classes] = {}
        self._unions: dict[Pattern, _Union] = {}

    def of(self, patterns: Sequence[Pattern], *, tokens: bool = False) -> Classes:
        """Return the classes of the strings, or of the strings without white space (``tokens``).

        The patterns are values: data, value, list, text, empty and choices of them.
        """
        key = (*patterns, tokens)
        if key not in self._known:
            self._known[key] = self._search(patterns, tokens)
        return self._known[key]

    def mask(self, patterns: Sequence[Pattern], text: str) -> int:
        """Return the class of a string."""
        return sum(self._accepts(p, text) << index for index, p in enumerate(patterns))

    def _accepts(self, pattern: Pattern, text: str) -> bool:
        union = self._unions.get(pattern)
        if union is None:
            union = self._unions[pattern] = _union(_leaves(pattern))
        return union.accepts(text, self._derivatives)

    def _search(self, patterns: Sequence[Pattern], tokens: bool) -> Classes:
        # Imported here since lists are made of strings, and strings may be lists.
        from toolkit.validate.relaxng.comparison.lists import list_classes

        leaves = [list(_leaves(pattern)) for pattern in patterns]
        has_lists = any(leaf.operator == op.LIST for each in leaves for leaf in each)
        listed = {
            leaf: self._as_list(leaf) if has_lists else None for each in leaves for leaf in each
        }
        others = [[leaf for leaf in each if listed[leaf] is None] for each in leaves]
        search = _Search(others, tokens)
        samples, possible, complete = search.run()
        if has_lists:
            lists = [[item for leaf in each if (item := listed[leaf])] for each in leaves]
            of_lists = list_classes(lists, self, self._derivatives)
            samples += of_lists.found.values()
            complete = complete and of_lists.complete
            in_lists = {0, *of_lists.found, *of_lists.possible}
            unions = [_union(leaves) for leaves in others]
            of_literals = (self._mask_of(unions, text) for text in search.literals)
            of_others = {*possible, *of_literals}
            possible = {one | other for one in in_lists for other in of_others}
        found: dict[int, str] = {}
        known = (*samples, *search.literals, *search.bounds)
        for text in (*known, *SAMPLES, *(f" {text} " for text in known)):
            if not tokens or (text and not any(space in text for space in " \t\r\n")):
                found.setdefault(self.mask(patterns, text), text)
        return Classes(found, frozenset(possible - set(found)), complete)

    def _as_list(self, leaf: Pattern) -> Pattern | None:
        """Return the tokens that a value consists of; None if it cannot be taken for a list."""
        if leaf.operator == op.LIST:
            return leaf.children[0]
        return leaf if _is_one_token(leaf) else None

    def _mask_of(self, unions: Sequence[_Union], text: str) -> int:
        return sum(u.accepts(text, self._derivatives) << index for index, u in enumerate(unions))


class _Union(NamedTuple):
    """Alternatives for a value: texts, which may be many, and other patterns."""

    texts: frozenset[str]
    others: tuple[Pattern, ...]

    def accepts(self, text: str, derivatives: Derivatives) -> bool:
        if self.texts and normalise(text, "collapse") in self.texts:
            return True
        return any(derivatives.matches(other, text, NO_CONTEXT) for other in self.others)


def _union(leaves: Iterable[Pattern]) -> _Union:
    texts: set[str] = set()
    others: list[Pattern] = []
    for leaf in leaves:
        if isinstance(leaf.payload, Value) and c.ignores_space(leaf.payload.datatype):
            texts.add(leaf.payload.text)
        else:
            others.append(leaf)
    return _Union(frozenset(texts), tuple(others))


def _leaves(pattern: Pattern) -> Iterator[Pattern]:
    if pattern.operator == op.CHOICE:
        for child in pattern.children:
            yield from _leaves(child)
    elif pattern.operator != op.NOT_ALLOWED:
        yield pattern


def literals(pattern: Pattern) -> list[str]:
    """Return the values that a pattern lists one by one."""
    return [leaf.payload.text for leaf in _leaves(pattern) if isinstance(leaf.payload, Value)]


class _Search:
    """Walks the automata of all regular constraints side by side."""

    def __init__(self, leaves: Sequence[Sequence[Pattern]], tokens: bool) -> None:
        self._leaves = leaves
        flat = [inner for each in leaves for leaf in each for inner in _with_exception(leaf)]
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
            for index, each in enumerate(self._leaves)
        )

    def _accepts(self, leaf: Pattern, regular: frozenset[int], opaque: frozenset[str]) -> bool:
        if leaf.operator == op.CHOICE:
            return any(self._accepts(child, regular, opaque) for child in leaf.children)
        if leaf.operator == op.VALUE and _is_literal(leaf):
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
            return () if _is_literal(leaf) else (c.Opaque(f"value {leaf.number}"),)
        return (c.Regular(c.literal("")),) if leaf.operator == op.EMPTY else ()


def _is_one_token(leaf: Pattern) -> bool:
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
            for inner in _leaves(child):
                yield from _with_exception(inner)


def _is_literal(leaf: Pattern) -> bool:
    return isinstance(leaf.payload, Value) and c.is_textual(leaf.payload.datatype)


def _literal_texts(leaves: Iterable[Pattern]) -> Iterator[str]:
    for leaf in leaves:
        if isinstance(leaf.payload, Value):
            yield leaf.payload.text


def _bounds(leaves: Iterable[Pattern]) -> Iterator[str]:
    for leaf in leaves:
        if isinstance(leaf.payload, Datatype):
            yield from (text for facet, text in leaf.payload.parameters if facet in c.BOUNDS)


def _domain(leaves: Sequence[Pattern]) -> Expression:
    """Return the strings to look at: with their white space only if all types keep it."""
    restricted = []
    for leaf in leaves:
        if isinstance(leaf.payload, Datatype):
            restricted += [c.preserves_space(leaf.payload)] if c.constraints(leaf.payload) else []
        elif isinstance(leaf.payload, Value) or leaf.operator == op.EMPTY:
            restricted.append(False)
    return c.ANYTHING if restricted and all(restricted) else c.NORMALISED


def _subsets(names: Iterable[str]) -> Iterator[frozenset[str]]:
    listed = list(names)
    for bits in range(1 << len(listed)):
        yield frozenset(name for index, name in enumerate(listed) if bits >> index & 1)
