"""Measure names against those that editors tagged and linked to their registers.

Reads two editions in the folder that TEI_TOOLKIT_DATA names, in which each person, place and
organisation is in an ``rs`` with a reference to an entry: the letters in ``gold/amp``, and those in
``corpora/schnitzler-briefe``, whose entries stand in the letters. The tags are taken out of half of
the letters; these are annotated with the registers and what the other half teaches; then the
halves change places. Counted are all tags (editors tag also “he” and “your father”), and those
with a word in capitals, which are names.

Tags that are certain, which are written unless asked otherwise, are counted apart from those that
are not, which wait for an editor.

With ``--register N`` only the speed is measured: the letters as they are, with a register of N
made-up persons, read once and then annotated twice, the second time with everything warm; and how
much of it goes into which stage.

With ``--parts 4`` only a quarter is learned from, and the rest annotated, each quarter in turn.

With ``--errors N`` the report shows the commonest of each kind of error: what was missed and why,
tagged too far or not far enough, linked to another entry, or tagged where editors tagged nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile

from lxml import etree

from toolkit.annotate import Annotation, Registers, annotate, learn, read_registers
from toolkit.annotate.anchors import anchors_of, document_date
from toolkit.annotate.dating import TextDates
from toolkit.annotate.flows import flows_of
from toolkit.annotate.languages import language_of
from toolkit.annotate.references import References
from toolkit.annotate.scope import scope as searched
from toolkit.annotate.source import Element, Source
from toolkit.files import read_bytes
from toolkit.tei.parse import ParsedDocument, parse

_KINDS = {"person": "persName", "place": "placeName", "org": "orgName"}
_PRONOUNS = frozenset(
    re.findall(
        r"\w+",
        """I He She It We You They My Your His Her Our Their Me Us Ich Du Er Sie Es Wir Ihr Mein
        Dein Sein Unser Euer Ihre Ihren Ihrer Ihnen Meine Deine Seine""",
    )
)
_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_AROUND = 25
_SYLLABLES = re.findall(r"\w+", "an ber da el fried ge hof in ka lau mann no ri stein to ul vo wei")


@dataclass(frozen=True)
class Tag:
    """A tagged stretch of a text."""

    start: int
    end: int
    kind: str
    entries: frozenset[str]

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

    @property
    def bare(self) -> bytes:
        """The letter without the tags of its editors."""
        tagged = [e for e in _text_of(self.source).descendants() if _is_gold(e)]
        return _without(self.source, tagged)

    def said(self, tag: Tag, around: int = 0) -> str:
        """Return what stands in a tag, and so many characters around it."""
        return " ".join(self.text[max(0, tag.start - around) : tag.end + around].split())


@dataclass
class Figures:
    """What was counted, by scope and by kind of name; and the errors by kind and case."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def f1(self, scope: str, kind: str) -> tuple[float, float, float]:
        """Return F1 by overlap and by exact extent, and the part of the links that are right."""
        gold, hit = self.counts[scope, f"{kind} gold"], self.counts[scope, f"{kind} hit"]
        found, right = self.counts[scope, f"{kind} found"], self.counts[scope, f"{kind} right"]
        exact, linked = self.counts[scope, f"{kind} exact"], self.counts[scope, f"{kind} linked"]
        return (
            _f1(right / max(found, 1), hit / max(gold, 1)),
            _f1(exact / max(found, 1), exact / max(gold, 1)),
            linked / max(right, 1),
        )


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each kind")
    parser.add_argument("--edition", choices=("amp", "schnitzler"), help="measure this one only")
    parser.add_argument("--parts", type=int, default=2, help="learn from one of so many parts")
    parser.add_argument("--register", type=int, help="measure speed with so many entries")
    options = parser.parse_args()
    folder = os.environ.get("TEI_TOOLKIT_DATA")
    if not folder:
        print("TEI_TOOLKIT_DATA is not set", file=sys.stderr)
        return 2
    for name in ("amp", "schnitzler"):
        if options.edition in (None, name):
            letters, registers = edition(name, Path(folder))
            size = sum(len(letter.source.content.encode()) for letter in letters)
            if options.register:
                measure_speed(name, letters, options.register)
                continue
            how = f"learned from one of {options.parts} parts"
            for learning in (False, True):
                begin = time.process_time()
                figures = measure(letters, registers, learning=learning, parts=options.parts)
                seconds = time.process_time() - begin
                print(f"{name}: {how if learning else 'registers alone'}")
                report(figures, options.errors if learning else 0)
                print(f"  {size / seconds / 1e6:.2f} MB/s, learning and reading again included")
    return 0


def measure_speed(name: str, letters: Sequence[Letter], entries: int) -> None:
    """Print how fast letters are annotated with a register of made-up persons."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "register.xml"
        file.write_bytes(_made_up(entries))
        begin = time.process_time()
        registers = read_registers([file], Path(scratch))
        print(f"{name}: register of {entries} read in {time.process_time() - begin:.1f} s")
    documents = [parse(str(letter.path), letter.source.content.encode()) for letter in letters]
    size = sum(len(document.content) for document in documents)
    for state in ("cold", "warm"):
        begin = time.process_time()
        for document in documents:
            annotate(document, registers, "registers")
        print(f"  {state}: {size / (time.process_time() - begin) / 1e6:.2f} MB/s")
    _measure_stages(documents)
    print(f"  at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _measure_stages(documents: Sequence[ParsedDocument]) -> None:
    """Print how long it takes to read documents, to gather their texts, and to find dates."""
    begin = time.process_time()
    sources = [Source(document.utf8) for document in documents]
    read = time.process_time()
    texts = [(s, flows_of(s, s.root, searched(), language_of(s))) for s in sources]
    gathered = time.process_time()
    for source, flows in texts:
        of_source = (source, searched(), language_of(source))
        dates = TextDates(anchors_of(*of_source, document_date(*of_source)))
        dates.look_through(flows)
        for flow in flows:
            dates.found_in(flow)
    found = time.process_time()
    print(
        f"  reading {read - begin:.3f} s, texts {gathered - read:.3f} s, "
        f"dates {found - gathered:.3f} s"
    )


def _made_up(entries: int) -> bytes:
    """Return a register of persons whose names are put together of syllables."""
    made = random.Random(0)  # noqa: S311 (nothing secret)
    root = etree.Element(f"{_TEI}TEI")
    for number in range(entries):
        person = etree.SubElement(root, f"{_TEI}person", {_ID: f"p{number}"})
        name = etree.SubElement(person, f"{_TEI}persName")
        for part, syllables in (("forename", 2), ("surname", 3)):
            text = "".join(made.choice(_SYLLABLES) for _ in range(syllables)).capitalize()
            etree.SubElement(name, f"{_TEI}{part}").text = text
    return etree.tostring(root)


def edition(name: str, data: Path) -> tuple[list[Letter], Registers]:
    """Return the letters and the registers of an edition in the folder ``data``."""
    with tempfile.TemporaryDirectory() as scratch:
        if name == "amp":
            gold = data / "gold" / "amp"
            for index in sorted(gold.glob("amp-index-*.xml")):
                copyfile(index, Path(scratch) / index.name)
            files = sorted((gold / "editions").glob("*.xml"))
        else:
            files = sorted((data / "corpora" / "schnitzler-briefe").glob("*.xml"))
            (Path(scratch) / "register.xml").write_bytes(_entries_in(files))
        registers = read_registers(sorted(Path(scratch).iterdir()), Path(scratch))
    return [read_letter(path) for path in files], registers


def _entries_in(files: Sequence[Path]) -> bytes:
    """Return a register of the entries that stand in the letters themselves."""
    entries: dict[str, etree._Element] = {}
    for path in files:
        for entry in etree.parse(path).iter(f"{_TEI}person", f"{_TEI}place", f"{_TEI}org"):
            if entry.get(_ID) is not None:
                entries.setdefault(str(entry.get(_ID)), entry)
    root = etree.Element(f"{_TEI}TEI")
    for key in sorted(entries):
        root.append(entries[key])
    return etree.tostring(root)


def read_letter(path: Path) -> Letter:
    """Read a letter and take the tags of its editors out of it."""
    source = Source(read_bytes(path))
    text = _text_of(source)
    tags = tuple(_tags(text, [e for e in text.descendants() if _is_gold(e)], "type"))
    return Letter(path, source, source.text_of(text), tags)


def measure(
    letters: Sequence[Letter], registers: Registers, *, learning: bool, parts: int = 2
) -> Figures:
    """Annotate the letters, learning from one part of them after the other, and count."""
    figures = Figures()
    for part in range(parts):
        learned = _taught(registers, letters[part::parts]) if learning else registers
        for number, letter in enumerate(letters):
            if number % parts != part:
                count(letter, learned, figures)
    return figures


def _taught(registers: Registers, letters: Sequence[Letter]) -> Registers:
    documents = [(letter.source, References(registers, "registers")) for letter in letters]
    return registers.with_usage(learn(documents, registers))


def count(letter: Letter, registers: Registers, figures: Figures) -> None:
    """Annotate one letter and count what is found, missed and wrong."""
    result = annotate(parse(str(letter.path), letter.bare), registers, "registers")
    after = Source(result.content)
    ours = [e for e in _text_of(after).descendants() if "#toolkit" in e.attributes.get("resp", "")]
    names = [e for e in ours if e.name in _KINDS.values()]
    found = list(_tags(_text_of(after), names, ""))
    certain = [tag for tag, e in zip(found, names, strict=True) if e.attributes["cert"] != "low"]
    for scope, tags in (
        ("certain", certain),
        ("uncertain", [t for t in found if t not in certain]),
    ):
        _note_certainty(letter, tags, scope, figures)
    for scope, tags in (("all", list(letter.gold)), ("names", _names(letter))):
        for tag in tags:
            hits = [other for other in found if other.overlaps(tag)]
            figures.counts[scope, f"{tag.kind} gold"] += 1
            figures.counts[scope, f"{tag.kind} hit"] += bool(hits)
            if scope == "names" and hits:
                _note_errors(letter, tag, hits, figures)
            elif scope == "names":
                why = _why_missed(letter.said(tag), tag, found, result, registers)
                said = f"“{letter.said(tag)}” {sorted(tag.entries)}"
                figures.errors[f"{tag.kind} missed: {why}"][said] += 1
        for tag in found:
            hits = [other for other in letter.gold if other.overlaps(tag)]
            exact = any((other.start, other.end) == (tag.start, tag.end) for other in hits)
            linked = any(other.entries & tag.entries for other in hits)
            figures.counts[scope, f"{tag.kind} found"] += 1
            figures.counts[scope, f"{tag.kind} right"] += bool(hits)
            figures.counts[scope, f"{tag.kind} exact"] += exact
            figures.counts[scope, f"{tag.kind} linked"] += linked
            if scope == "names" and not hits:
                why = _why_spurious(letter.said(tag), tag, letter, registers)
                said = f"“{letter.said(tag)}” in “{letter.said(tag, _AROUND)}”"
                figures.errors[f"{tag.kind} spurious: {why}"][said] += 1


def _note_certainty(letter: Letter, tags: Sequence[Tag], scope: str, figures: Figures) -> None:
    """Count of certain or of uncertain tags how many are names, and link to the right entry."""
    for tag in tags:
        hits = [other for other in letter.gold if other.overlaps(tag)]
        figures.counts[scope, "found"] += 1
        figures.counts[scope, "right"] += bool(hits)
        figures.counts[scope, "linked"] += any(other.entries & tag.entries for other in hits)
    hit = (name for name in _names(letter) if any(name.overlaps(tag) for tag in tags))
    figures.counts[scope, "hit"] += sum(1 for _ in hit)


def _note_errors(letter: Letter, tag: Tag, hits: Sequence[Tag], figures: Figures) -> None:
    said = f"“{letter.said(tag)}”"
    if all((hit.start, hit.end) != (tag.start, tag.end) for hit in hits):
        figures.errors[f"{tag.kind} extent"][f"{said}: “{letter.said(hits[0])}”"] += 1
    if not any(hit.entries & tag.entries for hit in hits):
        linked = f"{said}: {sorted(hits[0].entries)}, editors {sorted(tag.entries)}"
        figures.errors[f"{tag.kind} link"][linked] += 1


def _why_missed(
    said: str, tag: Tag, found: Sequence[Tag], result: Annotation, registers: Registers
) -> str:
    if any(other.start < tag.end and tag.start < other.end for other in found):
        return "lost to another kind"
    known = [match.form for match in registers.matcher.find(said)]
    if any(each.form in known for each in result.open_names):
        return "left to an editor"
    if said in registers.by_form:
        return "refused where it stands"
    return "a part is known" if known else "form never seen"


def _why_spurious(said: str, tag: Tag, letter: Letter, registers: Registers) -> str:
    if any(other.start < tag.end and tag.start < other.end for other in letter.gold):
        return "of another kind"
    usage = registers.usage
    if usage.names.get(said, 0) < usage.seen.get(said, 0):
        return "a form that editors do not always tag"
    return "never seen untagged" if said in usage.names else "never seen"


def report(figures: Figures, errors: int) -> None:
    """Print F1 by overlap and by exact extent, and how many links are right."""
    for scope in ("all", "names"):
        for kind in _KINDS:
            overlap, strict, links = figures.f1(scope, kind)
            gold, hit = figures.counts[scope, f"{kind} gold"], figures.counts[scope, f"{kind} hit"]
            found = figures.counts[scope, f"{kind} found"]
            right = figures.counts[scope, f"{kind} right"]
            print(
                f"  {scope:5} {kind:6} of {gold:4}: overlap {overlap:.3f} (precision "
                f"{right / max(found, 1):.3f}, recall {hit / max(gold, 1):.3f}), strict "
                f"{strict:.3f}, links {links:.3f}"
            )
    gold = sum(figures.counts["names", f"{kind} gold"] for kind in _KINDS)
    for scope in ("certain", "uncertain"):
        count, right, linked, hit = (
            figures.counts[scope, name] for name in ("found", "right", "linked", "hit")
        )
        print(
            f"  {scope}: {count} tags, {right / max(count, 1):.3f} are names, "
            f"{linked / max(count, 1):.3f} link to the right entry; {hit / max(gold, 1):.3f} of "
            "all names"
        )
    for kind, cases in sorted(figures.errors.items()) if errors else ():
        print(f"  {kind}: {sum(cases.values())}")
        for case, times in sorted(cases.items(), key=lambda each: (-each[1], each[0]))[:errors]:
            print(f"    {times} times {case}")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _names(letter: Letter) -> list[Tag]:
    return [tag for tag in letter.gold if any(map(_is_name, letter.said(tag).split()))]


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word not in _PRONOUNS


def _text_of(source: Source) -> Element:
    return next(e for e in source.root.elements() if e.name == "text")


def _is_gold(element: Element) -> bool:
    attributes = element.attributes
    return element.name == "rs" and attributes.get("type") in _KINDS and "ref" in attributes


def _tags(text: Element, elements: list[Element], kind: str) -> Iterator[Tag]:
    kinds = {name: key for key, name in _KINDS.items()}
    for e in elements:
        said = e.attributes[kind] if kind else kinds[e.name]
        entries = frozenset(part.rpartition("#")[2] for part in e.attributes["ref"].split())
        yield Tag(e.first - text.first, e.last - text.first, said, entries)


def _without(source: Source, elements: list[Element]) -> bytes:
    """Return the source without the tags of the elements."""
    content = list(source.content)
    cuts = [(e.start, e.content_start) for e in elements]
    cuts += [(e.content_end, e.end) for e in elements if not e.empty]
    for start, end in sorted(cuts, reverse=True):
        del content[start:end]
    return "".join(content).encode()


if __name__ == "__main__":
    raise SystemExit(main())
