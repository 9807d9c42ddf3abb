"""What is kept as data is read as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.rows import as_data, from_data


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Point(NamedTuple):
    x: int
    y: float = 0.0


@dataclass(frozen=True)
class Inner:
    sort: Literal["a", "b"]
    words: frozenset[str] = frozenset()
    colour: Colour | None = None


@dataclass(frozen=True)
class Outer:
    text: str
    inner: tuple[Inner, ...]
    pair: tuple[int, Point] = (0, Point(0))
    by_name: Mapping[str, Inner] = field(default_factory=dict)
    number: int | None = None


inners = st.builds(
    Inner,
    st.sampled_from(["a", "b"]),
    st.frozensets(st.text()),
    st.none() | st.sampled_from(Colour),
)
points = st.builds(Point, st.integers(), st.floats(allow_nan=False))


@given(
    st.builds(
        Outer,
        st.text(),
        st.lists(inners).map(tuple),
        st.tuples(st.integers(), points),
        st.dictionaries(st.text(), inners),
        st.none() | st.integers(),
    )
)
def test_what_is_made_of_data_is_what_the_data_were_made_of(value: Outer) -> None:
    assert from_data(as_data(value, Outer), Outer) == value


def test_a_type_that_data_cannot_tell_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be turned into data"):
        as_data({1}, set[int])
