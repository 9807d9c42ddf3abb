"""The characters of XML, cut into classes that regular expressions cannot tell apart."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from toolkit.validate.relaxng.datatypes.regex import (
    Alternatives,
    Category,
    CharacterSet,
    Expression,
    NameCharacters,
    One,
    Range,
    Repeat,
    Sequence,
    Union,
)
from toolkit.validate.relaxng.datatypes.xmlnames import is_name_character, is_name_start

_MOST_MEMBERS = 60
_NOT_XML = frozenset({0xFFFE, 0xFFFF})
_BEYOND = 0x10000
# Where what is a character of XML begins or ends.
_ALWAYS = frozenset({9, 11, 13, 14, 32, 0xD800, 0xE000, 0xFFFE, _BEYOND})
# Plain letters and digits stand alone, so that examples can be made of them.
_PLAIN = _ALWAYS | frozenset(range(48, 123))


def classes(expressions: Iterable[Expression]) -> list[str]:
    """Return the classes of characters; each as a string of some members, the plainest first."""
    sets = list(dict.fromkeys(found for e in expressions for found in _sets(e)))
    members: dict[tuple[bool, ...], list[str]] = {}
    for first, last, signature in _intervals(sets):
        known = members.setdefault(signature, [])
        room = _MOST_MEMBERS - len(known)
        plain = _is_plain(first)
        if room > 0 or plain:
            codes = range(ord(first), min(ord(last), ord(first) + _MOST_MEMBERS) + 1)
            known += [chr(code) for code in codes]
    return ["".join(sorted(known, key=_plainness)[:_MOST_MEMBERS]) for known in members.values()]


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _plainness(character: str) -> tuple[bool, bool, bool, str]:
    plain = _is_plain(character)
    return not (plain and character.islower()), not plain, not character.isascii(), character


def _sets(expression: Expression) -> Iterator[CharacterSet]:
    match expression:
        case One(characters):
            yield characters
        case Sequence(items) | Alternatives(items):
            for item in items:
                yield from _sets(item)
        case Repeat(item, _, _):
            yield from _sets(item)


def _intervals(sets: list[CharacterSet]) -> Iterator[tuple[str, str, tuple[bool, ...]]]:
    """Yield first and last character of runs, and which sets hold them: all or none of the run."""
    changes: dict[int, list[tuple[int, bool]]] = {cut: [] for cut in _PLAIN}
    for index, each in enumerate(sets):
        for cut, inside in _changes(each):
            changes.setdefault(cut, []).append((index, inside))
    ends = sorted(changes)
    state = [False] * len(sets)
    for first, after in zip(ends, [*ends[1:], sys.maxunicode + 1], strict=True):
        for index, inside in changes[first]:
            state[index] = inside
        if _is_xml(first):
            yield chr(first), chr(after - 1), tuple(state)


@cache
def _changes(characters: CharacterSet) -> tuple[tuple[int, bool], ...]:
    """Return where runs of characters inside or outside of a set begin, and which it is."""
    found: list[tuple[int, bool]] = []
    for cut in sorted(_cuts(characters) | _ALWAYS):
        inside = cut <= sys.maxunicode and _is_xml(cut) and characters.contains(chr(cut))
        if cut <= sys.maxunicode and (not found or found[-1][1] != inside):
            found.append((cut, inside))
    return tuple(found)


def _is_xml(code: int) -> bool:
    if code < 32:
        return code in (9, 10, 13)
    return not 0xD800 <= code < 0xE000 and code not in _NOT_XML


def _cuts(characters: CharacterSet) -> frozenset[int]:
    match characters:
        case Range(first, last):
            return frozenset({ord(first), ord(last) + 1})
        case Category():
            return _category_cuts()
        case NameCharacters():
            return _name_cuts()
        case Union(members, _, exception):
            found = frozenset[int]().union(*map(_cuts, members))
            return found if exception is None else found | _cuts(exception)


@cache
def _category_cuts() -> frozenset[int]:
    categories = [unicodedata.category(chr(code)) for code in range(sys.maxunicode + 1)]
    return frozenset(
        code for code in range(1, len(categories)) if categories[code] != categories[code - 1]
    )


@cache
def _name_cuts() -> frozenset[int]:
    kinds = []
    for code in range(_BEYOND + 1):
        character = chr(code)
        known = _is_xml(code)
        kinds.append((known and is_name_start(character), known and is_name_character(character)))
    return frozenset(code for code in range(1, len(kinds)) if kinds[code] != kinds[code - 1])
