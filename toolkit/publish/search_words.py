"""The words of a text as a search compares them, each with its place.

Words are compared without case and diacritics. Scripts that are written without spaces are taken
apart into letters: each letter is kept with the one after it, so that any string of them is found.
``xslt/assets/search.js`` takes what readers look for apart in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    "(["
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"  # Han
    "\u3041-\u30ff\u31f0-\u31ff"  # Hiragana, Katakana
    "\u0e01-\u0e5b\u0e80-\u0edf\u1780-\u17ff"  # Thai, Lao, Khmer
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Myanmar
    "]+)"
)
_SPELT = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ς": "σ"}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"


class _Folding(dict[int, str | None]):
    """What each character of a decomposed text becomes, found when it is first met."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        is_left_out = letter in _INVISIBLE or unicodedata.category(letter).startswith("M")
        folded = None if is_left_out else _SPELT.get(letter, letter)
        self[code] = folded
        return folded


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Return ``text`` without case and diacritics (Unicode Standard Annex 15, NFKD)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).lower().translate(_FOLDING)


def words_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield the folded words of ``text``, or pairs of letters, and the place of each, from 0.

    A place is a word, or a letter of a script without spaces.
    """
    plain = folded(text)
    words = _WORD.findall(plain)
    if plain.isascii() or not _UNSPACED.search(plain):
        yield from zip(words, count(), strict=False)
        return
    place = 0
    for part in (part for word in words for part in _UNSPACED.split(word) if part):
        if not _UNSPACED.match(part):
            yield part, place
            place += 1
            continue
        for at in range(len(part)):
            yield part[at : at + 2], place + at
        place += len(part)
