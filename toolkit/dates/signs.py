"""Which of many texts may hold dates: most hold none, which one passage over all of them tells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from toolkit.dates.calendars import calendars
from toolkit.dates.grammar import grammars_for, grammars_of_scripts
from toolkit.dates.times import signals_of_times
from toolkit.expressions import expression

_BORDER = "\n\ufffc\n"
_OTHER_DIGIT = expression(r"[^\D0-9]")


class Signs(NamedTuple):
    """The numbers of the texts that may hold ``dates``, and ``times`` of the day."""

    dates: frozenset[int]
    times: frozenset[int]


def signs_in(texts: Sequence[str], language: str) -> Signs:
    """Return which texts may hold dates and times; in the others none are found.

    Args:
        texts: Running texts.
        language: Their language, as in :func:`toolkit.dates.find_dates`.
    """
    said, starts = _joined(texts)
    found = _automaton(language).find_matches_as_indexes(said)
    dates = frozenset(bisect_right(starts, start) - 1 for _, start, _ in found)
    return Signs(dates, _with_signs_of_times(said, starts, language))


def _with_signs_of_times(said: str, starts: Sequence[int], language: str) -> frozenset[int]:
    found: set[int] = set()
    for signal in signals_of_times(language):
        at = said.find(signal)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.add(number)
            at = said.find(signal, starts[number + 1])
    return frozenset(found)


def _joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Return texts as one, in small letters, and where each begins in it."""
    said = in_small_letters(_BORDER.join((*texts, "")))
    starts = [0, *accumulate(len(text) + len(_BORDER) for text in texts)]
    if len(said) != starts[-1]:
        # In small letters a text may be longer.
        small = [in_small_letters(text) + _BORDER for text in texts]
        said, starts = "".join(small), [0, *accumulate(map(len, small))]
    return said, starts


@cache
def _automaton(language: str) -> AhoCorasick:
    signs = {signal for calendar in calendars() for signal in calendar.signals}
    for grammar in (*grammars_for(language), *(script for _, script in grammars_of_scripts())):
        signs.update(*grammar.needs)
    return AhoCorasick(sorted(signs))


def in_small_letters(text: str) -> str:
    """Return a text in small letters and European digits; the long s is an s."""
    said = text.lower()
    if said.isascii():
        return said
    said = said.replace("ſ", "s")
    return _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), said)
