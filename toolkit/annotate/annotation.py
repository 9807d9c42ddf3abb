"""Annotating one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.annotate import header
from toolkit.annotate.additions import digests_of, recorded, with_record
from toolkit.annotate.anchors import anchors_of, document_date
from toolkit.annotate.calendar_description import CalendarDescription
from toolkit.annotate.contradictions import contradicted, has_tags, lost
from toolkit.annotate.dating import TextDates, certainty
from toolkit.annotate.decisions import Decision, Decisions, Place
from toolkit.annotate.editor import Editor
from toolkit.annotate.edits import splice
from toolkit.annotate.encoding import read_encoded
from toolkit.annotate.flows import RESPONSIBLE, Flow, ends, flows_of, is_first_sight
from toolkit.annotate.forms import FormMatch
from toolkit.annotate.kinds import (
    DECISION_NOT_FITTING,
    IMPOSSIBLE_DATE,
    NO_DOCUMENT,
    NO_TITLE_STATEMENT,
)
from toolkit.annotate.languages import inherited_language, language_of
from toolkit.annotate.naming import Name, Namer, Text
from toolkit.annotate.open_names import OpenName
from toolkit.annotate.reading import read_source
from toolkit.annotate.recognition import Recogniser
from toolkit.annotate.references import References
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.removal import remove
from toolkit.annotate.scope import Scope, scope
from toolkit.annotate.source import Element, Source
from toolkit.annotate.tagging import Found, Tagger
from toolkit.annotate.waiting import Waiting
from toolkit.collection import collection_paused
from toolkit.dates import DateExpression, ImpossibleDate, TimeExpression
from toolkit.diagnostics import Diagnostic, Position
from toolkit.tei.names import TEI_NAMESPACE
from toolkit.tei.parse import ParsedDocument, parse


@dataclass(frozen=True)
class Annotation:
    """A document with its names and dates annotated.

    ``counts`` says how many elements of each name were added or completed; ``open_names`` are those
    that wait for an editor; ``without_place`` are the decisions about this document, or places in
    it, that nothing in it meets.
    """

    content: bytes
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    open_names: tuple[OpenName, ...] = ()
    without_place: tuple[Decision, ...] = ()


NO_DECISIONS = Decisions()
_PARTS_OF_DOCUMENT = frozenset({"teiHeader", "text", "TEI"})


@collection_paused()
def annotate(
    document: ParsedDocument,
    registers: Registers,
    reference_base: str,
    *,
    name: str = "",
    decisions: Decisions = NO_DECISIONS,
    only_certain: bool = False,
    recogniser: Recogniser | None = None,
) -> Annotation:
    """Annotate the names and dates in a document.

    Names that a register has become ``persName``, ``placeName`` or ``orgName`` with a reference to
    the entry; date expressions become ``date`` with attributes (TEI Guidelines, 3.6.1 and 3.6.4).
    What editors have tagged stays as it is, and so does every other byte of the document, but for a
    record of the additions before the root element. A second run changes nothing.

    Args:
        document: The document; it is not changed.
        registers: The registers of the edition.
        reference_base: The URI reference from the document to the register folder.
        name: What decisions call the document.
        decisions: What editors have decided about single places; what they decided about forms is
            in the registers.
        only_certain: Whether uncertain names are left open; else they are tagged too, and marked.
        recogniser: What proposes names that no register has; they are left open.

    Raises:
        DiagnosticError: the encoding of the document cannot be written back (A010), or the
            document is not well-formed (X001).
    """
    references = References(registers, reference_base)
    editor = Editor(name, decisions, only_certain)
    before, encoding = read_encoded(document)
    content, source = before, read_source(document.file, before)
    run = _Run(document.file, source, references, editor, recogniser)
    if unwanted := run.contradicted():
        source.release()
        without = remove(document, lambda element: element.start in unwanted)
        content, encoding = read_encoded(parse(document.file, without.content))
        source = read_source(document.file, content)
        run = _Run(document.file, source, references, editor, recogniser)
    result = run.annotated()
    if run.additions:
        result = with_record(result, recorded(content) | run.additions)
    source.release()
    return Annotation(
        document.content if result == before else encoding.write(result),
        tuple(sorted(run.diagnostics)),
        dict(sorted(run.counts.items())),
        tuple(run.open_names),
        run.without_place,
    )


class _Run:
    """The annotation of one document, step by step."""

    def __init__(
        self,
        file: str,
        source: Source,
        references: References,
        editor: Editor,
        recogniser: Recogniser | None,
    ) -> None:
        self._recogniser = recogniser
        self._source = source
        self._references = references
        self._editor = editor
        self._scope = scope().with_opened(references.registers.usage.habits.opened)
        self._language = language_of(source)
        self._anchor = document_date(source, self._scope, self._language)
        year = int(self._anchor[:4]) if self._anchor else None
        self._anchors = anchors_of(source, self._scope, self._language, self._anchor)
        self._dates = TextDates(self._anchors)
        self._calendars = CalendarDescription(source)
        self._dates_seen: list[tuple[int, int]] = []
        self._tagger = Tagger(file, source, self._scope)
        self._namer = Namer(source, references, self._scope, editor, year)
        self._waiting = Waiting(self._tagger, self._scope, editor)
        self.open_names: list[OpenName] = []
        self.additions: frozenset[str] = frozenset()
        self.without_place: tuple[Decision, ...] = ()
        self._in_header = self._decided_places_in_header()

    def _decided_places_in_header(self) -> Mapping[tuple[str, Place], Decision]:
        editor, registers = self._editor, self._references.registers
        if not any(each.is_about_header for each in editor.decisions.about(editor.name)):
            return {}
        names = header.places_of_names(self._source, registers, self._scope, editor.name)
        return editor.placed_in_header(names)

    def _decided_in_header(self, form: str, place: Place) -> Decision | None:
        """Return the decision about a form at a place of the header, else in the document."""
        return self._in_header.get((form, place)) or self._editor.decisions.at(form, place)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        return self._tagger.diagnostics

    @property
    def counts(self) -> Counter[str]:
        return self._tagger.counts

    def contradicted(self) -> frozenset[int]:
        """Return where the tags set before start that decisions or the registers contradict."""
        decides = self._references.registers.decided or self._editor.decides_here
        if not has_tags(self._source, self._scope):
            return frozenset()
        gone = lost(self._source, self._scope, self._references)
        return gone | self._contradicted_by_decisions() if decides else gone

    def _contradicted_by_decisions(self) -> frozenset[int]:
        flows = self._flows()
        in_header = header.decided_names(
            self._source,
            self._references.registers,
            self._scope,
            self._decided_in_header,
            self._editor.name,
        )
        decided = (*in_header, *self._namer.decided_in(flows))
        return contradicted(self._source, self._scope, self._references, decided)

    def _flows(self) -> list[Flow]:
        flows = [
            flow
            for part in _searched_parts(self._source, self._scope)
            for flow in flows_of(
                self._source, part, self._scope, inherited_language(part, self._language)
            )
        ]
        self._namer.keep_to(flows)
        return flows

    def annotated(self) -> bytes:
        """Return the source with everything added."""
        if not _is_document(self._source.root):
            self._tagger.diagnostics.append(self._no_document())
        named = self._references.named_in(self._source, self._scope)
        named.update(header.named_in_full(self._source, self._references.registers, self._scope))
        self._complete_header(named)
        texts = self._texts(named)
        for text in texts:
            self._tag(text)
        self._waiting.report(texts)
        self._waiting.report_tags(texts)
        in_header = {name.form for name in self.open_names}
        self.open_names += self._waiting.left_open(texts, in_header)
        if self._recogniser is not None:
            self.open_names += self._waiting.proposed(self._recogniser, texts)
        self._tagger.edits += self._calendars.edits()
        self._state_responsibility()
        self.additions = digests_of(self._source, self._tagger.edits)
        return splice(self._source, self._tagger.edits)

    def _no_document(self) -> Diagnostic:
        root = self._source.root
        name = root.name.rpartition("}")[2]
        said = f"the file begins with `<{name}>`, so it is no TEI document, and nothing is tagged"
        hint = "Annotate the document that it is a part of, as a whole; or give it a header."
        if name in ("TEI", "teiCorpus") and not root.name.startswith("{"):
            said = "the file has no header and no text, so nothing is tagged"
        elif name in ("TEI", "teiCorpus"):
            said = f"`<{name}>` is not in the namespace of the TEI, so nothing is tagged"
            hint = f'Write xmlns="{TEI_NAMESPACE}" on the outermost element.'
        return NO_DOCUMENT.at(self._tagger.position_of(root.start), said, hint)

    def _texts(self, named: set[str]) -> list[Text]:
        """Return the texts with what is found in them. Clear names settle the others."""
        found: list[tuple[Flow, list[FormMatch], list[DateExpression]]] = []
        flows = self._flows()
        self.without_place = (
            *self._namer.without_place(flows),
            *self._without_place_in_header(),
        )
        self._dates.look_through(flows)
        possible = self._namer.possible | self._dates.possible
        searched = flows if self._recogniser is not None else [f for f in flows if f in possible]
        for flow in searched:
            self._mask_dates_seen(flow)
            dates, impossible = self._dates.found_in(flow)
            matches, kept = self._namer.search(flow, dates)
            found.append((flow, matches, kept))
            self._dates_seen += [ends(flow, date.start, date.end) for date in kept]
            self._report_impossible(flow, impossible)
        self._namer.hear_clear_names(named, (matches for _flow, matches, _dates in found))
        return [
            Text(flow, tuple(self._namer.names(flow, matches, named)), tuple(dates))
            for flow, matches, dates in found
        ]

    def _without_place_in_header(self) -> Iterator[Decision]:
        placed = frozenset(self._in_header.values())
        for each in self._editor.decisions.about(self._editor.name):
            if each.is_about_header and each not in placed:
                yield each

    def _tag(self, text: Text) -> None:
        for name in text.names:
            if name.entry is not None and not self._waiting.reason(name):
                self._tagger.tag(text.flow, self._tagged(name, name.entry))
        for date in text.dates:
            anchor = self._anchors.at(ends(text.flow, date.start, date.end)[0])
            self._tagger.tag(text.flow, self._date(date, anchor))
        for time in self._dates.times_in(text.flow):
            if not any(text.flow.masked[time.start : time.end]):
                self._tagger.tag(text.flow, _time(time))

    def _complete_header(self, named: set[str]) -> None:
        decided, name = self._decided_in_header, self._editor.name
        linked = header.linked_names(
            self._source,
            self._references,
            self._scope,
            named,
            decided,
            name,
            only_certain=self._editor.only_certain,
        )
        for element, (whole, entry) in linked.items():
            tag, edits = header.link(
                self._source, self._references, self._scope, element, whole, entry
            )
            if edits:
                self._tagger.edits += edits
                self.counts[tag] += 1
        dated = header.dates_of_correspondence(
            self._source, self._language, self._anchor, self._calendars
        )
        for element, edit in dated:
            self._tagger.edits.append(edit)
            self.counts[element.name] += 1
        places = header.places_of_dispatch(self._source, self._references, linked)
        self._tagger.edits += places
        if places:
            self.counts["placeName"] += len(places)
        self.open_names += header.open_names(
            self._source, self._references, self._scope, linked, decided, name
        )
        for element, form, entry in header.not_fitting(
            self._source, self._references, self._scope, linked, decided, name
        ):
            self._report_not_fitting(element, form, entry)

    def _report_not_fitting(self, element: Element, form: str, entry: Entry) -> None:
        where = self._tagger.position_of(element.start)
        message = (
            f"“{form}” is decided to mean {entry.key}, but stands in a {element.name}, "
            f"which cannot name a {entry.kind}"
        )
        hint = f"Change the tag into a {self._scope.names[entry.kind]}, or decide anew."
        self.diagnostics.append(DECISION_NOT_FITTING.at(where, message, hint))

    def _mask_dates_seen(self, flow: Flow) -> None:
        """Leave alone, in another way of writing a text, the dates that are found already."""
        for first, last in self._dates_seen if flow.is_alternative else ():
            start, end = flow.position(first), flow.position(last)
            if start is not None and end is not None:
                flow.masked[start : end + 1] = bytes([1]) * (end + 1 - start)

    def _date(self, date: DateExpression, anchor: str | None) -> Found:
        attributes = {
            **self._calendars.attributes_of(date),
            "resp": f"#{RESPONSIBLE}",
            "cert": certainty(date, anchor),
        }
        return Found(date.start, date.end, "date", attributes)

    def _tagged(self, name: Name, entry: Entry) -> Found:
        attributes = {
            "ref": " ".join(map(self._references.to, self._meant(name, entry))),
            "resp": f"#{RESPONSIBLE}",
            "cert": name.certainty.value,
        }
        return Found(name.start, name.end, self._scope.names[entry.kind], attributes)

    def _meant(self, name: Name, entry: Entry) -> tuple[str, ...]:
        """Return the keys of whom a name means: of several, if editors mostly mean these by it."""
        registers, form = self._references.registers, name.match.form
        together = registers.usage.together.get(form, ())
        is_decided = form in registers.decided or self._editor.decisions.decides(
            self._editor.name, form
        )
        return together if entry.key in together and not is_decided else (entry.key,)

    def _report_impossible(self, flow: Flow, dates: Iterable[ImpossibleDate]) -> None:
        for date in dates:
            if any(flow.masked[date.start : date.end]):
                continue
            if is_first_sight(flow, date.start, date.end):
                self._tagger.report(
                    IMPOSSIBLE_DATE,
                    flow,
                    date.start,
                    f"“{date.text}” is no day of the calendar",
                    "Compare the source; if it has this date, mark it with sic or a note.",
                )

    def _state_responsibility(self) -> None:
        if not self._tagger.edits:
            return
        if self._source.element_with_id(RESPONSIBLE) is not None:
            return
        edit = header.responsibility(self._source)
        if edit is not None:
            self._tagger.edits.append(edit)
            return
        self.diagnostics.append(
            NO_TITLE_STATEMENT.at(
                Position(self._tagger.file),
                "the header has no titleStmt to say who is responsible for the annotation",
                "Add a titleStmt with a title to the fileDesc.",
            )
        )


def _time(time: TimeExpression) -> Found:
    attributes = {"when": time.when, "resp": f"#{RESPONSIBLE}", "cert": "high"}
    return Found(time.start, time.end, "time", attributes)


def _is_document(root: Element) -> bool:
    return any(each.name in _PARTS_OF_DOCUMENT for each in root.elements())


def _searched_parts(source: Source, where: Scope) -> list[Element]:
    """Return the elements in which names and dates are looked for."""
    parts: list[Element] = []
    for element in source.root.elements():
        if element.name == "teiHeader":
            parts += [part for part in element.descendants() if part.name in where.header]
        elif element.name in ("text", "TEI"):
            parts.append(element)
    return parts
