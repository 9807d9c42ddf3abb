"""Whether a form that editors tagged is a form of a name, or a word for a person or a place.

“Mslin” and “W.H.A.” are names of Stella Musulin and W. H. Auden, “Mama” and “the Embassy” are not:
what such words mean changes from document to document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from toolkit.annotate.forms import tokens

_SHORTEST = 3
_ALIKE = 0.7


def is_form_of(form: str, names: Iterable[str]) -> bool:
    """Tell whether a form has a word, or the initials, of one of the names."""
    words = _words(form)
    for name in names:
        known = _words(name)
        if any(_are_alike(word, other) for word in words for other in known):
            return True
        initials = [word[0] for word in words if len(word) == 1]
        if words and len(initials) == len(words) and set(initials) <= {w[0] for w in known}:
            return True
    return False


def _words(text: str) -> list[str]:
    return [plain(token.text) for token in tokens(text) if token.text[:1].isupper()]


def plain(word: str) -> str:
    """Return a word in small letters without diacritics."""
    if word.isascii():
        return word.casefold()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _are_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST:
        return shorter == longer and len(shorter) > 1
    if longer.startswith(shorter):
        return True
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _ALIKE
