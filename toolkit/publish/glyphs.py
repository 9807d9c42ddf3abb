"""Characters that no font has: found in what the typesetter reports, told with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lxml import etree

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.publish.fonts import OWN_FONTS, FontSet, ScriptFonts, preferences
from toolkit.tei.parse import ParsedDocument

NO_GLYPH = Kind(
    "P101",
    "no-glyph",
    Severity.ERROR,
    "No installed font has the character. It is printed as its code point in a frame, so that "
    "the page does not lose it without a trace.",
)

_REPORTED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def reported_texts(report: str) -> list[str]:
    """Return the texts that a report of the typesetter says could not be displayed."""
    return [_unescape(match[1]) for match in _REPORTED.finditer(report)]


def character_class(characters: Iterable[str]) -> str:
    r"""Return the inside of a character class of a regular expression: ``\x{4E2D}\x{4E2E}``."""
    return "".join(f"\\x{{{ord(character):X}}}" for character in sorted(characters))


def describe_missing(
    document: ParsedDocument, characters: Iterable[str], fonts: FontSet
) -> list[Diagnostic]:
    """Return an error (P101) for each character, at the first line of the document that has it.

    The hint names a package with fonts of the script, unless it is among ``fonts``.
    """
    return [
        NO_GLYPH.at(
            Position(document.file, line_of(document, character)),
            f"no font has the character “{character}” ({character_name(character)})",
            _hint(character, fonts),
        )
        for character in sorted(characters)
    ]


def unset_texts(document: ParsedDocument, texts: Iterable[str]) -> list[Diagnostic]:
    """Return an error (P101) for each text that no font can set with the marks standing on it."""
    bases = sorted({text for text in texts if not unicodedata.combining(text[0])})
    return [
        NO_GLYPH.at(
            Position(document.file, _line_matching(document, re.escape(base) + _MARK)),
            f"no font can set “{base}” with the mark that stands on it",
            "Install a font package that has both, or write the text otherwise.",
        )
        for base in bases
    ]


def character_name(character: str) -> str:
    """Return the code point and the Unicode name of a character."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def line_of(document: ParsedDocument, character: str) -> int:
    """Return the line (from 1) on which ``character`` first stands, also by reference."""
    return _line_matching(document, re.escape(character))


def _line_matching(document: ParsedDocument, pattern: str) -> int:
    wanted = re.compile(pattern)
    line = 1
    for event, element in etree.iterwalk(document.root, events=("start", "end")):
        if event == "start":
            line = int(element.sourceline or line)
            text = element.text
        else:
            text = element.tail
        found = wanted.search(text or "")
        if found:
            return line + (text or "").count("\n", 0, found.start())
        line += (text or "").count("\n")
    return 1


def _hint(character: str, fonts: FontSet) -> str:
    wanted = _wanted_fonts(character, fonts)
    if wanted and wanted.package:
        return f"Install fonts that have it: pip install {wanted.package!r}."
    font = f"the font {wanted.families[0]} (SIL OFL)" if wanted else "a font that has it"
    return (
        f"Put {font} into the folder “{OWN_FONTS}” of your stylesheets, or write the character "
        "otherwise."
    )


def _wanted_fonts(character: str, fonts: FontSet) -> ScriptFonts | None:
    """Return the fonts of the scripts that have a character; none if they are installed."""
    from fontTools.unicodedata import script_extension

    scripts = script_extension(character)
    for entry in preferences().scripts:
        if scripts & set(entry.scripts) and not set(entry.families) & set(fonts.families):
            return entry
    return None


def _unescape(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _CONTROL.get(match[2], match[2])

    return _ESCAPE.sub(character, text)
