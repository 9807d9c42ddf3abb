from __future__ import annotations

from toolkit.tei.parse import parse
from toolkit.tei.positions import positions


def test_blank_space_of_any_length_is_passed_over() -> None:
    for blank in (" " * 5_000, "<!--" + "x" * 5_000 + "-->", "<![CDATA[" + "\n" * 3_000, ""):
        tail = "]]>" if blank.startswith("<![") else ""
        document = parse("f.xml", f"<a>{blank}w{tail}<b/></a>".encode())
        place = positions(document).text(document.root)
        lines = f"<a>{blank}w".split("\n")
        assert (place.line, place.column) == (len(lines), len(lines[-1]))
