r"""What the matches of a pattern can begin with.

A pattern such as ``(?<!\[)\[blank\]`` can only begin at a “[” before a “b”, but ``re`` tries it
at every character, since a condition stands first. A profile has hundreds of patterns, and the
text of a document holds few signs, and few words that can begin a date. So a pattern is tried only
where its first two characters stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# The parser of ``re`` has no public name; its trees have been the same since Python 2.
from re import _constants, _parser  # type: ignore[attr-defined]
from string import ascii_letters, digits
from typing import Any

_FREQUENT = f"{ascii_letters}{digits} \t\r\n"
_LETTERS = "éßœжїωאعक中あア가ก"
"""Letters of many scripts, which are frequent in the texts of their languages."""
_WIDTH = 2
_MOST = 200
"""A pattern with more beginnings than these is taken to begin with anything."""

_LETTER_OF_FLAG = {re.IGNORECASE: "i", re.DOTALL: "s", re.ASCII: "a"}
_SCOPED = re.IGNORECASE | re.DOTALL | re.ASCII

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_CONDITIONS = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)
_CATEGORIES = {
    _constants.CATEGORY_DIGIT: r"\d",
    _constants.CATEGORY_NOT_DIGIT: r"\D",
    _constants.CATEGORY_SPACE: r"\s",
    _constants.CATEGORY_NOT_SPACE: r"\S",
    _constants.CATEGORY_WORD: r"\w",
    _constants.CATEGORY_NOT_WORD: r"\W",
}

_Lead = tuple[str, ...]
"""The first characters of a match, each as a pattern of one character; an empty match has none."""

_ANYTHING = "(?s:.)"
_UNKNOWN: frozenset[_Lead] = frozenset({(), (_ANYTHING,), (_ANYTHING,) * _WIDTH})


@dataclass(frozen=True, eq=False)
class Beginning:
    """The first characters of the matches of a pattern, none of which is empty."""

    leads: frozenset[_Lead]
    signs: frozenset[str]
    """If all first characters are rare in running text, patterns of these characters."""
    beyond_ascii: re.Pattern[str] | None
    """If all first characters are letters that are not in ASCII, a pattern of them."""

    def may_be(self, two: str) -> bool:
        """Tell whether a match may begin with these two characters; one, at the end of a text."""
        return any(may_lead(lead, two) for lead in self.leads)


def may_lead(lead: tuple[str, ...], two: str) -> bool:
    """Tell whether the patterns of the first characters of a match fit these characters."""
    return len(lead) <= len(two) and all(map(_is_one_of, lead, two))


def may_begin(pattern: re.Pattern[str], two: str) -> bool:
    """Tell whether a match of a pattern may begin where these two characters stand."""
    beginning = beginning_of(pattern)
    return beginning is None or beginning.may_be(two)


def beginning_of(pattern: re.Pattern[str]) -> Beginning | None:
    """Return what the matches of a pattern begin with; None if one can be empty."""
    return beginning_of_expression(pattern.pattern, pattern.flags)


@lru_cache(maxsize=4096)
def beginning_of_expression(pattern: str, flags: int) -> Beginning | None:
    """Return what the matches of an expression, not compiled yet, begin with."""
    leads = frozenset(_sequence(_parser.parse(pattern, flags), flags & _SCOPED))
    if () in leads:
        return None
    first = frozenset(lead[0] for lead in leads)
    if any(_is_one_of(one, character) for one in first for character in _FREQUENT):
        return Beginning(leads, frozenset(), None)
    if any(_is_one_of(one, character) for one in first for character in _LETTERS):
        return Beginning(leads, frozenset(), re.compile("|".join(sorted(first))))
    return Beginning(leads, first, None)


@lru_cache(maxsize=16384)
def _is_one_of(pattern: str, character: str) -> bool:
    return _compiled(pattern).match(character) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _sequence(items: Iterable[tuple[Any, Any]], flags: int) -> set[_Lead]:
    """Return the beginnings of a sequence in the parsed pattern."""
    leads: set[_Lead] = {()}
    for operation, argument in items:
        if operation in _CONDITIONS:
            continue
        if all(len(lead) == _WIDTH for lead in leads):
            break
        leads = _followed(leads, _item(operation, argument, flags))
    return leads


def _followed(leads: set[_Lead], further: set[_Lead]) -> set[_Lead]:
    joined = {(lead + each)[:_WIDTH] for lead in leads for each in further}
    if len(joined) > _MOST:
        return {lead if len(lead) < _WIDTH else (lead[0], _ANYTHING) for lead in joined}
    return joined


def _item(operation: Any, argument: Any, flags: int) -> set[_Lead]:  # noqa: ANN401
    if operation in _REPEATS:
        fewest, most, inside = argument
        leads = _sequence(inside, flags)
        again = _followed(leads, leads) if most > 1 else set()
        return leads | again | ({()} if fewest == 0 else set())
    if operation is _constants.SUBPATTERN:
        _, added, taken, inside = argument
        return _sequence(inside, (flags | added) & ~taken & _SCOPED)
    if operation is _constants.ATOMIC_GROUP:
        return _sequence(argument, flags)
    if operation is _constants.BRANCH:
        return {lead for branch in argument[1] for lead in _sequence(branch, flags)}
    one = _character(operation, argument)
    return {(_flagged(one, flags),)} if one else set(_UNKNOWN)


def _flagged(one: str, flags: int) -> str:
    """Return a pattern of one character with the flags that make a difference to it."""
    if one.lower() == one.upper() and "-" not in one:  # no letters, no range
        flags &= ~re.IGNORECASE
    letters = "".join(letter for flag, letter in _LETTER_OF_FLAG.items() if flags & flag)
    return f"(?{letters}:{one})" if letters else one


def _character(operation: Any, argument: Any) -> str:  # noqa: ANN401
    """Return a pattern of what matches one character; nothing for what is no character."""
    if operation is _constants.LITERAL:
        return re.escape(chr(argument))
    if operation is _constants.NOT_LITERAL:
        return f"[^{re.escape(chr(argument))}]"
    if operation is _constants.ANY:
        return "."
    if operation is _constants.IN:
        return f"[{''.join(_member(*member) for member in argument)}]"
    return ""


def _member(operation: Any, argument: Any) -> str:  # noqa: ANN401
    if operation is _constants.NEGATE:
        return "^"
    if operation is _constants.CATEGORY:
        return _CATEGORIES[argument]
    if operation is _constants.RANGE:
        return "-".join(re.escape(chr(end)) for end in argument)
    return re.escape(chr(argument))
