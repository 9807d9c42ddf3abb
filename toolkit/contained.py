r"""What every match of a pattern has in it.

A pattern such as ``(?:1\d|20)\d\d`` or ``heute?(?: früh)?`` matches nothing where there is none of
“100” to “209”, or no “heut”. All such signs of many patterns are found in one passage over a text,
and mostly there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

# The parser of ``re`` has no public name; its trees have been the same since Python 2.
from re import _constants, _parser  # type: ignore[attr-defined]
from string import digits
from typing import Any, NamedTuple

_MOST = 128
_TWICE = 2
_RARE = 4
"""A digit is as rare in a text as so many letters."""
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_CONDITIONS = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)

_Words = frozenset[str]
_EMPTY: _Words = frozenset({""})
_NONE: _Words = frozenset()


class _Known(NamedTuple):
    """What is known of a part of a pattern: all it can match, if that is little, and its signs."""

    matches: _Words | None
    signs: _Words


_NOTHING_KNOWN = _Known(None, _NONE)


def signs_of(expression: str, named: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return words in small letters, one of which is in each match; none if they are not known.

    ``named`` gives, for characters that stand for some other pattern, the signs of this pattern.
    """
    return _sequence(tree_of(expression), named).signs


@lru_cache(maxsize=512)
def tree_of(expression: str) -> Iterable[tuple[Any, Any]]:
    """Return a pattern as ``re`` reads it; what is asked of one pattern is mostly asked at once."""
    tree: Iterable[tuple[Any, Any]] = _parser.parse(expression, 0)
    return tree


def _sequence(items: Iterable[tuple[Any, Any]], named: Mapping[str, _Words]) -> _Known:
    """Return what is known of parts that follow each other."""
    ending, best, is_all = _EMPTY, _NONE, True
    for operation, argument in items:
        if operation in _CONDITIONS:
            continue
        matches, signs = _item(operation, argument, named)
        if matches is not None and len(ending) * len(matches) <= _MOST:
            ending = _joined(ending, matches)
        else:
            best, is_all = max(best, ending, signs, key=_worth), False
            ending = _EMPTY if matches is None else _shortened(matches)
    return _Known(ending if is_all else None, max(best, ending, key=_worth))


def _item(operation: Any, argument: Any, named: Mapping[str, _Words]) -> _Known:  # noqa: ANN401
    if operation is _constants.LITERAL:
        character = chr(argument)
        if character in named:
            return _Known(None, named[character])
        return _exactly({character.lower()})
    if operation is _constants.IN:
        return _one_of(argument, named)
    if operation is _constants.SUBPATTERN:
        return _sequence(argument[3], named)
    if operation is _constants.BRANCH:
        return _either([_sequence(branch, named) for branch in argument[1]])
    if operation in _REPEATS:
        fewest, most, inside = argument
        return _repeated(_sequence(inside, named), fewest, most)
    return _NOTHING_KNOWN


def _exactly(words: Iterable[str]) -> _Known:
    found = frozenset(words)
    return _Known(found, found)


def _one_of(members: Iterable[tuple[Any, Any]], named: Mapping[str, _Words]) -> _Known:
    members = list(members)
    characters: set[str] = set()
    if any(operation is _constants.LITERAL and chr(code) in named for operation, code in members):
        # Patterns of which one stands for another are read as one set of characters.
        return _either([_item(operation, argument, named) for operation, argument in members])
    for operation, argument in members:
        if operation is _constants.LITERAL:
            characters.add(chr(argument).lower())
        elif operation is _constants.RANGE and argument[1] - argument[0] < _MOST:
            characters.update(chr(code).lower() for code in range(argument[0], argument[1] + 1))
        elif (operation, argument) == (_constants.CATEGORY, _constants.CATEGORY_DIGIT):
            characters.update(digits)
        else:
            return _NOTHING_KNOWN
    return _exactly(characters)


def _either(branches: list[_Known]) -> _Known:
    signs = [branch.signs for branch in branches]
    every = frozenset[str]().union(*signs) if all(signs) else _NONE
    matches = [branch.matches for branch in branches]
    known = [each for each in matches if each is not None]
    return _Known(_NONE.union(*known) if len(known) == len(matches) else None, every)


def _repeated(once: _Known, fewest: int, most: int) -> _Known:
    if once.matches is None or most > _TWICE or len(once.matches) ** most > _MOST:
        return _Known(None, once.signs if fewest else _NONE)
    ways = [_EMPTY, once.matches, _joined(once.matches, once.matches)][fewest : most + 1]
    matches = _NONE.union(*ways)
    return _Known(matches, matches)


def _joined(ones: _Words, others: _Words) -> _Words:
    return frozenset(one + other for one in ones for other in others)


def _shortened(words: _Words) -> _Words:
    """Return the last characters of words, if these are too many."""
    return words if len(words) <= _MOST else frozenset(word[-1:] for word in words)


@lru_cache(maxsize=4096)
def _worth(signs: _Words) -> tuple[int, int]:
    """Return how seldom texts have one of the signs, as far as can be guessed."""
    if not signs:
        return 0, 0
    shortest = min(sorted(signs), key=len)
    return len(shortest) * (_RARE if shortest[:1].isdigit() else 1), -len(signs)
