"""The texts of a document as one: which of them have something is told in one passage over all.

Most texts have none of what is looked for, and a document has thousands of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from toolkit.annotate.flows import BARRIER


class Joined:
    """Texts with a barrier after each, over which no name or date reaches."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = BARRIER.join((*texts, ""))
        self._starts = [0, *accumulate(len(text) + len(BARRIER) for text in texts)]

    def numbers_of(self, places: Iterable[int]) -> frozenset[int]:
        """Return the numbers of the texts in which these places are."""
        return frozenset(bisect_right(self._starts, place) - 1 for place in places)

    def numbers_with(self, *patterns: re.Pattern[str]) -> frozenset[int]:
        """Return the numbers of the texts in which one of the patterns matches."""
        found = (match.start() for each in patterns for match in each.finditer(self.text))
        return self.numbers_of(found)

    def numbers_having(self, words: Collection[str]) -> frozenset[int]:
        """Return the numbers of the texts in which one of the words stands, if within another."""
        if not words:
            return frozenset()
        found = AhoCorasick(sorted(words)).find_matches_as_indexes(self.text)
        return self.numbers_of(start for _, start, _ in found)

    @cached_property
    def words(self) -> str:
        """What stands between white space, each once: a text has most of its words often."""
        return " ".join(set(self.text.replace(BARRIER, " ").split()))
