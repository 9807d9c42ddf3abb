"""Names of XML: a name is what the XML parser takes for one.

XML 1.0 has five editions with two different tables of name characters. Asking expat keeps names
in values the same as names in markup.
"""

from __future__ import annotations

from functools import lru_cache
from xml.parsers import expat

from toolkit.expressions import expression

_ASCII_NAME = expression(r"[A-Za-z_:][A-Za-z0-9._:\-]*")
_ASCII_TOKEN = expression(r"[A-Za-z0-9._:\-]+")
_START = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:")


@lru_cache(maxsize=10_000)
def is_name_character(character: str) -> bool:
    """Tell whether one character may stand in a name (XML 1.0, production NameChar)."""
    if character.isascii():
        return _ASCII_TOKEN.fullmatch(character) is not None
    return _parses(f"<a{character}/>")


@lru_cache(maxsize=10_000)
def is_name_start(character: str) -> bool:
    """Tell whether one character may begin a name."""
    if character.isascii():
        return character in _START
    return _parses(f"<{character}/>")


def is_name(value: str) -> bool:
    """Tell whether ``value`` is a name (production Name)."""
    if value.isascii():
        return _ASCII_NAME.fullmatch(value) is not None
    return bool(value) and is_name_start(value[0]) and is_name_token(value)


def is_name_token(value: str) -> bool:
    """Tell whether ``value`` is a name token (production Nmtoken)."""
    if value.isascii():
        return _ASCII_TOKEN.fullmatch(value) is not None
    return all(map(is_name_character, value))


def is_unprefixed_name(value: str) -> bool:
    """Tell whether ``value`` is a name without colon (Namespaces in XML, production NCName)."""
    return ":" not in value and is_name(value)


def _parses(markup: str) -> bool:
    try:
        expat.ParserCreate("UTF-8").Parse(markup.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError:
        return False
    return True
