"""What an unknown sign may have been meant to be."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

from toolkit.convert.conventions.model import NotationRule

_LABEL = re.compile(r"\s*([^\W\d_][\w ]{0,40}?)\s*:(?!//)")
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 0.8
_LONGEST = 40
_MOST_LETTERS_AMISS = 2


@lru_cache(maxsize=16)
def keywords(rules: tuple[NotationRule, ...]) -> dict[str, str]:
    """Return the words by which the signs of the rules are known, with the rule of each."""
    found: dict[str, str] = {}
    for rule in rules:
        for word in rule.keywords:
            found.setdefault(word.casefold(), rule.name)
    return found


@lru_cache(maxsize=4096)
def misspelt(content: str, rules: tuple[NotationRule, ...]) -> str:
    """Return the keyword that the content of a bracket resembles without being it, or nothing.

    Only what stands before a colon counts in a content that has one.
    """
    label = _LABEL.match(content[: _LONGEST + 2])
    if label is None and len(content) > _LONGEST:
        return ""
    said = (label[1] if label else content.strip()).casefold()
    known = keywords(rules)
    if said in known:
        return ""
    alike = [word for word in known if abs(len(word) - len(said)) <= _MOST_LETTERS_AMISS]
    close = difflib.get_close_matches(said, alike, n=1, cutoff=_ALIKE)
    return close[0] if close else ""


@lru_cache(maxsize=4096)
def nearest(content: str, rules: tuple[NotationRule, ...]) -> str:
    """Return the name of the rule whose keyword is nearest to what stands in an unknown sign."""
    known = keywords(rules)
    words = [word.casefold() for word in _WORD.findall(content[:200])]
    for said in (content[:_LONGEST].strip().casefold(), *words):
        close = difflib.get_close_matches(said, sorted(known), n=1, cutoff=0.7)
        if close:
            return known[close[0]]
    return ""
