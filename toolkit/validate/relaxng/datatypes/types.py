"""The built-in types of XML Schema (Part 2, section 3): their lexical and value spaces."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Callable, Hashable
from decimal import Decimal
from typing import NamedTuple

from toolkit.expressions import expression
from toolkit.validate.relaxng.datatypes import dates
from toolkit.validate.relaxng.datatypes.context import Context
from toolkit.validate.relaxng.datatypes.uris import is_uri
from toolkit.validate.relaxng.datatypes.xmlnames import (
    is_name,
    is_name_token,
    is_unprefixed_name,
)
from toolkit.validate.relaxng.nameclass import expanded

Read = Callable[[str, Context], Hashable]
"""Reads a value whose white space is normalised; raises ValueError if it is none of the type."""


class Primitive(NamedTuple):
    """A type: how it reads values, and what can be asked of them.

    ``space`` is the whiteSpace facet; ``measure`` gives the length that length facets speak of;
    ``less`` is the order that bounds speak of, None for a type without order.
    """

    read: Read
    space: str = "collapse"
    measure: Callable[[Hashable], int] | None = None
    less: Callable[[Hashable, Hashable], bool] | None = None
    digits: bool = False
    contextual: bool = False
    id_type: str = ""
    is_list: bool = False


_DECIMAL = expression(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_INTEGER = expression(r"[+-]?\d+", re.ASCII)
_FLOAT = expression(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN", re.ASCII)
_LANGUAGE = expression(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_BASE64 = expression(
    r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}


def _any(value: str, _context: Context) -> Hashable:
    return value


def _where(holds: Callable[[str], bool]) -> Read:
    def read(value: str, _context: Context) -> Hashable:
        if not holds(value):
            raise ValueError(value)
        return value

    return read


def _without_context(parse: Callable[[str], Hashable]) -> Read:
    return lambda value, _context: parse(value)


def _boolean(value: str) -> bool:
    if value not in _BOOLEANS:
        raise ValueError(value)
    return _BOOLEANS[value]


def _decimal(value: str) -> Decimal:
    if not _DECIMAL.fullmatch(value):
        raise ValueError(value)
    return Decimal(value)


def _integer(least: int | None, most: int | None) -> Callable[[str], Decimal]:
    def parse(value: str) -> Decimal:
        if not _INTEGER.fullmatch(value):
            raise ValueError(value)
        number = Decimal(value)
        if (least is not None and number < least) or (most is not None and number > most):
            raise ValueError(value)
        return number

    return parse


def _double(value: str) -> Hashable:
    if not _FLOAT.fullmatch(value):
        raise ValueError(value)
    # All NaN are one value (section 3.2.5.1); Python's differ from themselves.
    return "NaN" if value == "NaN" else float(value)


def _single(value: str) -> Hashable:
    number = _double(value)
    if not isinstance(number, float):
        return number
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return float("-inf") if number < 0 else float("inf")


def _hex(value: str) -> bytes:
    if not value.isascii() or re.search(r"\s", value):
        raise ValueError(value)
    return bytes.fromhex(value)


def _base64(value: str) -> bytes:
    packed = value.replace(" ", "")
    if not _BASE64.fullmatch(packed):
        raise ValueError(value)
    try:
        return base64.b64decode(packed, validate=True)
    except binascii.Error as error:
        raise ValueError(value) from error


def _qname(value: str, context: Context) -> Hashable:
    prefix, colon, local = value.rpartition(":")
    if not is_unprefixed_name(local) or (colon and not is_unprefixed_name(prefix)):
        raise ValueError(value)
    if colon and prefix not in context.prefixes:
        raise ValueError("the prefix is not declared")
    return expanded(context.prefixes.get(prefix, ""), local)


def _notation(value: str, context: Context) -> Hashable:
    name = _qname(value, context)
    if context.notations is not None and value not in context.notations:
        raise ValueError("no such notation")
    return name


def _entity(value: str, context: Context) -> Hashable:
    if not is_unprefixed_name(value) or value not in context.entities:
        raise ValueError("no such unparsed entity")
    return value


def _list_of(read: Read) -> Read:
    def read_list(value: str, context: Context) -> Hashable:
        items = value.split(" ")
        if not value:
            raise ValueError("the list is empty")
        return tuple(read(item, context) for item in items)

    return read_list


def _length(value: Hashable) -> int:
    assert isinstance(value, str | bytes | tuple)  # noqa: S101
    return len(value)


def _less(one: Hashable, other: Hashable) -> bool:
    if "NaN" in (one, other):
        return False
    return one < other  # type: ignore[operator,no-any-return]


def _before(one: Hashable, other: Hashable) -> bool:
    assert isinstance(one, dates.Moment)  # noqa: S101
    assert isinstance(other, dates.Moment)  # noqa: S101
    return dates.before(one, other)


def _shorter(one: Hashable, other: Hashable) -> bool:
    assert isinstance(one, dates.Duration)  # noqa: S101
    assert isinstance(other, dates.Duration)  # noqa: S101
    return dates.shorter(one, other)


def _text(holds: Callable[[str], bool], id_type: str = "") -> Primitive:
    return Primitive(_where(holds), measure=_length, id_type=id_type)


def _texts(item: Read, id_type: str = "", contextual: bool = False) -> Primitive:
    return Primitive(
        _list_of(item), measure=_length, id_type=id_type, contextual=contextual, is_list=True
    )


PRIMITIVES: dict[str, Primitive] = {
    "string": Primitive(_any, "preserve", _length),
    "normalizedString": Primitive(_any, "replace", _length),
    "token": Primitive(_any, measure=_length),
    "language": _text(lambda value: _LANGUAGE.fullmatch(value) is not None),
    "Name": _text(is_name),
    "NCName": _text(is_unprefixed_name),
    "NMTOKEN": _text(is_name_token),
    "NMTOKENS": _texts(_where(is_name_token)),
    "ID": _text(is_unprefixed_name, "ID"),
    "IDREF": _text(is_unprefixed_name, "IDREF"),
    "IDREFS": _texts(_where(is_unprefixed_name), "IDREFS"),
    "ENTITY": Primitive(_entity, measure=_length, contextual=True),
    "ENTITIES": _texts(_entity, contextual=True),
    "boolean": Primitive(_without_context(_boolean)),
    "decimal": Primitive(_without_context(_decimal), less=_less, digits=True),
    "float": Primitive(_without_context(_single), less=_less),
    "double": Primitive(_without_context(_double), less=_less),
    "duration": Primitive(_without_context(dates.parse_duration), less=_shorter),
    "hexBinary": Primitive(_without_context(_hex), measure=_length),
    "base64Binary": Primitive(_without_context(_base64), measure=_length),
    "anyURI": _text(is_uri),
    "QName": Primitive(_qname, measure=_length, contextual=True),
    "NOTATION": Primitive(_notation, measure=_length, contextual=True),
    **{
        kind: Primitive(_without_context(dates.parser(kind)), less=_before)
        for kind in (
            "dateTime",
            "time",
            "date",
            "gYearMonth",
            "gYear",
            "gMonthDay",
            "gMonth",
            "gDay",
        )
    },
    **{
        kind: Primitive(_without_context(_integer(*bounds)), less=_less, digits=True)
        for kind, bounds in _BOUNDS.items()
    },
}
"""The types of XML Schema by name."""
