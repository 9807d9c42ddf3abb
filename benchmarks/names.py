"""Measure names against those that editors tagged and linked to their registers.

Reads ``gold/amp`` in the folder that TEI_TOOLKIT_DATA names: letters in which each person, place
and organisation is in an ``rs`` with a reference to the register. These tags are taken out, the
letters are annotated with the same registers, and the two are compared. The editors tagged also
what no register form can find (“he”, “your father”, “Mama”), so recall is counted twice: of all,
and of those whose text is a form of the entry.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from shutil import copyfile

from toolkit.annotate import Registers, annotate, read_registers
from toolkit.annotate.source import Element, Source
from toolkit.files import read_bytes
from toolkit.tei.parse import parse

_KINDS = ("person", "place", "org")
_NAMES = ("persName", "placeName", "orgName")
_Span = tuple[int, int]


def main() -> int:
    """Print the figures."""
    folder = os.environ.get("TEI_TOOLKIT_DATA")
    if not folder:
        print("TEI_TOOLKIT_DATA is not set", file=sys.stderr)
        return 2
    gold = Path(folder) / "gold" / "amp"
    with tempfile.TemporaryDirectory() as scratch:
        for index in sorted(gold.glob("amp-index-*.xml")):
            copyfile(index, Path(scratch) / index.name)
        registers = read_registers(Path(scratch))
    counts: Counter[str] = Counter()
    seconds = 0.0
    for path in sorted((gold / "editions").glob("*.xml")):
        seconds += measure(path, registers, counts)
    found, all_, formal = counts["found"], counts["gold"], counts["gold with form"]
    right, linked = counts["right entry"], counts["gold linked"]
    print(f"entries\t{len(registers.entries)}\nnames tagged\t{found}\ntagged by editors\t{all_}")
    print(f"right entry, of names tagged\t{right / max(found, 1):.3f}")
    print(f"same extent too\t{counts['exact'] / max(found, 1):.3f}")
    print(f"linked rightly, of all by editors\t{linked / max(all_, 1):.3f}")
    print(
        f"linked rightly, of those that are forms\t{counts['formal linked'] / max(formal, 1):.3f}"
    )
    print(f"seconds\t{seconds:.2f}")
    return 0


def measure(path: Path, registers: Registers, counts: Counter[str]) -> float:
    """Count one letter; return the seconds that annotation took."""
    source = Source(read_bytes(path))
    text = _text_of(source)
    tagged = [e for e in text.descendants() if _is_gold(e)]
    expected = _spans(text, tagged)
    begin = time.perf_counter()
    result = annotate(parse(str(path), _without(source, tagged)), registers, "registers")
    seconds = time.perf_counter() - begin
    found = _found(Source(result.content))
    for span, key in found.items():
        counts["found"] += 1
        counts["right entry"] += any(_overlap(span, s) and key == k for s, k in expected.items())
        counts["exact"] += expected.get(span) == key
    for span, key in expected.items():
        linked = any(_overlap(span, s) and key == k for s, k in found.items())
        formal = _is_form(source.text_of(text)[slice(*span)], key, registers)
        counts["gold"] += 1
        counts["gold linked"] += linked
        counts["gold with form"] += formal
        counts["formal linked"] += formal and linked
    return seconds


def _text_of(source: Source) -> Element:
    return next(e for e in source.root.elements() if e.name == "text")


def _is_gold(element: Element) -> bool:
    attributes = element.attributes
    return element.name == "rs" and attributes.get("type") in _KINDS and "ref" in attributes


def _found(source: Source) -> dict[_Span, str]:
    text = _text_of(source)
    ours = [e for e in text.descendants() if e.attributes.get("resp") == "#toolkit"]
    return _spans(text, [e for e in ours if e.name in _NAMES])


def _spans(text: Element, elements: list[Element]) -> dict[_Span, str]:
    """Return the entries that elements refer to, by their place in the text."""
    return {
        (e.first - text.first, e.last - text.first): e.attributes["ref"].rpartition("#")[2]
        for e in elements
    }


def _without(source: Source, elements: list[Element]) -> bytes:
    """Return the source without the tags of the elements."""
    content = bytearray(source.content)
    cuts = [(e.start, e.content_start) for e in elements]
    cuts += [(e.content_end, e.end) for e in elements if not e.empty]
    for start, end in sorted(cuts, reverse=True):
        del content[start:end]
    return bytes(content)


def _is_form(text: str, key: str, registers: Registers) -> bool:
    return any(entry.id == key for entry in registers.by_form.get(" ".join(text.split()), ()))


def _overlap(one: _Span, other: _Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


if __name__ == "__main__":
    raise SystemExit(main())
