"""What annotation has added to a document: a record that the document carries.

A processing instruction before the root element, ``<?tei-annotation added="0a3f1c2d …"?>``, holds a
short digest of each addition: of a tag as it was written, with the text it was put around. By it
the toolkit knows its own tags again, and takes away only what nobody has changed since.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import StrEnum

from toolkit.annotate.edits import Edit, Order
from toolkit.annotate.source import Element, Source

_INSTRUCTION = re.compile(rb'<\?tei-annotation added="([0-9a-f ]*)"\?>(?:\r?\n)?')
_BEFORE = re.compile(rb"(?:<\?xml\s[^>]*\?>(?:\r?\n)?)?(?:<\?tei-toolkit\s[^\n]*?\?>\r?\n)?")
_ROOT = re.compile(rb"<(?!!--|\?|!DOCTYPE)")
_LINE_END = re.compile(rb"\r?\n")
_ATTRIBUTE = re.compile(r"""\s+[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*')""")
_DIGITS = 8


class Added(StrEnum):
    """What an addition is: a tag around text, attributes in a tag, or an element with its text."""

    TAG = "tag"
    ATTRIBUTES = "attributes"
    ELEMENT = "element"


def digest_of(added: Added, written: str, text: str = "") -> str:
    """Return the digest of an addition, as the record has it.

    ``written`` is what was put into the source, with the name before it that the element had if it
    got another; ``text`` is what it says something about. White space of the text and the kind of
    line ends do not count.
    """
    parts = (added, written.replace("\r\n", "\n"), " ".join(text.split()))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_DIGITS]


def digests_of(source: Source, edits: Iterable[Edit]) -> frozenset[str]:
    """Return the digests of the insertions that annotation makes into a source."""
    return frozenset(_digests(source, sorted(edits)))


def _digests(source: Source, edits: list[Edit]) -> Iterator[str]:
    starts = [element.start for element in source.elements]
    renamed = {edit.offset - 1 for edit in edits if edit.replaces}
    opened: list[Edit] = []
    for edit in edits:
        if edit.order is Order.OPEN:
            opened.append(edit)
        elif edit.order is Order.CLOSE:
            tag = opened.pop()
            yield digest_of(Added.TAG, tag.text, source.text_between(tag.offset, edit.offset))
        elif edit.adds_text:
            yield digest_of(Added.ELEMENT, edit.text)
        elif not edit.replaces:
            element = source.elements[bisect_right(starts, edit.offset) - 1]
            before = f"{element.name} " if element.start in renamed else ""
            yield digest_of(Added.ATTRIBUTES, before + edit.text, source.text_of(element))


def recorded(content: bytes) -> frozenset[str]:
    """Return the digests that the record in a document (in UTF-8) has."""
    found = _INSTRUCTION.search(content, 0, _prolog_end(content))
    return frozenset(found[1].decode().split()) if found else frozenset()


def with_record(content: bytes, digests: frozenset[str]) -> bytes:
    """Return a document (in UTF-8) with this record in place of the one it has.

    A document without additions has no record.
    """
    found = _INSTRUCTION.search(content, 0, _prolog_end(content))
    if digests and found and frozenset(found[1].decode().split()) == digests:
        return content
    line_end = _LINE_END.search(content)
    written = f'<?tei-annotation added="{" ".join(sorted(digests))}"?>'.encode()
    instruction = written + (line_end[0] if line_end else b"\n") if digests else b""
    if found:
        return content[: found.start()] + instruction + content[found.end() :]
    before = _BEFORE.match(content)
    at = before.end() if before else 0
    return content[:at] + instruction + content[at:]


def attribute_runs(source: Source, element: Element) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each run of attributes in a start tag, the space before included.

    The longest runs come first.
    """
    tag = source.content[element.start : element.content_start]
    edges = [match.start() for match in _ATTRIBUTE.finditer(tag)]
    ends = [match.end() for match in _ATTRIBUTE.finditer(tag)]
    for length in range(len(edges), 0, -1):
        for first in range(len(edges) - length + 1):
            yield element.start + edges[first], element.start + ends[first + length - 1]


def _prolog_end(content: bytes) -> int:
    root = _ROOT.search(content)
    return root.start() if root else len(content)
