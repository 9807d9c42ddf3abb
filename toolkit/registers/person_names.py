"""Surname and forename in the name of a person, where a table does not part them.

A comma parts them as in registers (“Weber, Anna”). Without one, which word is the surname only
editors can tell (“Bartók Béla”, “Maria Theresia”), unless another column has the forename.
"""

from __future__ import annotations

import re

from toolkit.registers.entry import no_forenames, particles

_IN_BRACKETS = re.compile(r"(?<=\S)\s*[(\[].*$")
_INITIAL = re.compile(r"\b[^\W\d_]\.")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")


def divided(name: str, forename: str = "") -> tuple[str, str] | None:
    """Return surname and forename, or None if it is not certain which they are.

    ``forename`` is what another column says; it may be the first of several in the name.
    """
    before, comma, after = (part.strip() for part in _bare(name).partition(","))
    if comma:
        # What follows another comma is about the person: “Weber, Anna, geb. Berg”.
        after = after.partition(",")[0].strip()
        fits = not forename or after == forename or after.startswith(f"{forename} ")
        is_certain = _may_be_surname(before) and _are_names(after)
        return (before, after) if is_certain and fits else None
    if not forename:
        return None
    if name.startswith(f"{forename} "):
        return name.removeprefix(forename).strip(), forename
    return (name, forename) if not set(name.split()) & set(forename.split()) else None


def may_be_divided(name: str) -> bool:
    """Tell whether a name consists of several words that look like forenames and surname."""
    before, comma, after = (part.strip() for part in _bare(name).partition(","))
    if len(before.split()) > 1:
        return _are_names(before)
    first = after.split()[:1]
    return bool(comma and first) and _are_names(first[0])


def _bare(name: str) -> str:
    """Return a name without what stands in brackets at its end."""
    return _IN_BRACKETS.sub("", name)


def _may_be_surname(text: str) -> bool:
    """Tell whether a text can be what stands before the comma: it has letters, and no initials."""
    return bool(_WORD.search(text)) and not _INITIAL.search(text)


def _are_names(text: str) -> bool:
    """Tell whether the first and each longer word begins with a capital, as names do."""
    words = text.split()
    if any(word.rstrip(".") in no_forenames() for word in words[:1]) or not all(
        _WORD.fullmatch(word) for word in words
    ):
        return False
    has_case = any(word.lower() != word.upper() for word in words)
    return not has_case or (
        words[0][0].isupper() and all(word[0].isupper() or word in particles() for word in words)
    )
