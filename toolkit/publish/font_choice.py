"""Which families set a text: chosen before it is set, by the characters that it has.

A script is set in one family throughout, the first that has all its characters; so marks stand on
the letters of their own font, and a word does not change its face in the middle. Latin letters stay
in the family of the text, which takes from the next only what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from toolkit.publish.coverage import absent_characters, covered, placeholders
from toolkit.publish.fonts import FontSet, ScriptFonts, preferences
from toolkit.publish.glyphs import character_class
from toolkit.publish.print_settings import TEXT_FONT

# They join letters or keep them apart; a family that sets letters must see them.
_JOINERS = r"\x{200C}\x{200D}\x{34F}"


@dataclass(frozen=True)
class Family:
    """A family and the characters it is used for, as a character class; all if that is empty."""

    name: str
    covers: str = ""


@dataclass(frozen=True)
class FontChoice:
    """The families for a text in their order, those for languages, and what no font has.

    ``from_right`` are those among ``families`` for scripts written from right to left. They set the
    spaces between the words too: else each word would be a piece of its own in the PDF, and those
    of a line would be read from the left.
    """

    families: tuple[Family, ...] = ()
    languages: Mapping[str, Family] = field(default_factory=dict)
    from_right: tuple[Family, ...] = ()
    absent: frozenset[str] = frozenset()


def choose_fonts(
    text: Iterable[str], fonts: FontSet, wanted: tuple[str, ...] = (TEXT_FONT,)
) -> FontChoice:
    """Return the families for all characters of ``text``.

    ``wanted`` are the families the edition asks for, the best first; those that are not there are
    passed over (:func:`toolkit.publish.fonts.unknown_families` tells them).
    """
    wanted = tuple(family for family in wanted if fonts.has(family))
    asked = frozenset(character for character in set(text) if ord(character) > 0x7E)
    order = tuple(dict.fromkeys((*wanted, TEXT_FONT, *fonts.families)))
    if not asked:
        return FontChoice(tuple(map(Family, order)))
    chosen = [
        (entry, family)
        for entry in preferences().scripts
        if (family := _family_for(entry, asked, fonts, wanted, order)) is not None
    ]
    left = asked - covered(order[0], asked, fonts)
    return FontChoice(
        (
            *(family for _, family in chosen),
            # Where the first has all characters, the others set none, and need not be read.
            *(_but_placeholders(name, asked if left else left, fonts) for name in order),
        ),
        _by_language(asked, fonts),
        tuple(family for entry, family in chosen if _is_from_right(entry)),
        absent_characters(left, fonts) if left else left,
    )


def _is_from_right(entry: ScriptFonts) -> bool:
    from fontTools.unicodedata import script_horizontal_direction

    return any(script_horizontal_direction(script, "LTR") == "RTL" for script in entry.scripts)


def _but_placeholders(name: str, asked: frozenset[str], fonts: FontSet) -> Family:
    excluded = placeholders(name, asked, fonts) if asked else asked
    return Family(name, "^" + character_class(excluded) if excluded else "")


def _family_for(
    entry: ScriptFonts,
    asked: frozenset[str],
    fonts: FontSet,
    wanted: tuple[str, ...],
    order: tuple[str, ...],
) -> Family | None:
    """Return the family for the scripts of ``entry``; None if the order of families holds."""
    letters = _letters(entry, asked)
    if not letters:
        return None
    own = tuple(family for family in wanted if family != TEXT_FONT)
    best, most = "", 0
    for name in dict.fromkeys((*own, *entry.families, *order)):
        count = len(covered(name, letters, fonts))
        if count > most:
            best, most = name, count
        if most == len(letters):
            break
    return Family(best, _covers(entry)) if best not in ("", order[0]) else None


def _letters(entry: ScriptFonts, asked: frozenset[str]) -> frozenset[str]:
    """Return the characters among ``asked`` of the scripts of ``entry``."""
    from fontTools.unicodedata import script

    return frozenset(character for character in asked if script(character) in entry.scripts)


def _covers(entry: ScriptFonts) -> str:
    """Return the characters of the scripts, and those used with them (UAX 24), as a class."""
    return "".join(rf"\p{{scx={script}}}" for script in entry.scripts) + _JOINERS


def _by_language(asked: frozenset[str], fonts: FontSet) -> dict[str, Family]:
    """Return the installed families that set the East Asian scripts of ``asked`` by language."""
    told = preferences()
    return {
        language: Family(name, _covers(entry))
        for entry in told.scripts
        for language, name in told.languages.items()
        if name in entry.families and name in fonts.families and _letters(entry, asked)
    }
