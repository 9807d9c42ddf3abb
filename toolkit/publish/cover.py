"""The cover of a book that brings none: its title, its editors and its publisher, drawn as SVG."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import chain

from lxml import etree

from toolkit.publish.prepare import xml_safe

_SVG = "http://www.w3.org/2000/svg"
_WIDTH, _HEIGHT = 1600, 2400
_MIDDLE = _WIDTH // 2
_MEASURE = 1240
_GROUND, _INK, _ACCENT = "#f6f2e9", "#26221d", "#7a1f1f"
_TITLE_SIZES = (150, 124, 104, 88, 72, 60, 48)
_MOST_LINES = 7


def cover_svg(title: str, editors: Sequence[str], publisher: str, language: str) -> bytes:
    """Return a cover of 1600 by 2400 units: the same words give the same bytes.

    The letters are set by the reading system, which has fonts for all scripts.
    """
    root = etree.fromstring(f'<svg xmlns="{_SVG}"/>')
    for name, value in (
        ("width", str(_WIDTH)),
        ("height", str(_HEIGHT)),
        ("viewBox", f"0 0 {_WIDTH} {_HEIGHT}"),
        ("role", "img"),
        ("{http://www.w3.org/XML/1998/namespace}lang", language),
        ("aria-labelledby", "title"),
    ):
        root.set(name, value)
    etree.SubElement(root, f"{{{_SVG}}}title", id="title").text = xml_safe(title)
    _ground(root)
    _frame(root, 70, 6)
    _frame(root, 94, 2)
    size = next((s for s in _TITLE_SIZES if len(_lines(title, s)) <= _MOST_LINES), _TITLE_SIZES[-1])
    below = _write(root, _lines(title, size), top=620, size=size, colour=_INK)
    etree.SubElement(
        root,
        f"{{{_SVG}}}path",
        d=f"M{_MIDDLE - 120} {below + 60}h240",
        stroke=_ACCENT,
        attrib={"stroke-width": "5"},
    )
    _write(root, _lines(", ".join(editors), 58), top=below + 200, size=58, colour=_INK)
    foot = _lines(publisher, 50)
    _write(root, foot, top=_HEIGHT - 190 - 65 * (len(foot) - 1), size=50, colour=_ACCENT)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _ground(root: etree._Element) -> None:
    etree.SubElement(root, f"{{{_SVG}}}rect", width=str(_WIDTH), height=str(_HEIGHT), fill=_GROUND)


def _frame(root: etree._Element, inset: int, stroke: int) -> None:
    etree.SubElement(
        root,
        f"{{{_SVG}}}rect",
        x=str(inset),
        y=str(inset),
        width=str(_WIDTH - 2 * inset),
        height=str(_HEIGHT - 2 * inset),
        fill="none",
        stroke=_ACCENT,
        attrib={"stroke-width": str(stroke)},
    )


def _write(root: etree._Element, lines: Sequence[str], *, top: int, size: int, colour: str) -> int:
    """Write the lines one below the other; return where the last stands."""
    for number, line in enumerate(lines):
        text = etree.SubElement(
            root,
            f"{{{_SVG}}}text",
            x=str(_MIDDLE),
            y=str(top + number * size * 13 // 10),
            fill=colour,
            attrib={"font-family": "serif", "font-size": str(size), "text-anchor": "middle"},
        )
        text.text = xml_safe(line)
    return top + max(len(lines) - 1, 0) * size * 13 // 10


def _lines(text: str, size: int) -> list[str]:
    """Return ``text`` in lines that letters of ``size`` fill at most, broken between words."""
    room = _MEASURE * 2 // size
    lines: list[str] = []
    for piece in chain.from_iterable(_pieces(word, room) for word in text.split()):
        if lines and _width(lines[-1]) + 1 + _width(piece) <= room:
            lines[-1] = f"{lines[-1]} {piece}"
        else:
            lines.append(piece)
    return lines


def _pieces(word: str, room: int) -> list[str]:
    """Return a word, cut where it is longer than a line."""
    pieces, width = [""], 0
    for character in word:
        width += _width(character)
        if width > room and pieces[-1] and not unicodedata.combining(character):
            pieces.append("")
            width = _width(character)
        pieces[-1] += character
    return pieces


def _width(text: str) -> int:
    """Return the width of ``text`` in half the size of its letters (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
