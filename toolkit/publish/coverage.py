"""Which characters a family has: known before anything is set.

The typesetter gives no way to the files of its own fonts; it is asked what they have. All other
fonts are read with fontTools.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import typst

from toolkit.publish.fonts import FontSet
from toolkit.publish.glyphs import reported_texts
from toolkit.resources import XSLT

PROBE = XSLT / "print" / "probe.typ"
_REGULAR = 400
_MOST_ALIKE = 6
"""So many characters may look alike; a glyph that more of them share is a placeholder."""


@dataclass(frozen=True)
class _Coverage:
    """The characters of a font, and those for which it has a placeholder only."""

    characters: frozenset[str]
    placeholders: frozenset[str] = frozenset()


def covered(family: str, asked: frozenset[str], fonts: FontSet) -> frozenset[str]:
    """Return the characters among ``asked`` that the family has; none if there is no such family.

    What counts is its upright regular face.
    """
    if family not in _faces(fonts):
        return frozenset()
    path, index = _faces(fonts)[family]
    if path is None:
        return asked - _refused(family, asked, fonts)
    return asked & _coverage(path, index).characters


def placeholders(family: str, asked: frozenset[str], fonts: FontSet) -> frozenset[str]:
    """Return the characters among ``asked`` that the family has only as placeholders."""
    path, index = _faces(fonts).get(family, (None, 0))
    return asked & _coverage(path, index).placeholders if path else frozenset()


def absent_characters(text: Iterable[str], fonts: FontSet) -> frozenset[str]:
    """Return the characters of ``text`` that no font has.

    A character that stands for others (canonical equivalence) is there if they are.
    """
    asked = frozenset(character for character in set(text) if ord(character) > 0x7E)
    left = _uncovered(asked, fonts)
    parts = {character: frozenset(unicodedata.normalize("NFD", character)) for character in left}
    lacking = _uncovered(frozenset().union(*parts.values()), fonts) if parts else frozenset()
    return frozenset(character for character in left if parts[character] & lacking)


def _uncovered(asked: frozenset[str], fonts: FontSet) -> frozenset[str]:
    left = frozenset(character for character in asked if ord(character) > 0x7E)
    for family in (*_built_in(fonts), *fonts.families):
        if left:
            left -= covered(family, left, fonts)
    return left


@cache
def _built_in(fonts: FontSet) -> tuple[str, ...]:
    return tuple(sorted(family for family, (path, _) in _faces(fonts).items() if path is None))


@cache
def _faces(fonts: FontSet) -> dict[str, tuple[str | None, int]]:
    """Return the file of the regular face of each family and its number in the file.

    A family that is built into the typesetter has no file.
    """
    found: dict[str, tuple[tuple[bool, int], str | None, int]] = {}
    for face in fonts.typst_fonts.fonts():
        distance = (face.style != "normal", abs(face.weight - _REGULAR))
        before = found.get(face.family)
        if before is None or distance < before[0]:
            found[face.family] = (distance, str(face.path) if face.path else None, face.index)
    return {family: (path, index) for family, (_, path, index) in found.items()}


@lru_cache(maxsize=64)
def _coverage(path: str, index: int) -> _Coverage:
    """Return the characters of a font file (OpenType, tables ``cmap``, ``loca`` and ``glyf``)."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        glyphs: dict[int, str] = font.getBestCmap() or {}
        characters = frozenset(map(chr, glyphs))
        if "glyf" not in font:
            return _Coverage(characters)
        outlines = font.reader["glyf"]
        starts = font["loca"].locations
        numbers = {code: font.getGlyphID(name) for code, name in glyphs.items()}
    drawn = {code: outlines[starts[n] : starts[n + 1]] for code, n in numbers.items()}
    alike = Counter(drawn.values())
    empty = frozenset(
        chr(code) for code, outline in drawn.items() if alike[outline] > _MOST_ALIKE and outline
    )
    return _Coverage(characters - empty, empty)


@lru_cache(maxsize=256)
def _refused(family: str, asked: frozenset[str], fonts: FontSet) -> frozenset[str]:
    """Return the characters that the typesetter cannot set in the family."""
    compiler = typst.Compiler(
        PROBE.read_bytes(),
        font_paths=fonts.typst_fonts,
        ignore_system_fonts=True,
        sys_inputs={"font": family, "text": "\n".join(sorted(asked))},
    )
    try:
        compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError as error:
        return asked.intersection("".join(reported_texts(str(error.diagnostic))))
    return frozenset()
