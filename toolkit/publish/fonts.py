"""The fonts a page can be set in: those of the typesetter and those of installed font packages.

Fonts of the operating system are left out, so that a document is set alike everywhere. An edition
that needs other scripts installs font packages: any Python package with an entry point in the
group ``fontpkg.family`` (the ``fontpkg-…`` packages have one) gives its fonts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from pathlib import Path

import typst

from toolkit.files import digest

FONT_PACKAGES = "fontpkg.family"
_FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})

PACKAGE_FOR_SCRIPT = {
    "ARABIC": "fontpkg-amiri",
    "DEVANAGARI": "fontpkg-noto-sans-devanagari",
    "KHMER": "fontpkg-noto-sans-khmer",
    "TAMIL": "fontpkg-noto-sans-tamil",
    "TELUGU": "fontpkg-noto-sans-telugu",
    "THAI": "fontpkg-noto-sans-thai",
    "HEBREW": "fontpkg-frank-ruhl-libre",
    "LATIN": "fontpkg-cardo",
    "COMBINING": "fontpkg-cardo",
    "GREEK": "fontpkg-cardo",
    "CYRILLIC": "fontpkg-noto-serif",
}
"""Font packages by script, the first word of a character's Unicode name."""


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


@cache
def installed_fonts(*, system: bool = False) -> FontSet:
    """Return the fonts of all installed font packages, in alphabetical order of the packages.

    ``system`` puts the fonts of the operating system behind them.
    """
    folders = tuple(dict.fromkeys(folder for point in _packages() for folder in _folders(point)))
    return fonts_in(folders, system=system)


def fonts_in(folders: tuple[Path, ...], *, system: bool = False) -> FontSet:
    """Return the fonts in ``folders``, after those built into the typesetter."""
    built_in = set(_load((), False).families())
    packaged = set(_load(folders, False).families()) - built_in
    further = set(_load(folders, True).families()) - built_in - packaged if system else ()
    return FontSet(folders, (*sorted(packaged), *sorted(further)), system)


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
            for folder in _folders(point)
            for file in sorted(folder.iterdir())
            if file.suffix.lower() in _FONT_SUFFIXES
        ]
    return digest("\n".join(said).encode())


def _packages() -> list[EntryPoint]:
    return sorted(entry_points(group=FONT_PACKAGES), key=lambda point: (point.name, point.value))


def _folders(point: EntryPoint) -> list[Path]:
    """Return the folders with fonts of a package, without running any of its code."""
    spec = find_spec(point.module.partition(".")[0])
    roots = [Path(name) for name in (spec.submodule_search_locations or ())] if spec else []
    files = (file for root in roots for file in root.rglob("*"))
    return sorted({file.parent for file in files if file.suffix.lower() in _FONT_SUFFIXES})


@cache
def _load(folders: tuple[Path, ...], system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in folders],
    )
