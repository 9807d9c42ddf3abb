"""Where the patterns of a profile occur in a text.

The text is searched for the signs of all patterns at once, and a pattern is tried only where it
can begin. The matches are those of ``finditer``, empty ones left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from toolkit.beginnings import beginning_of
from toolkit.convert.text.blocks import Block

_IN_ASCII = re.compile(r"[\x00-\x7f]+")
_MOST_BEGINNINGS = 4096

Key = TypeVar("Key")

Matches = Mapping[int, Sequence[re.Match[str]]]
"""Matches by the start of the block they stand in."""


class Patterns(Generic[Key]):
    """Patterns with what each is known by, and what they begin with."""

    def __init__(self, patterns: Iterable[tuple[Key, re.Pattern[str]]]) -> None:
        self.known = list(patterns)
        beginnings = [beginning_of(pattern) for _, pattern in self.known]
        self._signed = [
            (number, each) for number, each in enumerate(beginnings) if each and each.signs
        ]
        signs = {sign for _, each in self._signed for sign in each.signs}
        self._signs = re.compile("|".join(sorted(signs))) if signs else None
        self._others = [
            (number, each) for number, each in enumerate(beginnings) if not (each and each.signs)
        ]
        self._tried: dict[str, tuple[tuple[int, re.Pattern[str]], ...]] = {}

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Tell whether there may be a match between two offsets."""
        if self._signs and self._signs.search(text, start, end):
            return True
        return any(self.known[number][1].search(text, start, end) for number, _ in self._others)

    def matches(self, text: str, blocks: Sequence[Block]) -> Iterator[tuple[Key, Matches]]:
        """Yield what each pattern that occurs is known by, and its matches, in the given order."""
        found: dict[int, dict[int, list[re.Match[str]]]] = {}
        if self._signs and blocks:
            self._search_at(self._signs, text, blocks, found)
        for number in self._worth_a_search(text, blocks):
            pattern = self.known[number][1]
            for block in blocks:
                for match in pattern.finditer(text, block.start, block.end):
                    if match.end() > match.start():
                        found.setdefault(number, {}).setdefault(block.start, []).append(match)
        for number in sorted(found):
            yield self.known[number][0], found[number]

    def _worth_a_search(self, text: str, blocks: Sequence[Block]) -> Iterator[int]:
        """Yield the patterns that can begin anywhere, but not those of letters not used here."""
        whole = text[blocks[0].start : blocks[-1].end] if blocks else ""
        beyond_ascii = "" if whole.isascii() else _IN_ASCII.sub("", whole)
        for number, beginning in self._others:
            letters = beginning.beyond_ascii if beginning else None
            if letters is None or letters.search(beyond_ascii):
                yield number

    def _search_at(
        self,
        signs: re.Pattern[str],
        text: str,
        blocks: Sequence[Block],
        found: dict[int, dict[int, list[re.Match[str]]]],
    ) -> None:
        following = iter(blocks)
        block = next(following)
        upcoming = next(following, None)
        for sign in signs.finditer(text, block.start, blocks[-1].end):
            at = sign.start()
            while upcoming is not None and upcoming.start <= at:
                block, upcoming = upcoming, next(following, None)
            if at >= block.end:
                continue
            two = text[at : at + 2]
            tried = self._tried.get(two)
            for number, pattern in self._beginning_with(two) if tried is None else tried:
                match = pattern.match(text, at, block.end)
                if match is not None:
                    before = found.setdefault(number, {}).setdefault(block.start, [])
                    if not before or before[-1].end() <= at:
                        before.append(match)

    def _beginning_with(self, two: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
        if len(self._tried) >= _MOST_BEGINNINGS:
            self._tried.clear()
        self._tried[two] = found = tuple(
            (number, self.known[number][1]) for number, each in self._signed if each.may_be(two)
        )
        return found
