"""Values of attributes are written as the standard library writes them."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from hypothesis import given
from hypothesis import strategies as st

from toolkit.tei.quoting import quoted


@given(st.text(st.sampled_from("a&<>\"'\n\r\tä")))
def test_values_are_quoted_as_by_the_standard_library(value: str) -> None:
    assert quoted(value) == quoteattr(value)
