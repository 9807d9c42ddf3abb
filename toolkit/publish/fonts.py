"""The fonts a page can be set in: those of the typesetter and those of installed font packages.

Fonts of the operating system are left out unless asked for, so that a document is set alike
everywhere. Any Python package with an entry point in the group ``fontpkg.family`` (the
``fontpkg-…`` packages have one) gives its fonts, and so do those that ``schemas/fonts.json`` names.
An edition may have fonts of its own, in the folder ``fonts`` of its stylesheets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from toolkit.files import digest
from toolkit.publish.print_settings import DEFAULT_LAYOUT
from toolkit.publish.publication import Publication
from toolkit.resources import SCHEMAS

FONT_PACKAGES = "fontpkg.family"
FONTS = SCHEMAS / "fonts.json"
OWN_FONTS = "fonts"
"""The folder of an edition's own fonts, in its folder of stylesheets."""

_FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})


@dataclass(frozen=True)
class ScriptFonts:
    """The families for scripts that stand together, by codes of ISO 15924, the best first.

    ``package`` is what to install for them, empty if no package has them.
    """

    scripts: tuple[str, ...]
    families: tuple[str, ...]
    package: str


@dataclass(frozen=True)
class FontPreferences:
    """Which families set what (``schemas/fonts.json``).

    ``text`` are the families for all that ``scripts`` does not name; ``languages`` are families
    for East Asian scripts by language (BCP 47, in lower case); ``modules`` are Python packages with
    fonts that have no entry point.
    """

    text: tuple[str, ...]
    scripts: tuple[ScriptFonts, ...]
    languages: Mapping[str, str]
    modules: tuple[str, ...]


@dataclass(frozen=True)
class FontSet:
    """Fonts found: their folders, and the families to fall back on in order of preference.

    ``system`` tells whether the fonts of the operating system stand behind them.
    """

    folders: tuple[Path, ...]
    families: tuple[str, ...]
    system: bool = False

    @property
    def typst_fonts(self) -> typst.Fonts:
        """The fonts as the typesetter wants them."""
        return _load(self.folders, self.system)

    def has(self, family: str) -> bool:
        """Tell whether there is a family of that name; capitals make no difference."""
        return family.casefold() in _names(self.folders, self.system)


@cache
def preferences() -> FontPreferences:
    """Return which families set what."""
    told: dict[str, Any] = json.loads(FONTS.read_text("utf-8"))
    return FontPreferences(
        tuple(told["text"]),
        tuple(
            ScriptFonts(tuple(entry["scripts"]), tuple(entry["families"]), entry["package"])
            for entry in told["scripts"]
        ),
        told["languages"],
        tuple(told["modules"]),
    )


def fonts_for(publication: Publication) -> FontSet:
    """Return the fonts that the print edition of a publication may be set in."""
    own = publication.custom_stylesheets
    return installed_fonts(
        own=own / OWN_FONTS if own else None, system=publication.print.system_fonts
    )


@dataclass(frozen=True)
class UnknownFamily:
    """A family that an edition asks for and no font has; ``others`` are those there are."""

    name: str
    others: tuple[str, ...]


def unknown_families(publication: Publication) -> tuple[UnknownFamily, ...]:
    """Return the families that the settings of the print edition name and that are not there."""
    wanted = publication.print.layout.fonts
    if wanted == DEFAULT_LAYOUT.fonts:
        return ()
    fonts = fonts_for(publication)
    others = tuple(sorted(fonts.typst_fonts.families()))
    return tuple(UnknownFamily(name, others) for name in wanted if not fonts.has(name))


@cache
def installed_fonts(*, own: Path | None = None, system: bool = False) -> FontSet:
    """Return the fonts of all installed font packages.

    Those in the folder ``own`` stand before them; ``system`` puts the fonts of the operating system
    behind them.
    """
    folders = tuple(dict.fromkeys(folder for root in _package_roots() for folder in _folders(root)))
    return fonts_in((*(_folders(own) if own else ()), *folders), system=system)


def fonts_in(folders: tuple[Path, ...], *, system: bool = False) -> FontSet:
    """Return the fonts in ``folders``, after those built into the typesetter."""
    built_in = set(_load((), False).families())
    packaged = set(_load(folders, False).families()) - built_in
    further = set(_load(folders, True).families()) - built_in - packaged if system else set()
    best = [family for family in preferences().text if family in packaged]
    ordered = dict.fromkeys((*best, *sorted(packaged), *sorted(further)))
    return FontSet(folders, tuple(ordered), system)


@cache
def fingerprint() -> str:
    """Return a digest of the fonts there are: packages, releases, names and sizes of the files.

    The fonts built into the typesetter go with its release.
    """
    said = [f"typst {version('typst')}"]
    for point in _packages():
        release = point.dist.version if point.dist else ""
        said.append(f"{point.name} {point.value} {release}")
    said += [
        f"{file.name} {file.stat().st_size}"
        for root in _package_roots()
        for folder in _folders(root)
        for file in sorted(folder.iterdir())
        if file.suffix.lower() in _FONT_SUFFIXES
    ]
    return digest("\n".join(said).encode())


def _packages() -> list[EntryPoint]:
    return sorted(entry_points(group=FONT_PACKAGES), key=lambda point: (point.name, point.value))


def _package_roots() -> Iterator[Path]:
    """Yield the folders of the font packages, without running any of their code."""
    for module in (*(point.module for point in _packages()), *preferences().modules):
        spec = find_spec(module.partition(".")[0])
        for name in (spec.submodule_search_locations or ()) if spec else ():
            yield Path(name)


def _folders(root: Path) -> list[Path]:
    """Return the folders with fonts in ``root``."""
    return sorted(
        {file.parent for file in root.rglob("*") if file.suffix.lower() in _FONT_SUFFIXES}
    )


@cache
def _load(folders: tuple[Path, ...], system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in folders],
    )


@cache
def _names(folders: tuple[Path, ...], system: bool) -> frozenset[str]:
    return frozenset(family.casefold() for family in _load(folders, system).families())
