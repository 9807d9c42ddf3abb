"""Measure names against those that editors tagged and linked to their registers.

Reads ``gold/amp`` in the folder that TEI_TOOLKIT_DATA names: letters in which each person, place
and organisation is in an ``rs`` with a reference to the register. The tags are taken out of half
of the letters; these are annotated with the registers and what the other half teaches; then the
halves change places. Counted are all tags (the editors tagged also “he” and “your father”), and
those with a word in capitals, which are names.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from toolkit.annotate import Registers, annotate, learn, read_registers
from toolkit.annotate.references import References
from toolkit.annotate.source import Element, Source
from toolkit.files import read_bytes
from toolkit.tei.parse import parse

_KINDS = {"person": "persName", "place": "placeName", "org": "orgName"}
_PRONOUNS = frozenset(
    [
        "I",
        "He",
        "She",
        "It",
        "We",
        "You",
        "They",
        "My",
        "Your",
        "His",
        "Her",
        "Our",
        "Their",
        "Me",
        "Us",
        "Ich",
        "Du",
        "Er",
        "Sie",
        "Es",
        "Wir",
        "Ihr",
        "Mein",
        "Dein",
        "Sein",
        "Unser",
        "Euer",
        "Ihre",
        "Meine",
        "Deine",
        "Seine",
    ]
)
_MOST_ERRORS = 8


@dataclass(frozen=True)
class Tag:
    """A tagged stretch of a text."""

    start: int
    end: int
    kind: str
    entry: str

    def overlaps(self, other: Tag) -> bool:
        """Tell whether both share a character and the kind."""
        return self.kind == other.kind and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Letter:
    """A letter without the tags of its editors, and these tags."""

    path: Path
    source: Source
    text: str
    gold: tuple[Tag, ...]


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
        registers = read_registers(sorted(Path(scratch).iterdir()), Path(scratch))
    letters = [read_letter(path) for path in sorted((gold / "editions").glob("*.xml"))]
    size = sum(len(letter.source.content) for letter in letters)
    for learning in (False, True):
        counts: Counter[tuple[str, str]] = Counter()
        errors: Counter[str] = Counter()
        begin = time.perf_counter()
        halves = (letters[::2], letters[1::2])
        for taught, tested in (halves, halves[::-1]):
            learned = _taught(registers, taught) if learning else registers
            for letter in tested:
                count(letter, learned, counts, errors)
        seconds = time.perf_counter() - begin
        print("learned from the other half" if learning else "registers alone")
        report(counts)
        print(f"  {size / seconds / 1e6:.2f} MB/s, learning included")
        for error, times in errors.most_common(_MOST_ERRORS) if learning else ():
            print(f"  {times} times {error}")
    return 0


def read_letter(path: Path) -> Letter:
    """Read a letter and take the tags of its editors out of it."""
    source = Source(read_bytes(path))
    text = _text_of(source)
    tags = tuple(_tags(text, [e for e in text.descendants() if _is_gold(e)], "type"))
    return Letter(path, source, source.text_of(text), tags)


def _taught(registers: Registers, letters: Sequence[Letter]) -> Registers:
    documents = [(letter.source, References(registers, "registers")) for letter in letters]
    return registers.with_usage(learn(documents, registers.by_form))


def count(
    letter: Letter,
    registers: Registers,
    counts: Counter[tuple[str, str]],
    errors: Counter[str],
) -> None:
    """Annotate one letter and count what is found, missed and wrong."""
    bare = _without(
        letter.source, [e for e in _text_of(letter.source).descendants() if _is_gold(e)]
    )
    result = annotate(parse(str(letter.path), bare), registers, "registers")
    after = Source(result.content)
    ours = [e for e in _text_of(after).descendants() if "#toolkit" in e.attributes.get("resp", "")]
    found = list(_tags(_text_of(after), [e for e in ours if e.name in _KINDS.values()], ""))
    for scope, gold in (("all", letter.gold), ("names", _names(letter))):
        for tag in gold:
            hits = [other for other in found if other.overlaps(tag)]
            counts[scope, f"{tag.kind} gold"] += 1
            counts[scope, f"{tag.kind} hit"] += bool(hits)
            if scope == "names" and not hits:
                errors[f"missed {tag.kind} “{_said(letter, tag)}”"] += 1
        for tag in found:
            hits = [other for other in letter.gold if other.overlaps(tag)]
            counts[scope, f"{tag.kind} found"] += 1
            counts[scope, f"{tag.kind} right"] += bool(hits)
            counts[scope, f"{tag.kind} exact"] += any(
                (other.start, other.end) == (tag.start, tag.end) for other in hits
            )
            counts[scope, f"{tag.kind} linked"] += any(other.entry == tag.entry for other in hits)
            if scope == "names" and not hits:
                errors[f"wrong {tag.kind} “{_said(letter, tag)}”"] += 1


def report(counts: Counter[tuple[str, str]]) -> None:
    """Print F1 by overlap and by exact extent, and how many links are right."""
    for scope in ("all", "names"):
        for kind in _KINDS:
            gold, hit = counts[scope, f"{kind} gold"], counts[scope, f"{kind} hit"]
            found, right = counts[scope, f"{kind} found"], counts[scope, f"{kind} right"]
            exact, linked = counts[scope, f"{kind} exact"], counts[scope, f"{kind} linked"]
            overlap = _f1(right / max(found, 1), hit / max(gold, 1))
            strict = _f1(exact / max(found, 1), exact / max(gold, 1))
            print(
                f"  {scope:5} {kind:6} of {gold:4}: overlap {overlap:.3f} (precision "
                f"{right / max(found, 1):.3f}, recall {hit / max(gold, 1):.3f}), strict "
                f"{strict:.3f}, links {linked / max(right, 1):.3f}"
            )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _names(letter: Letter) -> list[Tag]:
    return [tag for tag in letter.gold if any(map(_is_name, _said(letter, tag).split()))]


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word not in _PRONOUNS


def _said(letter: Letter, tag: Tag) -> str:
    return " ".join(letter.text[tag.start : tag.end].split())


def _text_of(source: Source) -> Element:
    return next(e for e in source.root.elements() if e.name == "text")


def _is_gold(element: Element) -> bool:
    attributes = element.attributes
    return element.name == "rs" and attributes.get("type") in _KINDS and "ref" in attributes


def _tags(text: Element, elements: list[Element], kind: str) -> Iterator[Tag]:
    kinds = {name: key for key, name in _KINDS.items()}
    for e in elements:
        said = e.attributes[kind] if kind else kinds[e.name]
        entry = e.attributes["ref"].rpartition("#")[2]
        yield Tag(e.first - text.first, e.last - text.first, said, entry)


def _without(source: Source, elements: list[Element]) -> bytes:
    """Return the source without the tags of the elements."""
    content = bytearray(source.content)
    cuts = [(e.start, e.content_start) for e in elements]
    cuts += [(e.content_end, e.end) for e in elements if not e.empty]
    for start, end in sorted(cuts, reverse=True):
        del content[start:end]
    return bytes(content)


if __name__ == "__main__":
    raise SystemExit(main())
