"""Forms that no document has, in whatever way they may be written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from toolkit.annotate.spellings import spellings_of

_NO_LETTERS = re.compile(r"[\W_]+")


def absent(forms: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Return those of the forms that certainly stand in none of the ``texts``.

    Only letters and digits count, so that brackets, hyphens, line ends and capitals make no
    difference: what is found here may still be no name.
    """
    left = {form: {_letters(way) for way in (form, *spellings_of(form))} for form in forms}
    for text in texts:
        if not left:
            break
        letters = _letters(text)
        left = {
            form: ways for form, ways in left.items() if not any(way in letters for way in ways)
        }
    return frozenset(left)


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _NO_LETTERS.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
