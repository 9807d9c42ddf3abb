r"""Where the patterns of a profile occur in a text.

A pattern such as ``(?<!\[)\[blank\]`` can only begin at a “[”, but ``re`` tries it at every
character, since a condition stands first. A profile has a hundred patterns, and the text of a
document holds few signs. So the text is searched for the signs, once, and a pattern is tried only
where it can begin. The matches are those of ``finditer``, empty ones left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

# The parser of ``re`` has no public name; its trees have been the same since Python 2.
from re import _constants, _parser  # type: ignore[attr-defined]
from string import digits
from typing import Any, TypeVar

from toolkit.convert.text.blocks import Block

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_CONDITIONS = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)

Rule = TypeVar("Rule")

Matches = Mapping[int, Sequence[re.Match[str]]]
"""Matches by the start of the block they stand in."""


class Occurrences:
    """The matches of patterns in the blocks of one text."""

    def __init__(self, text: str, blocks: Iterable[Block]) -> None:
        self._text = text
        self.blocks = sorted(blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self.blocks]
        self._places: dict[frozenset[str], Sequence[tuple[int, Block]]] = {}
        self._positions: dict[str, list[int]] = {}

    def of(self, pattern: re.Pattern[str]) -> Matches:
        """Return the matches of ``pattern`` in each block that has one, in order."""
        found: dict[int, list[re.Match[str]]] = {}
        for start, match in self._matches(pattern):
            found.setdefault(start, []).append(match)
        return found

    def of_rules(
        self, rules: Iterable[tuple[Rule, re.Pattern[str]]]
    ) -> Mapping[int, Sequence[tuple[Rule, re.Match[str]]]]:
        """Return the matches of the pattern of each rule by block, in the order of the rules."""
        found: dict[int, list[tuple[Rule, re.Match[str]]]] = {}
        for rule, pattern in rules:
            for start, match in self._matches(pattern):
                found.setdefault(start, []).append((rule, match))
        return found

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether ``pattern`` has a match."""
        return any(True for _ in self._matches(pattern))

    def _matches(self, pattern: re.Pattern[str]) -> Iterable[tuple[int, re.Match[str]]]:
        beginnings = beginnings_of(pattern.pattern, pattern.flags)
        if beginnings is None:
            return self._everywhere(pattern)
        places = self._places_of(beginnings)
        return self._at(pattern, places) if places else ()

    def _everywhere(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        for block in self.blocks:
            for match in pattern.finditer(self._text, block.start, block.end):
                if match.end() > match.start():
                    yield block.start, match

    def _at(
        self, pattern: re.Pattern[str], places: Iterable[tuple[int, Block]]
    ) -> Iterator[tuple[int, re.Match[str]]]:
        reached = 0
        for at, block in places:
            match = pattern.match(self._text, at, block.end) if at >= reached else None
            if match is not None:
                yield block.start, match
                reached = match.end()

    def _places_of(self, beginnings: frozenset[str]) -> Sequence[tuple[int, Block]]:
        """Return where one of the characters stands in a block, and the block."""
        places = self._places.get(beginnings)
        if places is None:
            positions = sorted(at for character in beginnings for at in self._found(character))
            places = self._places[beginnings] = [*self._in_blocks(positions)]
        return places

    def _found(self, character: str) -> list[int]:
        positions = self._positions.get(character)
        if positions is None:
            end = self.blocks[-1].end if self.blocks else 0
            positions = self._positions[character] = []
            at = self._text.find(character, self._starts[0] if self._starts else 0, end)
            while at >= 0:
                positions.append(at)
                at = self._text.find(character, at + 1, end)
        return positions

    def _in_blocks(self, positions: Iterable[int]) -> Iterator[tuple[int, Block]]:
        for at in positions:
            block = self.blocks[bisect_right(self._starts, at) - 1]
            if at < block.end:
                yield at, block


@lru_cache(maxsize=4096)
def beginnings_of(pattern: str, flags: int) -> frozenset[str] | None:
    """Return the signs with one of which every match of the pattern begins.

    None if a match can begin with a letter, a digit or white space, or with any of a range of
    characters, or if it can be empty.
    """
    characters, is_empty = _first(_parser.parse(pattern, flags))
    return None if is_empty else characters


def _first(items: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str] | None, bool]:
    """Return what a sequence of the parsed pattern begins with, and whether it can be empty."""
    characters: frozenset[str] | None = frozenset()
    for operation, argument in items:
        if operation in _CONDITIONS:
            continue
        further, is_empty = _first_of(operation, argument)
        if characters is None or further is None:
            return None, False
        characters |= further
        if not is_empty:
            return characters, False
    return characters, True


def _first_of(operation: Any, argument: Any) -> tuple[frozenset[str] | None, bool]:  # noqa: ANN401
    if operation is _constants.LITERAL:
        return _signs([argument]), False
    if operation is _constants.IN:
        literal = all(kind is _constants.LITERAL for kind, _ in argument)
        return _signs([code for _, code in argument]) if literal else None, False
    if operation is _constants.SUBPATTERN:
        return _first(argument[-1])
    if operation is _constants.ATOMIC_GROUP:
        return _first(argument)
    if operation in _REPEATS:
        characters, is_empty = _first(argument[-1])
        return characters, is_empty or argument[0] == 0
    if operation is _constants.BRANCH:
        return _any_of([_first(branch) for branch in argument[1]])
    return None, False


def _any_of(
    branches: Iterable[tuple[frozenset[str] | None, bool]],
) -> tuple[frozenset[str] | None, bool]:
    characters: frozenset[str] = frozenset()
    is_empty = False
    for further, can_be_empty in branches:
        if further is None:
            return None, False
        characters |= further
        is_empty = is_empty or can_be_empty
    return characters, is_empty


def _signs(codes: Iterable[int]) -> frozenset[str] | None:
    characters = frozenset(map(chr, codes))
    return characters if all(map(_is_sign, characters)) else None


def _is_sign(character: str) -> bool:
    """Tell whether a character is rare in running text, and the same in capitals."""
    if character.lower() != character.upper() or character in digits:
        return False
    return character == "\f" or not character.isspace()
