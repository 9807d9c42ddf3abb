"""Tests of the source of a document: where each character of its text stands in the file."""

from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotate.source import Source

PIECES = [
    "word", "é", "\u4e2d", "\n", "\r\n", "\r", "&amp;", "&#233;", "&#x4E2D;", "&amp;amp;",
    "&lt;b&gt;", "<lb/>", "<hi a='>'>", "</hi>", "<!-- & < -->", "<?pi & ?>", "]] >",
    "<![CDATA[& <x>\r\n]]>",
]  # fmt: skip
DOCTYPE = "<!DOCTYPE TEI [<!ENTITY e 'x'>]>"
"""With an entity declared, the text of a document is read piece by piece."""


def _balanced(pieces: list[str]) -> str:
    text, opened = [], 0
    for piece in pieces:
        if piece == "</hi>" and not opened:
            continue
        opened += piece.startswith("<hi") - (piece == "</hi>")
        text.append(piece)
    return "".join([*text, *["</hi>"] * opened])


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(_balanced))
def test_text_read_at_once_stands_where_text_read_piece_by_piece_does(inner: str) -> None:
    prolog = DOCTYPE.encode()
    at_once = Source(f"<TEI>{inner}</TEI>".encode())
    in_pieces = Source(prolog + at_once.content.encode())
    assert at_once.text == in_pieces.text
    for index in range(len(at_once.text)):
        one, other = at_once.start_of(index), in_pieces.start_of(index)
        assert one == (other if other is None else other - len(prolog))
        one, other = at_once.end_of(index), in_pieces.end_of(index)
        assert one == (other if other is None else other - len(prolog))
    for one_element, other_element in zip(at_once.elements, in_pieces.elements, strict=True):
        assert one_element.name == other_element.name
        assert one_element.attributes == other_element.attributes
        assert one_element.content_end == other_element.content_end - len(prolog)
        assert (one_element.first, one_element.last) == (other_element.first, other_element.last)
