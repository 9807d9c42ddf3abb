"""Places of nodes: line and column in the file, in any encoding."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.letter import LETTER, Findings
from toolkit.tei.parse import parse
from toolkit.tei.positions import positions

TEXT = """<a>
  <b x="1"
     y="ü>" xml:id='z'/> täxt
<c>q</c> <!-- <no> --> \n  more <d/>z</a>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_place_is_where_the_file_has_it(encoding: str, line_end: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    text = (declaration + TEXT).replace("\n", line_end)
    document = parse("f.xml", text.encode(encoding))
    where = positions(document)
    b, c, d = document.root.iterchildren("*")

    def place(position):
        return position.line, position.column

    assert place(where.element(b)) == (3, 3)
    assert place(where.attribute(b, "x")) == (3, 6)
    assert place(where.attribute(b, "y")) == (4, 6)
    assert place(where.attribute(b, "{http://www.w3.org/XML/1998/namespace}id")) == (4, 13)
    assert place(where.text(document.root, b)) == (4, 26)
    assert place(where.text(c)) == (5, 4)
    assert place(where.text(document.root, c)) == (6, 3)
    assert place(where.text(document.root, d)) == (6, 12)


def test_lines_beyond_65535_are_right() -> None:
    document = parse("f.xml", b"<a>" + b"\n" * 70_000 + b"   <b/></a>")
    place = positions(document).element(document.root[0])
    assert (place.line, place.column) == (70_001, 4)


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.text("aü€𝄞 \n\r", max_size=9), st.integers(min_value=1, max_value=3_000)),
        max_size=5,
    )
)
def test_elements_are_found_by_place_and_by_byte_however_long_lines_are(
    texts: list[tuple[str, int]],
) -> None:
    source = f"<a>{''.join(f'{text * times}<b/>' for text, times in texts)}</a>"
    document = parse("f.xml", source.encode())
    where = positions(document)
    tags = [found.start() for found in re.finditer("<b/>", source)]
    for element, at in zip(document.root, tags, strict=True):
        ends = [found.end() for found in re.finditer(r"\r\n?|\n", source[:at])]
        place = where.element(element)
        assert (place.line, place.column) == (len(ends) + 1, at - (ends[-1] if ends else 0) + 1)
        byte = len(source[:at].encode())
        assert where.offset(element) == where.offset_of(place.line, place.column) == byte


def test_an_encoding_that_expat_does_not_know_has_places() -> None:
    text = '<?xml version="1.0" encoding="GB18030"?>\n<a>\n<b m="北京" n="x"/></a>'
    document = parse("f.xml", text.encode("gb18030"))
    place = positions(document).attribute(document.root[0], "n")
    assert (place.line, place.column) == (3, 11)


def test_each_of_many_attributes_has_its_place() -> None:
    names = [f"p:n{i}" if i % 3 else f"n{i}" for i in range(200)]
    tag = "".join(f'{" " if i % 7 else chr(10) + "  "}{n} = ">{i}"' for i, n in enumerate(names))
    text = f'<a>\n <b xmlns:p="urn:p"{tag}/></a>'
    document = parse("a.xml", text.encode())
    where = positions(document)
    for i, name in enumerate(names):
        at = text.index(f'{name} = ">{i}"')
        expected = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        asked = name.replace("p:", "{urn:p}")
        found = where.attribute(document.root[0], asked)
        assert (found.line, found.column) == expected
    absent = where.attribute(document.root[0], "absent")
    assert (absent.line, absent.column) == (2, 2)


def test_who_has_many_unknown_attributes_is_told_of_each(findings: Findings) -> None:
    many = "".join(f' rendd{i}="x"' for i in range(250))
    found = findings(LETTER.replace("<p>", f"<p{many}>", 1))
    assert [d.code for d in found] == ["V106"] * 250
    assert "did you mean" in found[0].message
