"""Surname and forename in the name of a person, where a table does not part them.

A comma parts them as in registers (“Weber, Anna”). Without one, which word is the surname only
editors can tell (“Bartók Béla”, “Maria Theresia”), unless another column has the forename.
"""

from __future__ import annotations

import re

from toolkit.registers.entry import no_forenames, particles

_WORD = re.compile(r"[^\W\d_][\w.'’-]*")


def divided(name: str, forename: str = "") -> tuple[str, str] | None:
    """Return surname and forename, or None if it is not certain which they are.

    ``forename`` is what another column says; it may be the first of several in the name.
    """
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma:
        is_certain = bool(before and after) and "," not in after
        fits = not forename or after == forename or after.startswith(f"{forename} ")
        return (before, after) if is_certain and fits and _are_names(after) else None
    if not forename:
        return None
    if name.startswith(f"{forename} "):
        return name.removeprefix(forename).strip(), forename
    return (name, forename) if not set(name.split()) & set(forename.split()) else None


def may_be_divided(name: str) -> bool:
    """Tell whether a name consists of several words that look like forenames and surname."""
    return "," not in name and len(name.split()) > 1 and _are_names(name)


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
