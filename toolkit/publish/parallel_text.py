"""A text and its translation in the print vocabulary, for outputs without columns."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

_PRINT = "{urn:tei-toolkit:print}"


def one_after_the_other(root: etree._Element) -> None:
    """Put each translation behind the text that it stands beside; the tree is changed."""
    put_behind(list(root.iter(f"{_PRINT}parallel")))


def put_behind(parallels: Iterable[etree._Element]) -> None:
    """Put the translations of these behind their originals; the tree is changed."""
    for parallel in parallels:
        sides = list(parallel.iter(f"{_PRINT}side"))
        parent = parallel.getparent()
        assert parent is not None  # noqa: S101 (it stands in a flow)
        place = parent.index(parallel)
        parent[place : place + 1] = [part for side in (*sides[::2], *sides[1::2]) for part in side]


def without_columns(printed: str) -> str:
    """Return the document with each translation behind its original."""
    if "<parallel" not in printed:
        return printed
    root = etree.fromstring(printed.encode(), etree.XMLParser(huge_tree=True, no_network=True))
    one_after_the_other(root)
    return str(etree.tostring(root, encoding="unicode"))
