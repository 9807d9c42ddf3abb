"""The tokens of the compact syntax (RELAX NG Compact Syntax, 21 November 2002, section 2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.expressions import expression
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
_TOKEN = expression(
    rf"""
    [ \t]*
    (?: (?P<name>{_NAME}(?::(?:\*|{_NAME}))?)
      | (?P<operator>\|=|&=|>>|[=\{{\}}()\[\],&|?*+\-~])
      | (?P<newline>\n)
      | (?P<literal>\"\"\"(?:[^"]|"(?!""))*\"\"\"|'''(?:[^']|'(?!''))*'''|"[^"\n]*"|'[^'\n]*')
      | (?P<comment>\#[^\n]*)
      | (?P<quoted>\\{_NAME})
      | (?P<stray>[^ \t])
    )
    """,
    re.VERBOSE,
)
_ESCAPE = expression(r"\\x+\{([0-9A-Fa-f]{1,6})\}")
_ESCAPED_NEWLINE = "\x00"


class Token(NamedTuple):
    """A token.

    ``kind`` is the operator or keyword itself, or identifier, cname, nsname, literal or end.
    """

    kind: str
    text: str
    place: Place


def tokenize(content: str, file: str) -> list[Token]:
    """Return the tokens of a schema, with a last one of kind ``end``.

    Raises:
        DiagnosticError: a character begins no token (V181).
    """
    text = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    tokens: list[Token] = []
    line, start = 1, 0
    for found in _TOKEN.finditer(text := _ESCAPE.sub(_unescape, text)):
        kind = found.lastgroup or ""
        if kind == "newline":
            line, start = line + 1, found.end()
            continue
        if kind == "comment":
            continue
        written = found[kind]
        place = Place(file, line, found.start(kind) - start + 1)
        if kind == "literal":
            line += written.count("\n")
            start = max(start, text.rfind("\n", start, found.end()) + 1)
        tokens.append(_token(kind, written, place))
    tokens.append(Token("end", "", Place(file, line, len(text) - start + 1)))
    return tokens


def _token(kind: str, text: str, place: Place) -> Token:
    if kind == "name":
        if ":" in text:
            return Token("nsname" if text.endswith("*") else "cname", text, place)
        return Token(text if text in KEYWORDS else "identifier", text, place)
    if kind == "operator":
        return Token(text, text, place)
    if kind == "literal":
        marks = 3 if text[:3] in ('"""', "'''") and len(text) >= 6 else 1
        return Token(kind, text[marks:-marks].replace(_ESCAPED_NEWLINE, "\n"), place)
    if kind == "quoted":
        return Token("identifier", text[1:], place)
    raise syntax_error(
        place,
        f"“{text}” begins nothing in the compact syntax",
        "Strings need quotation marks; a quotation mark may be missing before.",
    )


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if code in (10, 13):
        return _ESCAPED_NEWLINE
    return chr(code) if code <= 0x10FFFF else found[0]
