"""Characters that no font has: found in what the typesetter reports, told with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lxml import etree

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity, SourceText
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
_MOST_LISTED = 12
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
    """Return an error (P101) for the characters that one package of fonts would bring.

    It stands at the first of them, and names each with its line. The hint names the package, unless
    it is among ``fonts``. A sign of the edition, such as a bracket, is told by itself only.
    """
    groups: dict[ScriptFonts | None, list[tuple[Position, str]]] = {}
    text = "".join(map(str, document.root.itertext())) if characters else ""
    for character in sorted(characters, key=lambda each: (each not in text, each)):
        place = place_of(document, character)
        group = groups.setdefault(_wanted_fonts(character, fonts), [])
        if character in text or not group:
            group.append((place, character))
    return [
        NO_GLYPH.at(min(found)[0], _no_font_has(sorted(found)), _hint(wanted, len(found)))
        for wanted, found in groups.items()
    ]


def _no_font_has(found: list[tuple[Position, str]]) -> str:
    """Return the message about characters and where each first stands."""
    if len(found) == 1:
        return f"no font has the character {_described(found[0][1])}"
    listed = [
        _described(character, f", line {place.line}") for place, character in found[:_MOST_LISTED]
    ]
    more = len(found) - len(listed)
    end = f" and {more} more" if more else ""
    return f"no font has these {len(found)} characters: {', '.join(listed)}{end}"


def _described(character: str, place: str = "") -> str:
    """Return the character with its code point and name; for private use it shows nothing."""
    if unicodedata.category(character) == "Co":
        return f"U+{ord(character):04X} (for private use{place})"
    return f"“{character}” ({character_name(character)}{place})"


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
    point, name = f"{ord(character):04X}", unicodedata.name(character, "")
    # The names of ideographs say their code points only.
    return f"U+{point}" if name.endswith(f"-{point}") else f"U+{point} {name}".rstrip()


def place_of(document: ParsedDocument, character: str) -> Position:
    """Return where ``character`` first stands; by reference, the line of it."""
    line = _line_matching(document, re.escape(character))
    source = SourceText(document.file, document.content.decode("utf-8-sig", "replace"))
    return Position(document.file, line, max(source.line(line).find(character), 0) + 1)


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


def _hint(wanted: ScriptFonts | None, count: int) -> str:
    has, them = ("has it", "the character") if count == 1 else ("has them", "the characters")
    if wanted and wanted.package:
        return f"Install a font that {has}: pip install {wanted.package!r}."
    font = f"the font {wanted.families[0]} (SIL OFL)" if wanted else f"a font that {has}"
    return (
        f"Put {font} into the folder “{OWN_FONTS}” of your stylesheets, or write {them} otherwise."
    )


def _wanted_fonts(character: str, fonts: FontSet) -> ScriptFonts | None:
    """Return the fonts of the scripts that have a character; none if they are installed."""
    from fontTools.unicodedata import script_extension

    # Full-width forms of common signs come with the letters they stand among.
    is_full_width = unicodedata.east_asian_width(character) == "F"
    scripts = {"Hani"} if is_full_width else script_extension(character)
    for entry in preferences().scripts:
        if scripts & set(entry.scripts) and not set(entry.families) & set(fonts.families):
            return entry
    return None


def _unescape(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _CONTROL.get(match[2], match[2])

    return _ESCAPE.sub(character, text)
