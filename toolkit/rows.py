"""Dataclasses and named tuples as JSON data and back: rows of their fields, as annotated.

For what is kept in the cache folder; it is read only by the code that wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from toolkit.collection import collection_paused

T = TypeVar("T")
_Turn = Callable[[Any], Any]

_SCALARS = (str, int, float, bool, NoneType)


def as_data(value: object, kind: Any) -> Any:  # noqa: ANN401 (a type, and any JSON value)
    """Return a value of this type as JSON data.

    A type is a dataclass, a named tuple, an enumeration, a scalar of JSON or an alternative of
    these, or a tuple, frozen set or mapping (by strings) of such values.

    Raises:
        TypeError: the type is none of these.
    """
    with collection_paused():
        return _turn(kind, to_data=True)(value)


def from_data(data: Any, kind: type[T]) -> T:  # noqa: ANN401 (any JSON value)
    """Return the value of this type that the data were made of.

    Raises:
        TypeError: the type is none that can be turned into data.
        ValueError, TypeError, KeyError: the data were not made of a value of this type.
    """
    with collection_paused():
        return cast(T, _turn(cast(Any, kind), to_data=False)(data))


@cache
def _turn(kind: Any, *, to_data: bool) -> _Turn:  # noqa: ANN401 (a type)
    origin, of = get_origin(kind), get_args(kind)
    if kind in _SCALARS or origin is Literal:
        return _same
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _value_of if to_data else kind
    if isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        return _turn_of_record(kind, to_data=to_data)
    if origin in (Union, UnionType):
        return _turn_of_union(of, to_data=to_data)
    if origin is tuple:
        return _turn_of_tuple(of, to_data=to_data)
    if origin is frozenset:
        each = _turn(of[0], to_data=to_data)
        return (lambda value: sorted(map(each, value))) if to_data else _in(frozenset, each)
    if origin is not None and issubclass(origin, Mapping) and of[0] is str:
        each = _turn(of[1], to_data=to_data)
        if each is _same:
            return dict
        return lambda value: {key: each(item) for key, item in value.items()}
    raise TypeError(f"{kind} cannot be turned into data")


def _turn_of_record(kind: Any, *, to_data: bool) -> _Turn:  # noqa: ANN401 (a type)
    hints = get_type_hints(kind)
    names = (
        [each.name for each in fields(kind) if each.init] if is_dataclass(kind) else kind._fields
    )
    turns = [_turn(hints[name], to_data=to_data) for name in names]
    # Most fields stay as they are.
    turned = [(number, turn) for number, turn in enumerate(turns) if turn is not _same]

    def row_of(value: object) -> list[Any]:
        row = [getattr(value, name) for name in names]
        for number, turn in turned:
            row[number] = turn(row[number])
        return row

    def value_of(row: list[Any]) -> object:
        row = [*row]
        for number, turn in turned:
            row[number] = turn(row[number])
        return kind(*row)

    return row_of if to_data else value_of


def _turn_of_union(kinds: tuple[Any, ...], *, to_data: bool) -> _Turn:
    others = [kind for kind in kinds if kind is not NoneType]
    turns = [_turn(kind, to_data=to_data) for kind in others]
    if all(turn is _same for turn in turns):
        return _same
    if len(turns) > 1:
        raise TypeError(f"which of {others} a value is cannot be told from data")
    turn = turns[0]
    return lambda value: None if value is None else turn(value)


def _turn_of_tuple(kinds: tuple[Any, ...], *, to_data: bool) -> _Turn:
    into: Callable[[Any], Any] = list if to_data else tuple
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return _in(into, _turn(kinds[0], to_data=to_data))
    turns = [_turn(kind, to_data=to_data) for kind in kinds]
    return lambda value: into(turn(item) for turn, item in zip(turns, value, strict=True))


def _in(into: Callable[[Any], Any], each: _Turn) -> _Turn:
    return into if each is _same else lambda value: into(map(each, value))


def _same(value: Any) -> Any:  # noqa: ANN401 (any scalar)
    return value


def _value_of(value: Enum) -> Any:  # noqa: ANN401 (what it stands for)
    return value.value
