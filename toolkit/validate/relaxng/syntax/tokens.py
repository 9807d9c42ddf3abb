"""The tokens of the compact syntax (RELAX NG Compact Syntax, 21 November 2002, section 2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.diagnostics import SourceText
from toolkit.validate.relaxng.problems import Place, syntax_error

KEYWORDS = frozenset(
    {
        "attribute",
        "datatypes",
        "default",
        "div",
        "element",
        "empty",
        "external",
        "grammar",
        "include",
        "inherit",
        "list",
        "mixed",
        "namespace",
        "notAllowed",
        "parent",
        "start",
        "string",
        "text",
        "token",
    }
)

_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\n]+|\#[^\n]*)
  | (?P<literal>\"\"\"(?:[^"]|"(?!""))*\"\"\"|'''(?:[^']|'(?!''))*'''|"[^"\n]*"|'[^'\n]*')
  | (?P<nsname>{_NAME}:\*)
  | (?P<cname>{_NAME}:{_NAME})
  | (?P<quoted>\\{_NAME})
  | (?P<identifier>{_NAME})
  | (?P<operator>\|=|&=|>>|[=\{{\}}()\[\],&|?*+\-~])
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]{1,6})\}")
_ESCAPED_NEWLINE = "\x00"


class Token(NamedTuple):
    """A token. ``kind`` is the operator or keyword itself, or one of the names above."""

    kind: str
    text: str
    place: Place


def tokenize(content: str, file: str) -> list[Token]:
    """Return the tokens of a schema, with a last one of kind ``end``.

    Raises:
        DiagnosticError: a character begins no token (V181).
    """
    text = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = SourceText(file, text := _ESCAPE.sub(_unescape, text))
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        where = source.position(at)
        place = Place(file, where.line, where.column)
        if found is None:
            raise syntax_error(
                place,
                f"“{text[at]}” begins nothing in the compact syntax",
                "Strings need quotation marks; a quotation mark may be missing before.",
            )
        at = found.end()
        if found.lastgroup != "space":
            tokens.append(_token(found, place))
    where = source.position(len(text))
    tokens.append(Token("end", "", Place(file, where.line, where.column)))
    return tokens


def _token(found: re.Match[str], place: Place) -> Token:
    kind, text = found.lastgroup or "", found[0]
    match kind:
        case "operator":
            return Token(text, text, place)
        case "identifier":
            return Token(text if text in KEYWORDS else kind, text, place)
        case "quoted":
            return Token("identifier", text[1:], place)
        case "literal":
            marks = 3 if text[:3] in ('"""', "'''") and len(text) >= 6 else 1
            return Token(kind, text[marks:-marks].replace(_ESCAPED_NEWLINE, "\n"), place)
    return Token(kind, text, place)


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if code in (10, 13):
        return _ESCAPED_NEWLINE
    return chr(code) if code <= 0x10FFFF else found[0]
