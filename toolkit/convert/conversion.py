"""Converting one transcription: reading, structure, writing, proof."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from toolkit.convert.account import account
from toolkit.convert.conventions.genre import for_genre, is_known_genre, near_genre
from toolkit.convert.conventions.model import (
    Combination,
    Convention,
    FootnoteRule,
    NotationRule,
    Statement,
)
from toolkit.convert.embedded import with_ledger as embed_ledger
from toolkit.convert.header.context import Context, token
from toolkit.convert.header.encoding_description import encoding_description
from toolkit.convert.header.file_description import add_notes, file_description
from toolkit.convert.header.profile_description import genre_of, profile_description
from toolkit.convert.header.revision_description import revision_description
from toolkit.convert.kinds import CONFLICT, GENRE_WITHOUT_RULES, NO_TEXT, UNKNOWN_LANGUAGE
from toolkit.convert.ledger import Ledger, TileKind
from toolkit.convert.metadata.fields import Reading, Sign
from toolkit.convert.metadata.impossible import impossible_dates
from toolkit.convert.metadata.read import language_tag, read_metadata
from toolkit.convert.notation.find import Found, find_notation, may_hold_notation
from toolkit.convert.notation.foreign import foreign_passages, language_by_script
from toolkit.convert.notation.marks import Mark, Range, complement
from toolkit.convert.proof import prove
from toolkit.convert.publication import Publication
from toolkit.convert.serialise import Serialiser
from toolkit.convert.structure.enclosures import plan_with_enclosures
from toolkit.convert.structure.fill import Filler
from toolkit.convert.structure.layers import Layers
from toolkit.convert.structure.nodes import Plan
from toolkit.convert.structure.plan import Planner, bare_blocks
from toolkit.convert.structure.tester import Tester
from toolkit.convert.text.blocks import Block, Line
from toolkit.convert.text.characters import check_characters
from toolkit.convert.tree import GLOBAL, Cell, Element, Node, Span, cells, element
from toolkit.dates import normalise
from toolkit.diagnostics import Diagnostic, DiagnosticError, SourceText

_BOTTOM = frozenset({"closer", "postscript"})
_AROUND_TEXT = GLOBAL | {"opener", "head", "fw"}
_CLASSIFICATION = "classification"
_INFERRED = (("cert", "high"), ("resp", "#toolkit"))


@dataclass(frozen=True)
class Conversion:
    """A transcription converted.

    ``xml`` is the whole TEI file. ``ledger`` says what became of every character. ``recognised``
    gives how often each rule of the profile applied.
    """

    xml: str
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    recognised: Mapping[str, int]


def convert(
    source: SourceText,
    convention: Convention,
    publication: Publication,
    *,
    marks: Sequence[Mark] = (),
    with_ledger: bool = True,
) -> Conversion:
    """Convert a transcription to TEI P5 and prove that nothing was lost or invented.

    ``marks`` are what the format of the transcription knows of its characters.

    With the ledger in its header, the document goes back to its transcription by
    :func:`toolkit.convert.embedded.transcribe`.

    Raises:
        DiagnosticError: the source holds characters that XML cannot hold (C001), or no text
            (C002), or the proof failed (C003).
    """
    converter = _Converter(source, convention, publication, marks, ledger_inside=with_ledger)
    return converter.convert()


class _Converter:
    def __init__(
        self,
        source: SourceText,
        convention: Convention,
        publication: Publication,
        of_format: Sequence[Mark],
        *,
        ledger_inside: bool,
    ) -> None:
        self._source = source
        self._ledger_inside = ledger_inside
        self._text = source.text
        self._convention = convention
        self._publication = publication
        self._of_format = of_format
        check_characters(source)
        self._reading = read_metadata(source, convention)
        if not self._reading.body:
            raise DiagnosticError(
                NO_TEXT.at(
                    source.position(0),
                    "no text of a document is left beside metadata and page furniture",
                    "Add the text of the document, or choose another convention profile.",
                )
            )
        self._diagnostics = list(self._reading.diagnostics)
        self._language = self._language_of(self._reading)
        self._convention = for_genre(convention, self._reading.text("genre"))
        self._check_genre()
        self._diagnostics += impossible_dates(source, self._reading, self._language or "und")

    def convert(self) -> Conversion:
        found = find_notation(self._source, self._reading.body, self._convention)
        found.marks += self._of_format
        plan = self._plan(found)
        self._diagnostics += self._unexplained(found.diagnostics, plan)
        filler, marks = self._filler(found, plan)
        for division in (plan.div, *plan.enclosures):
            filler.fill(division)
            _keep_closer_below_text(division)
        filler.join_pieces()
        applied = self._applied(marks, plan)
        context = self._context(plan, applied)
        genre = self._reading.text("genre") or genre_of(self._reading.text("title"), context)
        if token(genre):
            plan.div.attributes["type"] = token(genre)
        return self._written(self._document(context, plan.divisions), found, plan, filler, applied)

    def _check_genre(self) -> None:
        value = self._reading.first("genre")
        if value and value.pieces and not is_known_genre(self._convention, value.text):
            near = near_genre(self._convention, value.text)
            guess = f"Did you mean “{near}”? " if near else ""
            self._diagnostics.append(
                GENRE_WITHOUT_RULES.at(
                    self._source.position(value.pieces[0].start),
                    f"the profile “{self._convention.name}” has no rules for the genre "
                    f"“{value.text}”; it is read as prose",
                    f"{guess}Add it to a family of “genre_families” in a profile of your own.",
                )
            )

    def _language_of(self, reading: Reading) -> str:
        value = reading.first("language")
        if value is None:
            expected = self._convention.language or self._publication.language
            body = [self._text[block.start : block.end] for block in reading.body]
            return language_by_script(body, expected, self._convention)
        tag = language_tag(value.text, self._convention)
        if not tag and value.span:
            self._diagnostics.append(
                UNKNOWN_LANGUAGE.at(
                    self._source.position(value.span.start),
                    f"“{value.text}” is not the tag of a language",
                    "Write a BCP 47 tag such as en, de, zh or sr-Latn.",
                )
            )
        return tag

    def _plan(self, found: Found) -> Plan:
        date = normalise(self._reading.text("date"), self._language or "und")
        anchor = date.attributes.get("when") if date else None
        tester = Tester(self._text, found.marks, self._reading, self._language or "und", anchor)
        blocks = found.footnotes.blocks
        bare = bare_blocks(self._text, found.marks, blocks)
        self._tester = tester
        return plan_with_enclosures(
            blocks,
            self._convention.blocks.body,
            tester,
            lambda: Planner(self._text, self._convention, self._reading, tester, bare),
        )

    def _unexplained(self, findings: Iterable[Diagnostic], plan: Plan) -> Iterator[Diagnostic]:
        """Yield the findings on notation that are not on a sign of a block, such as a bullet."""
        signs = sorted((sign.start, sign.end) for sign in plan.signs)
        for finding in findings:
            offset = self._source.offset(finding.line, finding.column)
            index = bisect_right(signs, (offset, len(self._text))) - 1
            if index < 0 or signs[index][1] <= offset:
                yield finding

    def _filler(self, found: Found, plan: Plan) -> tuple[Filler, Sequence[Mark]]:
        places = [*cells(plan.divisions)]
        notes = [Cell(note.start, note.end) for note in found.footnotes.notes]
        layers = Layers([*places, *notes])
        foreign = foreign_passages(found.scripts, self._convention, self._reading, self._language)
        ranges = layers.nested(found.marks, [*self._dates(plan.divisions), *foreign])
        marks = [mark for index, mark in enumerate(found.marks) if index not in layers.refused]
        self._marks = marks
        for index in sorted(index for index in layers.refused if index >= 0):
            self._report_refused(found.marks[index])
        return Filler(self._text, marks, ranges, self._convention.blocks), marks

    def _report_refused(self, mark: Mark) -> None:
        self._diagnostics.append(
            CONFLICT.at(
                self._source.position(mark.start),
                "this notation crosses other notation, or a paragraph, and cannot be encoded",
                "Close one piece of notation before the next begins.",
            )
        )

    def _dates(self, elements: Iterable[object]) -> Iterator[Range]:
        """Yield the dates in the datelines."""
        for each in elements:
            if not isinstance(each, Element):
                continue
            if each.name == "dateline":
                for cell in cells([each]):
                    for date in self._tester.dates(cell.start, cell.end):
                        yield Range(
                            cell.start + date.start,
                            cell.start + date.end,
                            "date",
                            (*date.attributes.items(), *(_INFERRED if date.is_inferred else ())),
                        )
            else:
                yield from self._dates(each.children)

    def _applied(self, marks: Sequence[Mark], plan: Plan) -> Counter[str]:
        return Counter(mark.rule for mark in marks) + plan.applied

    def _context(self, plan: Plan, applied: Counter[str]) -> Context:
        return Context(
            text=self._text,
            file=PurePath(self._source.file).name,
            convention=self._convention,
            publication=self._publication,
            reading=self._reading,
            language=self._language,
            roles=plan.roles,
            heading=_heading(plan.div),
            responsible=frozenset(_pointed(plan.divisions, ("resp",))),
            classifications=tuple(_classifications(plan.div)),
            hands=frozenset(_pointed(plan.divisions, ("hand", "new"))),
            statements=tuple(self._statements(applied)),
            without_signs=self._without_signs,
        )

    def _without_signs(self, span: Span) -> list[Span]:
        marks = [*self._marks]
        if may_hold_notation(self._text, span.start, span.end, self._convention):
            block = Block(span.start, span.end, (Line(span.start, span.end),))
            marks += find_notation(self._source, [block], self._convention).marks
        holes = [
            Span(max(hole.start, span.start), min(hole.end, span.end))
            for mark in marks
            for hole in mark.holes
            if hole.start < span.end and span.start < hole.end
        ]
        return [Span(start, end) for start, end in complement(span.start, span.end, holes)]

    def _statements(self, applied: Counter[str]) -> Iterator[Statement]:
        convention = self._convention
        yield from convention.statements
        rules: Sequence[NotationRule | Combination | FootnoteRule] = (
            *convention.notation,
            *convention.combinations,
            *convention.footnotes,
        )
        for rule in rules:
            if applied[rule.name]:
                yield rule.statement

    def _document(self, context: Context, divisions: Sequence[Node]) -> Element:
        root = Element("TEI", {"xml:lang": self._language} if self._language else {})
        description = file_description(context)
        header = element("teiHeader", description, encoding_description(context))
        profile = profile_description(context)
        add_notes(context, description)
        if profile.children:
            header.children.append(profile)
        header.children.append(revision_description(context))
        root.children = [header, element("text", element("body", *divisions))]
        return root

    def _written(
        self, root: Element, found: Found, plan: Plan, filler: Filler, applied: Counter[str]
    ) -> Conversion:
        serialiser = Serialiser(self._text)
        xml = serialiser.document(root)
        signs = [*self._reading.signs, *plan.signs, *filler.signs]
        signs += [
            Sign(hole.start, hole.end, TileKind.DELIMITER, hole.rule)
            for hole in found.footnotes.signs
        ]
        ledger = account(self._source, serialiser.written, signs)
        read = [Span(sign.start, sign.end) for sign in (*self._reading.signs, *plan.signs)]
        read += [Span(hole.start, hole.end) for hole in found.footnotes.signs]
        read += [sign for mark in self._marks for sign in mark.signs]
        texts = prove(self._source, ledger, xml, read)
        if self._ledger_inside:
            xml = embed_ledger(xml, texts, ledger, self._source.encoding)
        return Conversion(xml, ledger, tuple(sorted(self._diagnostics)), dict(applied))


def _keep_closer_below_text(div: Element) -> None:
    """Put an empty paragraph before a closer if all that stands before it are gaps and notes.

    A division must not go from its top to its bottom at once (TEI Guidelines, 4.2).
    """
    names = [child.name for child in div.children if isinstance(child, Element)]
    first = next((i for i, name in enumerate(names) if name in _BOTTOM), None)
    if first is not None and all(name in _AROUND_TEXT for name in names[:first]):
        div.children.insert(first, Element("p"))


def _heading(div: Element) -> Span | None:
    for child in div.children:
        if isinstance(child, Element) and child.name == "head":
            spans = [node for node in child.children if isinstance(node, Span)]
            return Span(spans[0].start, spans[-1].end) if spans else None
    return None


def _classifications(div: Element) -> Iterator[tuple[Span, ...]]:
    """Yield the text of each stamp or remark of classification in the opener."""
    openers = [each for each in div.children if isinstance(each, Element) and each.name == "opener"]
    for node in [node for opener in openers for node in opener.children]:
        if isinstance(node, Element) and node.attributes.get("type") == _CLASSIFICATION:
            yield tuple(_spans(node))


def _spans(node: Element) -> Iterator[Span]:
    for child in node.children:
        if isinstance(child, Span):
            yield child
        elif isinstance(child, Element):
            yield from _spans(child)


def _pointed(elements: Iterable[object], attributes: Sequence[str]) -> Iterator[str]:
    """Yield the identifiers in this document that the attributes point to."""
    for each in elements:
        if isinstance(each, Element):
            for name in attributes:
                pointer = each.attributes.get(name, "")
                if pointer.startswith("#"):
                    yield pointer[1:]
            yield from _pointed(each.children, attributes)
