"""Which of several patterns a value can satisfy at once: the classes of all strings.

A class is a bit mask: bit *i* says that the pattern at index *i* accepts the string.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison import constraints as c
from toolkit.validate.relaxng.comparison.search import Search, is_one_token, leaves
from toolkit.validate.relaxng.datatypes.context import NO_CONTEXT
from toolkit.validate.relaxng.datatypes.library import normalise
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.patterns import Pattern, Value

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
            union = self._unions[pattern] = _union(leaves(pattern))
        return union.accepts(text, self._derivatives)

    def _search(self, patterns: Sequence[Pattern], tokens: bool) -> Classes:
        # Imported here since lists are made of strings, and strings may be lists.
        from toolkit.validate.relaxng.comparison.lists import list_classes

        alternatives = [list(leaves(pattern)) for pattern in patterns]
        has_lists = any(leaf.operator == op.LIST for each in alternatives for leaf in each)
        listed = {
            leaf: self._as_list(leaf) if has_lists else None
            for each in alternatives
            for leaf in each
        }
        others = [[leaf for leaf in each if listed[leaf] is None] for each in alternatives]
        search = Search(others, tokens)
        samples, possible, complete = search.run()
        if has_lists:
            lists = [[item for leaf in each if (item := listed[leaf])] for each in alternatives]
            of_lists = list_classes(lists, self, self._derivatives)
            samples += of_lists.found.values()
            complete = complete and of_lists.complete
            in_lists = {0, *of_lists.found, *of_lists.possible}
            unions = [_union(each) for each in others]
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
        return leaf if is_one_token(leaf) else None

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


def _union(alternatives: Iterable[Pattern]) -> _Union:
    texts: set[str] = set()
    others: list[Pattern] = []
    for leaf in alternatives:
        if isinstance(leaf.payload, Value) and c.ignores_space(leaf.payload.datatype):
            texts.add(leaf.payload.text)
        else:
            others.append(leaf)
    return _Union(frozenset(texts), tuple(others))


def literals(pattern: Pattern) -> list[str]:
    """Return the values that a pattern lists one by one."""
    return [leaf.payload.text for leaf in leaves(pattern) if isinstance(leaf.payload, Value)]
