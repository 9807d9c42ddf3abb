"""Which stylesheets are an edition's own, and which files among them have no effect."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.edition import Edition
from toolkit.resources import XSLT

FOREIGN_STYLESHEETS = Kind(
    "E106",
    "foreign-stylesheets",
    Severity.NOTE,
    "The folder xslt beside edition.toml has none of the files by which an edition changes the "
    "toolkit's stylesheets, so it is taken for that of another program and not used.",
)
UNUSED_STYLESHEET = Kind(
    "E107",
    "unused-stylesheet",
    Severity.WARNING,
    "A file among the edition's own stylesheets has no effect: neither the toolkit nor another of "
    "these files uses it.",
)
_FOLDER = "xslt"
_PAGES, _PRINT, _LOOK = "html.xsl", "print.typ", "assets/edition.css"
_FONTS = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_PLACES = {".css": "assets", **dict.fromkeys(_FONTS, "fonts")}
"""The folders in which files of a kind have an effect."""
_TOOLKIT = re.compile(rb"""\bhref\s*=\s*["']toolkit:""")
_SOURCES = frozenset({".xsl", ".xslt", ".typ"})
_GUIDE = "docs/stylesheets.md"


def own_stylesheets(edition: Edition) -> Path | None:
    """Return the folder of the edition's own stylesheets, if it has one.

    That is the folder that edition.toml names (``stylesheets``), whatever is in it. Else it is the
    folder ``xslt``, if its ``html.xsl`` imports a stylesheet of the toolkit's (``toolkit:``) or,
    where it has none, if it has ``print.typ``, ``assets/edition.css`` or fonts in ``fonts``.
    """
    if edition.stylesheets is not None:
        return edition.stylesheets
    folder = edition.root / _FOLDER
    if not folder.is_dir() or folder.resolve() == XSLT.resolve():
        return None
    pages = folder / _PAGES
    if pages.is_file():
        return folder if _TOOLKIT.search(pages.read_bytes()) else None
    has_fonts = any(file.suffix.lower() in _FONTS for file in _files(folder / "fonts"))
    return folder if has_fonts or any((folder / n).is_file() for n in (_PRINT, _LOOK)) else None


def stylesheets_without_effect(edition: Edition) -> tuple[Diagnostic, ...]:
    """Return what is not used of the folder of stylesheets: all of it (E106), or files (E107)."""
    own = own_stylesheets(edition)
    if own is not None:
        return tuple(_unused(own))
    folder = edition.root / _FOLDER
    if folder.resolve() == XSLT.resolve() or not _files(folder):
        return ()
    reason = (
        f"its {_PAGES} imports no stylesheet of the toolkit"
        if (folder / _PAGES).is_file()
        else f"it has no {_PAGES}, {_PRINT}, {_LOOK} or fonts"
    )
    hint = (
        f"If it is meant to change this edition, begin {_PAGES} with <xsl:import "
        f'href="toolkit:html.xsl"/>, or say stylesheets = "{_FOLDER}" in edition.toml ({_GUIDE}).'
    )
    said = f"this folder is not used: {reason}"
    return (FOREIGN_STYLESHEETS.at(Position(str(folder)), said, hint),)


def _unused(folder: Path) -> Iterator[Diagnostic]:
    files = _files(folder)
    texts = {file: file.read_bytes() for file in files if file.suffix.lower() in _SOURCES}
    for file in files:
        suffix, name = file.suffix.lower(), file.relative_to(folder)
        place = _PLACES.get(suffix)
        if place and name.parts[0] != place:
            hint = f"Put it into the folder “{place}” of {folder.name}."
            yield UNUSED_STYLESHEET.at(Position(str(file)), "this file is not used", hint)
        is_named = any(file.name.encode() in text for other, text in texts.items() if other != file)
        if suffix in _SOURCES and str(name) not in (_PAGES, _PRINT) and not is_named:
            yield UNUSED_STYLESHEET.at(
                Position(str(file)),
                "this file is not used: no other of these stylesheets names it",
                _what_is(name, suffix),
            )


def _what_is(name: Path, suffix: str) -> str:
    """Return what to do about a stylesheet that nothing names."""
    main = _PRINT if suffix == ".typ" or "print" in name.stem.lower() else _PAGES
    near = difflib.get_close_matches(name.name.lower(), (_PAGES, _PRINT), n=1)
    guess = f"Did you mean {near[0]}? " if near else ""
    return f"{guess}Include it from {main}, or take it away ({_GUIDE})."


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder, hidden ones left out; none if there is no such folder."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(folder).parts)
    )
