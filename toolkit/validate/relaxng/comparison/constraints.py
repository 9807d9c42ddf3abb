"""What a datatype asks of a value, as a conjunction of constraints.

A constraint is regular, so that it can be compared with others exactly, or opaque: of a date or a
bound on numbers it is only known whether a given value fulfils it.
"""

from __future__ import annotations

from typing import NamedTuple

from toolkit.validate.relaxng.datatypes.library import Datatype
from toolkit.validate.relaxng.datatypes.regex import (
    Expression,
    One,
    Range,
    Sequence,
    parse_regex,
)

_UNQUALIFIED = r"[\i-[:]][\c-[:]]*"
_WORD = r"[^\s]"
_EVERY = frozenset({"string", "normalizedString", "token"})
_LEXICAL = {
    "language": "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "Name": r"\i\c*",
    "NCName": _UNQUALIFIED,
    "ID": _UNQUALIFIED,
    "IDREF": _UNQUALIFIED,
    "NMTOKEN": r"\c+",
    "NMTOKENS": r"\c+( \c+)*",
    "IDREFS": f"{_UNQUALIFIED}( {_UNQUALIFIED})*",
    "boolean": "true|false|0|1",
    "decimal": r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "integer": "[+\\-]?[0-9]+",
    "nonNegativeInteger": r"\+?[0-9]+|-0+",
    "positiveInteger": r"\+?0*[1-9][0-9]*",
    "nonPositiveInteger": r"-[0-9]+|\+?0+",
    "negativeInteger": "-0*[1-9][0-9]*",
    "float": r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+\-]?[0-9]+)?|-?INF|NaN",
    "double": r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+\-]?[0-9]+)?|-?INF|NaN",
}
"""The types whose values are told by a regular expression alone (white space normalised)."""
_MEASURED = _EVERY | frozenset({"language", "Name", "NCName", "ID", "IDREF", "NMTOKEN"})
_LENGTHS = {"length": "{{{0}}}", "minLength": "{{{0},}}", "maxLength": "{{0,{0}}}"}
BOUNDS = frozenset({"minInclusive", "maxInclusive", "minExclusive", "maxExclusive"})
_PRESERVING = frozenset({"string", "normalizedString"})

NORMALISED = parse_regex(f"({_WORD}+( {_WORD}+)*)?")
"""Values as most types see them: no white space at the ends, single spaces in between."""
TOKEN = parse_regex(f"{_WORD}+")
NOT_A_TOKEN = parse_regex(r"([\s\S]*\s[\s\S]*)?")
ANYTHING = parse_regex(r"[\s\S]*")


class Regular(NamedTuple):
    """A constraint that an expression states."""

    expression: Expression


class Opaque(NamedTuple):
    """A constraint of which only the name is known."""

    name: str


Constraint = Regular | Opaque


def constraints(kind: Datatype) -> tuple[Constraint, ...]:
    """Return what a value must fulfil to be of the type; nothing if every value is."""
    found: list[Constraint] = []
    if kind.name in _LEXICAL:
        found.append(Regular(parse_regex(_LEXICAL[kind.name])))
    elif kind.name not in _EVERY:
        found.append(Opaque(kind.name))
    for facet, text in kind.parameters:
        if facet == "pattern":
            found.append(Regular(parse_regex(text)))
        elif facet in _LENGTHS and kind.name in _MEASURED:
            count = _LENGTHS[facet].format(int(text))
            found.append(Regular(parse_regex(rf"[\s\S]{count}")))
        else:
            # Bounds depend on the type they are of, as 10 is less than 9 in no number.
            found.append(Opaque(f"{kind.name} {facet} {text}"))
    return tuple(found)


def preserves_space(kind: Datatype) -> bool:
    """Tell whether white space in a value can decide whether it is of the type."""
    return kind.name in _PRESERVING and bool(kind.parameters)


def ignores_space(kind: Datatype) -> bool:
    """Tell whether the type compares texts, without white space around them."""
    return is_textual(kind) and kind.name not in _PRESERVING


def is_textual(kind: Datatype) -> bool:
    """Tell whether two values of the type are equal only if their texts are."""
    return kind.name in _MEASURED or kind.name in ("NMTOKENS", "IDREFS")


def literal(text: str) -> Expression:
    """Return the expression that only ``text`` matches."""
    return Sequence(tuple(One(Range(character, character)) for character in text))
