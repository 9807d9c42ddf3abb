"""Which of many texts may hold dates: most hold none, which one passage over all of them tells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from toolkit.dates.calendars import calendars
from toolkit.dates.grammar import grammars_for, grammars_of_scripts
from toolkit.expressions import expression

_BORDER = "\n\ufffc\n"
_OTHER_DIGIT = expression(r"[^\D0-9]")


def with_signs_of_dates(texts: Sequence[str], language: str) -> frozenset[int]:
    """Return the numbers of the texts that may hold dates; in the others none are found.

    Args:
        texts: Running texts.
        language: Their language, as in :func:`toolkit.dates.find_dates`.
    """
    said = [in_small_letters(text) + _BORDER for text in texts]
    starts = [0, *accumulate(map(len, said))]
    found = _automaton(language).find_matches_as_indexes("".join(said))
    return frozenset(bisect_right(starts, start) - 1 for _, start, _ in found)


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
