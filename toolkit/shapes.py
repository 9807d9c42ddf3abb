r"""What the matches of a pattern look like.

The shape of a text has one sign for each run of digits (``0``), of letters (``a``) and of white
space, and each other character as it is: “18. Juni 1959” is ``0. a 0``. A pattern such as
``\d{1,2}\.\s?(?:Juni|Juli)`` matches only where the text goes on as ``0.a`` or ``0. a``. To see
that is quicker than to try patterns of the same beginning one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# The names in trees of ``re`` are not public; they have been the same since Python 2.
from re import _constants  # type: ignore[attr-defined]
from typing import Any

from toolkit.contained import tree_of

DEPTH = 6
"""So many signs of a shape are told."""
ANYTHING = "\0"
"""Stands at the end of a shape that may go on in any way."""
_DIGITS, _LETTERS, _SPACE = "0", "a", " "
_ONE_FOR_ALL = frozenset({_DIGITS, _LETTERS, _SPACE})
_RUN = re.compile(r"\d+|[^\W\d]+|\s+|[^\w\s]")
_RUNS = re.compile(rf"(?:{_RUN.pattern}){{1,{DEPTH}}}")
_MOST = 256
_MOST_TIMES = 2 * DEPTH
_LONGEST_RANGE = 128
_AHEAD = 1
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_CONDITIONS = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)
_CATEGORIES = {
    _constants.CATEGORY_DIGIT: (_DIGITS,),
    _constants.CATEGORY_SPACE: (_SPACE,),
    _constants.CATEGORY_WORD: (_DIGITS, _LETTERS),
}

Shapes = frozenset[str]
Named = Callable[[str], Shapes | None]
_EMPTY: Shapes = frozenset({""})
UNKNOWN: Shapes = frozenset({ANYTHING})


class _Kinds(dict[str, str]):
    """The sign for each character, as far as asked for."""

    def __missing__(self, character: str) -> str:
        if re.match(r"\d", character):
            kind = _DIGITS
        elif re.match(r"\w", character):
            kind = _LETTERS
        else:
            kind = _SPACE if re.match(r"\s", character) else character
        self[character] = kind
        return kind


_KINDS = _Kinds()


def shape_at(text: str, at: int) -> str:
    """Return the shape of a text from a place on, as far as shapes are told."""
    runs = _RUNS.match(text, at)
    return shape_of(runs[0]) if runs else ""


def shape_of(text: str) -> str:
    """Return the shape of a whole text."""
    return "".join([_KINDS[run[0]] for run in _RUN.findall(text)])


def shapes_of(expression: str, named: Named) -> Shapes:
    """Return shapes: with one of them begins the shape of a text that begins with a match.

    ``named`` gives, for characters that stand for some other pattern, the shapes of this pattern,
    and None for others.
    """
    shapes = _sequence(tree_of(expression), named, is_last=True)
    return frozenset(shape.removesuffix(ANYTHING) for shape in shapes)


def _sequence(items: Iterable[tuple[Any, Any]], named: Named, *, is_last: bool) -> Shapes:
    """Return the shapes of parts that follow each other; ``is_last`` if nothing follows them."""
    shapes, every = _EMPTY, list(items)
    for number, (operation, argument) in enumerate(every, 1):
        ends = is_last and number == len(every)
        if operation not in _CONDITIONS:
            shapes = joined(shapes, _item(operation, argument, named, is_last=ends))
        elif ends and operation is _constants.ASSERT and argument[0] == _AHEAD:
            behind = _sequence(argument[1], named, is_last=True)
            shapes = joined(shapes, joined(behind, UNKNOWN))
    return shapes


def _item(
    operation: Any,  # noqa: ANN401
    argument: Any,  # noqa: ANN401
    named: Named,
    *,
    is_last: bool,
) -> Shapes:
    if operation is _constants.LITERAL:
        character = chr(argument)
        shapes = named(character)
        return frozenset({_KINDS[character]}) if shapes is None else shapes
    if operation is _constants.IN:
        return _one_of(argument, named)
    if operation is _constants.SUBPATTERN:
        return _sequence(argument[3], named, is_last=is_last)
    if operation is _constants.ATOMIC_GROUP:
        return _sequence(argument, named, is_last=is_last)
    if operation is _constants.BRANCH:
        found = (_sequence(branch, named, is_last=is_last) for branch in argument[1])
        return frozenset[str]().union(*found)
    if operation in _REPEATS:
        fewest, most, inside = argument
        return _repeated(_sequence(inside, named, is_last=False), fewest, most)
    return UNKNOWN


def _one_of(members: Iterable[tuple[Any, Any]], named: Named) -> Shapes:
    found: set[str] = set()
    for operation, argument in members:
        if operation is _constants.LITERAL:
            found |= _item(operation, argument, named, is_last=False)
        elif operation is _constants.RANGE and argument[1] - argument[0] < _LONGEST_RANGE:
            found.update(_KINDS[chr(code)] for code in range(argument[0], argument[1] + 1))
        elif operation is _constants.CATEGORY and argument in _CATEGORIES:
            found.update(_CATEGORIES[argument])
        else:
            return UNKNOWN
    return frozenset(found)


def _repeated(once: Shapes, fewest: int, most: int) -> Shapes:
    found, some, before = frozenset[str](), _EMPTY, frozenset[str]()
    times = 0
    # After some times more of it no more can be told.
    while some != before:
        if times > _MOST_TIMES:
            return UNKNOWN
        found = found | some if times >= fewest else found
        if times == most:
            return found
        before, some = some, joined(some, once)
        times += 1
    return found | some


def joined(ones: Shapes, others: Shapes) -> Shapes:
    """Return the shapes of texts of which the one part has one of the ``ones``."""
    found = {_joined(one, other) for one in ones for other in others}
    depth = DEPTH
    while len(found) > _MOST:
        depth -= 1
        found = {shape if len(shape) <= depth else shape[:depth] + ANYTHING for shape in found}
    return frozenset(found)


def _joined(one: str, other: str) -> str:
    if len(one) >= DEPTH or one.endswith(ANYTHING):
        return one
    is_one_run = one[-1:] == other[:1] and one[-1:] in _ONE_FOR_ALL
    return (one + (other[1:] if is_one_run else other))[:DEPTH]
