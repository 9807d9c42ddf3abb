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
from dataclasses import dataclass
from functools import cached_property, lru_cache

# The parser of ``re`` has no public name; its trees have been the same since Python 2.
from re import _constants, _parser  # type: ignore[attr-defined]
from string import digits
from typing import Any, TypeVar

from toolkit.convert.text.blocks import Block

_ASCII = "".join(map(chr, range(128)))
_IN_ASCII = re.compile(r"[\x00-\x7f]+")
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_CONDITIONS = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT)

Rule = TypeVar("Rule")

Matches = Mapping[int, Sequence[re.Match[str]]]
"""Matches by the start of the block they stand in."""


class Prefilter:
    """Tells of a few words whether any of several patterns can match in them."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        signs: set[str] = set()
        self._anywhere: list[re.Pattern[str]] = []
        for pattern in patterns:
            beginning = _beginning_of(pattern.pattern, pattern.flags)
            if beginning and beginning.signs:
                signs |= beginning.signs
            else:
                self._anywhere.append(pattern)
        self._signs = frozenset(signs)

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Tell whether there may be a match between two offsets."""
        return not self._signs.isdisjoint(text[start:end]) or any(
            pattern.search(text, start, end) for pattern in self._anywhere
        )


class Occurrences:
    """The matches of patterns in the blocks of one text."""

    def __init__(self, text: str, blocks: Iterable[Block]) -> None:
        self._text = text
        self.blocks = sorted(blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self.blocks]
        self._start, self._end = (
            (self.blocks[0].start, self.blocks[-1].end) if self.blocks else (0, 0)
        )
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
        for _ in self._matches(pattern):
            return True
        return False

    def _matches(self, pattern: re.Pattern[str]) -> Iterable[tuple[int, re.Match[str]]]:
        beginning = _beginning_of(pattern.pattern, pattern.flags)
        if beginning and beginning.signs:
            places = self._places_of(beginning.signs)
            return self._at(pattern, places) if places else ()
        if beginning and beginning.beyond_ascii:
            is_there = beginning.beyond_ascii.search(self._beyond_ascii)
            return self._everywhere(pattern) if is_there else ()
        return self._everywhere(pattern)

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

    def _places_of(self, signs: frozenset[str]) -> Sequence[tuple[int, Block]]:
        """Return where one of the characters stands in a block, and the block."""
        places = self._places.get(signs)
        if places is None:
            positions = sorted(at for sign in signs for at in self._found(sign))
            places = self._places[signs] = [*self._in_blocks(positions)]
        return places

    def _found(self, sign: str) -> list[int]:
        positions = self._positions.get(sign)
        if positions is None:
            positions = self._positions[sign] = []
            at = self._text.find(sign, self._start, self._end)
            while at >= 0:
                positions.append(at)
                at = self._text.find(sign, at + 1, self._end)
        return positions

    @cached_property
    def _beyond_ascii(self) -> str:
        """The characters of the text that are not in ASCII."""
        return _IN_ASCII.sub("", self._text[self._start : self._end])

    def _in_blocks(self, positions: Iterable[int]) -> Iterator[tuple[int, Block]]:
        for at in positions:
            block = self.blocks[bisect_right(self._starts, at) - 1]
            if at < block.end:
                yield at, block


@dataclass(frozen=True)
class _Beginning:
    """The characters with one of which every match of a pattern begins: one of the two."""

    signs: frozenset[str] = frozenset()
    """Characters that are rare in running text."""
    beyond_ascii: re.Pattern[str] | None = None
    """A pattern of one character that is not in ASCII."""


@lru_cache(maxsize=4096)
def _beginning_of(pattern: str, flags: int) -> _Beginning | None:
    """Return what matches of the pattern begin with; None if it can be nearly anything."""
    ranges, is_empty = _first(_parser.parse(pattern, flags))
    if ranges is None or is_empty:
        return None
    if all(_is_sign(first) and first == last for first, last in ranges):
        return _Beginning(signs=frozenset(chr(first) for first, _ in ranges))
    members = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)
    one = re.compile(f"[{members}]", flags & re.IGNORECASE)
    return None if one.search(_ASCII) else _Beginning(beyond_ascii=one)


_Ranges = frozenset[tuple[int, int]]


def _first(items: Iterable[tuple[Any, Any]]) -> tuple[_Ranges | None, bool]:
    """Return what a sequence of the parsed pattern begins with, and whether it can be empty."""
    ranges: _Ranges = frozenset()
    for operation, argument in items:
        if operation in _CONDITIONS:
            continue
        further, is_empty = _first_of(operation, argument)
        if further is None:
            return None, False
        ranges |= further
        if not is_empty:
            return ranges, False
    return ranges, True


def _first_of(operation: Any, argument: Any) -> tuple[_Ranges | None, bool]:  # noqa: ANN401
    if operation is _constants.LITERAL:
        return frozenset({(argument, argument)}), False
    if operation is _constants.IN:
        return _members(argument), False
    if operation is _constants.SUBPATTERN:
        return _first(argument[-1])
    if operation is _constants.ATOMIC_GROUP:
        return _first(argument)
    if operation in _REPEATS:
        ranges, is_empty = _first(argument[-1])
        return ranges, is_empty or argument[0] == 0
    if operation is _constants.BRANCH:
        branches = [_first(branch) for branch in argument[1]]
        known = [ranges for ranges, _ in branches if ranges is not None]
        is_known = len(known) == len(branches)
        return frozenset().union(*known) if is_known else None, any(empty for _, empty in branches)
    return None, False


def _members(items: Iterable[tuple[Any, Any]]) -> _Ranges | None:
    """Return the characters of a set; None if it is negated or names a class, as of letters."""
    ranges: set[tuple[int, int]] = set()
    for operation, argument in items:
        if operation is _constants.LITERAL:
            ranges.add((argument, argument))
        elif operation is _constants.RANGE:
            ranges.add(argument)
        else:
            return None
    return frozenset(ranges)


def _is_sign(code: int) -> bool:
    """Tell whether a character is rare in running text, and the same in capitals."""
    character = chr(code)
    if character.lower() != character.upper() or character in digits:
        return False
    return character == "\f" or not character.isspace()
