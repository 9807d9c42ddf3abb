"""Numbers as dates have them: in figures of any script, in Roman numerals, in Han characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

ROMAN = r"(?:[MDCLXVIJ]+|[mdclxvij]+)"
"""A regular expression of Roman numerals; not all that it matches are well formed."""
HAN = "[〇零一二三四五六七八九十百千廿卅元正]+"
"""A regular expression of numbers in Han characters."""

_ROMAN_VALUES = {"I": 1, "J": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_WELL_FORMED = re.compile(
    r"M*(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:I[XV]|V?(?:I{0,4}|I{0,3}J))", re.IGNORECASE
)
_HUNDRED, _THOUSAND = 100, 1000
_HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "元": 1,
    "正": 1,
}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}


def number(text: str) -> int | None:
    """Return the number that a text writes; None if it writes none."""
    written = "".join(text.split())
    if written.isdecimal():
        return int(written)
    if written and set(written) <= _HAN_DIGITS.keys() | _HAN_TENS.keys():
        return _han(written)
    return _roman(written)


def number_in_words(text: str, values: Mapping[str, int]) -> int | None:
    """Return the number that words write, each with its value; None if there is another word.

    Hundreds and thousands multiply what stands before them; a word with the value 0 (“and”) ends
    what they multiply.
    """
    total = part = 0
    for word in re.split(r"[\s-]+", text.strip().lower()):
        value = values.get(word)
        if value is None:
            return None
        if value == _HUNDRED:
            part = (part or 1) * value
        elif value in (0, _THOUSAND):
            total += (part or 1) * value if value else part
            part = 0
        else:
            part += value
    return total + part


def _roman(written: str) -> int | None:
    if not written or _WELL_FORMED.fullmatch(written) is None:
        return None
    values = [_ROMAN_VALUES[letter] for letter in written.upper()]
    followed = pairwise([*values, 0])
    return sum(-value if value < following else value for value, following in followed)


def _han(written: str) -> int:
    """Return a number written by place (一九五九) or with its tens and hundreds (四十八)."""
    if not _HAN_TENS.keys() & set(written):
        return int("".join(str(_HAN_DIGITS[digit]) for digit in written))
    total = digit = 0
    for character in written:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in "廿卅":
            total += _HAN_TENS[character]
        else:
            total += (digit or 1) * _HAN_TENS[character]
            digit = 0
    return total + digit
