"""Decades and centuries: “the 1850s”, “the twenties”, “the first half of the 18th century”."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.dates.grammar import Form, Grammar
from toolkit.dates.numerals import number
from toolkit.dates.partial import PartialDate
from toolkit.dates.parts import plain

SPANS = frozenset({"decade", "decade_short", "decade_word", "century", "century_word"})
_DECADE, _CENTURY = 10, 100
_LAST_CENTURY = 21


def read_span(
    groups: Mapping[str, str], form: Form, grammar: Grammar, anchor: PartialDate | None
) -> tuple[int, int, bool] | None:
    """Return the first and the last year, and whether the century is the document's.

    The 18th century is from 1701 to 1800, as the Guidelines have it of others. A decade without its
    century is the last that had begun when the document was written.
    """
    if "decade" in groups:
        first = int(groups["decade"])
        return first, first + _DECADE - 1, False
    if "century" in groups or "century_word" in groups:
        return _century(groups, form, grammar)
    tens = groups.get("decade_short")
    word = groups.get("decade_word")
    if anchor is None or anchor.year is None or (tens is None and word is None):
        return None
    of_century = int(tens) if tens is not None else grammar.decades[plain(word or "")]
    first = anchor.year - (anchor.year - of_century) % _CENTURY
    return first, first + _DECADE - 1, True


def _century(
    groups: Mapping[str, str], form: Form, grammar: Grammar
) -> tuple[int, int, bool] | None:
    word = groups.get("century_word")
    which = number(groups["century"]) if word is None else grammar.centuries[plain(word)]
    if which is None or not 1 <= which <= _LAST_CENTURY:
        return None
    first = (which - 1) * _CENTURY + 1
    return first + form.span[0], first + form.span[1], False
