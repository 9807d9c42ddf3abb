"""Surnames that stand for a family (“Familie Mann”, “the Mann family”, “die Manns”).

They name several persons: none of them alone. The words are data (schemas/annotation/titles.json).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from toolkit.annotate.forms import FormMatch
from toolkit.annotate.reach import plain, words_after, words_before
from toolkit.resources import SCHEMAS


@dataclass(frozen=True)
class FamilyWords:
    """Words that make a surname that of a family, in small letters.

    They stand ``before`` or ``after`` it; an article of ``plural_articles`` stands before a plural,
    and one of ``plural_prepositions`` where no noun that it might belong to comes behind.
    """

    before: frozenset[str]
    after: frozenset[str]
    plural_articles: frozenset[str]
    plural_prepositions: frozenset[str]


@cache
def family_words() -> FamilyWords:
    """Return the words that make a surname that of a family."""
    data = json.loads((SCHEMAS / "annotation" / "titles.json").read_text(encoding="utf-8"))
    return FamilyWords(
        frozenset(word for words in data["families_before"].values() for word in words),
        frozenset(word for words in data["families_after"].values() for word in words),
        frozenset(data["plural_articles"]),
        frozenset(data["plural_prepositions"]),
    )


def is_of_family(text: str, match: FormMatch) -> bool:
    """Tell whether a surname found in a text stands for a family there."""
    known = family_words()
    before = plain(next(words_before(text, match.start), ("", 0))[0]).casefold()
    behind = plain(next(words_after(text, match.end), ("", 0))[0])
    after = behind.casefold()
    is_plural = match.inflected and text[: match.end].endswith("s")
    return (
        before in known.before
        or after in known.after
        or (is_plural and before in known.plural_articles)
        or (is_plural and before in known.plural_prepositions and not behind[:1].isupper())
    )
