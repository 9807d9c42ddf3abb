"""What words beside a date make of it: “since 1919”, “before 1914”, “about 1870”, “1914 onwards”.

The words are data of each language's grammar (``surroundings``). They belong to the expression: TEI
has attributes for what they say (att.datable.w3c, att.dimensions).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toolkit.dates.parts import with_spaces

APPROXIMATE = "approximate"
BOUNDS = ("from", "to", "notBefore", "notAfter")
_REACH = 64
_GROUPS = {name: name.lower() for name in (*BOUNDS, APPROXIMATE)}


@dataclass(frozen=True)
class Surrounded:
    """A date with the words beside it that belong to it."""

    start: int
    end: int
    bound: str = ""
    """Which of ``BOUNDS`` the date is, if it is one end of a time."""
    is_approximate: bool = False


class Surroundings:
    """The words of a language that may stand before and behind a date.

    ``before`` and ``behind`` are, for each bound and for what is approximate, expressions;
    ``between`` stands between these words and the date (“the year”), ``articles`` only if it is
    more than a year: “by the 1949 act” has none; what comes after ``since`` lies behind. Behind
    ``unless``, as in “two days after 3 May”, the words say something else.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._before: Mapping[str, list[str]] = data.get("before", {})
        self._behind: Mapping[str, list[str]] = data.get("behind", {})
        self._between: list[str] = data.get("between", [])
        self._articles: list[str] = data.get("articles", [])
        self._unless: list[str] = data.get("unless", [])
        self._since: list[str] = data.get("since", [])

    @property
    def cue(self) -> str:
        """An expression of all that may stand before a year."""
        words = [word for words in self._before.values() for word in words]
        between = f"(?:\\s+(?:{_either(self._between)}))*" if self._between else ""
        return f"(?:{_either(words)}){between}" if words else r"(?!)"

    def is_since(self, text: str, start: int) -> bool:
        """Tell whether words before a date say that it lies behind (“since Monday”)."""
        if not self._since:
            return False
        return self._pattern_since.search(text, max(0, start - _REACH), start) is not None

    @cached_property
    def _pattern_since(self) -> re.Pattern[str]:
        between = [*self._between, *self._articles]
        beside = f"(?:(?:{_either(between)})\\s+)*" if between else ""
        return re.compile(rf"(?<!\w)(?:{_either(self._since)})\s+{beside}\Z")

    def of(
        self, text: str, start: int, end: int, first: int, *, may_be_bound: bool, is_year: bool
    ) -> Surrounded:
        """Return a date with what belongs to it.

        Args:
            text: The text of the date, which stands from ``start`` up to ``end``.
            start: Where the date begins.
            end: Where it ends.
            first: Where the words before it may begin.
            may_be_bound: Whether it may be one end of a time; else only what is approximate counts.
            is_year: Whether it is a year and nothing more, before which no article stands.
        """
        found = Surrounded(start, end)
        if not self._before and not self._behind:
            return found
        before = self._before_year if is_year else self._before_day
        for _ in range(2):  # “since about 1919”
            is_open = may_be_bound and not found.bound
            found = self._further(text, found, first, before, is_open)
        return found

    def _further(
        self, text: str, found: Surrounded, first: int, words: re.Pattern[str], may_be_bound: bool
    ) -> Surrounded:
        before = words.search(text, max(first, found.start - _REACH), found.start)
        if before is not None and not self._pattern_unless.search(
            text, max(0, before.start() - _REACH), before.start()
        ):
            made = _made(found, before, may_be_bound)
            if made is not None:
                return made
        behind = self._pattern_behind.match(text, found.end)
        return found if behind is None else _made(found, behind, may_be_bound) or found

    @cached_property
    def _before_year(self) -> re.Pattern[str]:
        return self._words_before(self._between)

    @cached_property
    def _before_day(self) -> re.Pattern[str]:
        return self._words_before([*self._between, *self._articles])

    def _words_before(self, words: list[str]) -> re.Pattern[str]:
        between = f"(?:(?:{_either(words)})\\s+)*" if words else ""
        return re.compile(rf"(?<!\w)(?:{_named(self._before)})(?:\s+|(?<=[.'’])){between}\Z")

    @cached_property
    def _pattern_behind(self) -> re.Pattern[str]:
        return re.compile(rf",?\s*(?:{_named(self._behind)})(?!\w)")

    @cached_property
    def _pattern_unless(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_either(self._unless)})\s+\Z" if self._unless else r"(?!)")


def _made(found: Surrounded, words: re.Match[str], may_be_bound: bool) -> Surrounded | None:
    """Return what the words make of a date; None if it cannot be that."""
    name = next(name for name, group in _GROUPS.items() if words[group] is not None)
    start, end = min(found.start, words.start()), max(found.end, words.end())
    if name == APPROXIMATE:  # also “about 1930 or so”
        return Surrounded(start, end, found.bound, is_approximate=True)
    return Surrounded(start, end, name, found.is_approximate) if may_be_bound else None


def _named(words: Mapping[str, list[str]]) -> str:
    groups = [f"(?P<{group}>{_either(words.get(name, []))})" for name, group in _GROUPS.items()]
    return "|".join(groups)


def _either(words: list[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(with_spaces, longest_first)) or r"(?!)"
