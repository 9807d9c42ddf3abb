"""Annotating one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.annotate import header
from toolkit.annotate.additions import digests_of, recorded, with_record
from toolkit.annotate.calendar_description import CalendarDescription
from toolkit.annotate.contradictions import Decided, contradicted, has_tags
from toolkit.annotate.dating import TextDates, certainty, document_date
from toolkit.annotate.decisions import Decision, Decisions, Place, context, passage
from toolkit.annotate.edits import Edit, splice, wrap
from toolkit.annotate.encoding import read_encoded
from toolkit.annotate.finding import FormFinder
from toolkit.annotate.flows import RESPONSIBLE, Flow, ends, flows_of, is_first_sight
from toolkit.annotate.forms import FormMatch, is_one_word
from toolkit.annotate.judging import Called, Certainty, Ranked, certainty_of, judge, rank, settle
from toolkit.annotate.kinds import (
    AMBIGUOUS,
    CROSSING,
    DECISION_NOT_FITTING,
    IMPOSSIBLE_DATE,
    NO_TITLE_STATEMENT,
    NOT_ALLOWED,
    UNCERTAIN,
)
from toolkit.annotate.languages import inherited_language, language_of
from toolkit.annotate.open_names import OpenName, Reason, candidates
from toolkit.annotate.placing import Placement, Refusal, place
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.reach import called_before, reaching
from toolkit.annotate.reading import read_source
from toolkit.annotate.recognition import Recognised, Recogniser, same_language
from toolkit.annotate.references import References
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.removal import remove
from toolkit.annotate.scope import Scope, scope
from toolkit.annotate.source import Element, Source
from toolkit.annotate.surroundings import cues_at
from toolkit.collection import collection_paused
from toolkit.dates import DateExpression, ImpossibleDate, TimeExpression, find_times
from toolkit.diagnostics import Diagnostic, Kind, Position, SourceText
from toolkit.tei.parse import ParsedDocument, parse

_LIKELY = 0.42


@dataclass(frozen=True)
class Annotation:
    """A document with its names and dates annotated.

    ``counts`` says how many elements of each name were added or completed; ``open_names`` are those
    that wait for an editor.
    """

    content: bytes
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    open_names: tuple[OpenName, ...] = ()


@dataclass(frozen=True)
class _Name:
    """What may be a name in a flow, and whom it may name, the likeliest first."""

    start: int
    end: int
    form: str
    certainty: Certainty
    candidates: tuple[Ranked, ...]
    match: FormMatch

    @property
    def entry(self) -> Entry | None:
        """The entry that is clearly meant."""
        return settle(self.candidates)


@dataclass(frozen=True)
class _Text:
    """A flow with the names and dates found in it, none overlapping."""

    flow: Flow
    names: tuple[_Name, ...]
    dates: tuple[DateExpression, ...]


@dataclass(frozen=True)
class _Found:
    """A name or date in a flow: the characters from ``start`` up to ``end`` of its text."""

    start: int
    end: int
    name: str
    attributes: dict[str, str]


NO_DECISIONS = Decisions()


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
    editor = _Editor(name, decisions, only_certain)
    before, encoding = read_encoded(document)
    content, source = before, read_source(document.file, before)
    run = _Run(document.file, source, references, editor, recogniser)
    if unwanted := run.contradicted():
        without = remove(document, lambda element: element.start in unwanted)
        content, encoding = read_encoded(parse(document.file, without.content))
        source = read_source(document.file, content)
        run = _Run(document.file, source, references, editor, recogniser)
    result = run.annotated()
    if run.additions:
        result = with_record(result, recorded(content) | run.additions)
    return Annotation(
        document.content if result == before else encoding.write(result),
        tuple(sorted(run.diagnostics)),
        dict(sorted(run.counts.items())),
        tuple(run.open_names),
    )


@dataclass(frozen=True)
class _Editor:
    """What the editors say about the names of the document that they call ``name``."""

    name: str
    decisions: Decisions
    only_certain: bool

    @property
    def decides_here(self) -> bool:
        """Whether anything is decided about this document alone, or places in it."""
        return bool(self.decisions.forms_in(self.name))

    def place(self, flow: Flow, start: int, end: int) -> Place:
        """Return the place of a part of a text, as decisions tell it."""
        return Place(self.name, *context(flow.text, start, end))

    def placed(
        self, flows: Iterable[Flow], find: Callable[[Flow, bytearray | None], Iterable[FormMatch]]
    ) -> Mapping[tuple[str, Place], Decision]:
        """Return the decisions about places, by form and place as they are now, tagged or not."""
        forms = self.decisions.forms_at_places(self.name)
        places: dict[str, set[Place]] = {form: set() for form in forms}
        for flow in flows if forms else ():
            for match in find(flow, None):
                if match.form in places:
                    places[match.form].add(self.place(flow, match.start, match.end))
        return {
            (form, place): decision
            for form, there in places.items()
            for place, decision in self.decisions.placed(form, self.name, there).items()
        }


class _Run:
    """The annotation of one document, step by step."""

    def __init__(
        self,
        file: str,
        source: Source,
        references: References,
        editor: _Editor,
        recogniser: Recogniser | None,
    ) -> None:
        self._recogniser = recogniser
        self._source = source
        self._references = references
        self._editor = editor
        self._scope = scope().with_opened(references.registers.usage.habits.opened)
        self._text = SourceText(file, source.content.decode())
        self._language = language_of(source)
        self._anchor = document_date(source, self._scope, self._language)
        self._year = int(self._anchor[:4]) if self._anchor else None
        self._dates = TextDates(self._anchor)
        self._calendars = CalendarDescription(source)
        self._edits: list[Edit] = []
        self._ranges = Ranges()
        self._ranked: dict[tuple[str, Called, Decision | None], tuple[Ranked, ...]] = {}
        """Whom forms may name in this document, once it is known whom it names in full."""
        self._dates_seen: list[tuple[int, int]] = []
        self._named_before: frozenset[str] = frozenset()
        self._times_named: Counter[str] = Counter()
        self.diagnostics: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()
        self.open_names: list[OpenName] = []
        self.additions: frozenset[str] = frozenset()
        self._placed: Mapping[tuple[str, Place], Decision] = {}
        forms_here = editor.decisions.forms_in(editor.name)
        self._forms = FormFinder(references.registers, forms_here)

    def contradicted(self) -> frozenset[int]:
        """Return where the tags set before start that decisions contradict."""
        decides = self._references.registers.decided or self._editor.decides_here
        if not decides or not has_tags(self._source, self._scope):
            return frozenset()
        flows = self._flows()
        self._placed = self._editor.placed(flows, self._forms.matches)
        in_header = header.decided_names(
            self._source,
            self._references.registers,
            self._scope,
            self._editor.decisions.at,
            self._editor.name,
        )
        decided = (*in_header, *self._decided_in(flows))
        return contradicted(self._source, self._scope, self._references, decided)

    def _decided_in(self, flows: Iterable[Flow]) -> Iterator[Decided]:
        """Yield what is decided about forms in texts, tagged or not."""
        everywhere = self._references.registers.decided
        for flow in flows:
            for match in self._forms.matches(flow, None):
                here = self._decided(flow, match)
                if here is not None or match.form in everywhere:
                    key = everywhere.get(match.form) if here is None else here.entry
                    yield Decided(*ends(flow, match.start, match.end), key)

    def _flows(self) -> list[Flow]:
        """Return the texts. Forms that are in none of them are no longer looked for."""
        flows = [
            flow
            for part in _searched_parts(self._source, self._scope)
            for flow in flows_of(part, self._scope, inherited_language(part, self._language))
        ]
        self._forms.keep_to(flows)
        return flows

    def annotated(self) -> bytes:
        """Return the source with everything added."""
        named = self._references.named_in(self._source, self._scope)
        self._complete_header(named)
        flows = self._flows()
        self._placed = self._editor.placed(flows, self._forms.matches)
        found: list[tuple[Flow, list[FormMatch], list[DateExpression]]] = []
        for flow in flows:
            self._mask_dates_seen(flow)
            dates, impossible = self._dates.found_in(flow)
            found.append((flow, *self._search(flow, dates)))
            self._dates_seen += [ends(flow, date.start, date.end) for date in found[-1][2]]
            self._report_impossible(flow, impossible)
        # Clear names first: they settle the others.
        self._named_before = frozenset(named)
        for _flow, matches, _dates in found:
            self._times_named.update(filter(None, map(self._clearly_named, matches)))
        named.update(self._times_named)
        texts = [
            _Text(flow, tuple(self._names(flow, matches, named)), tuple(dates))
            for flow, matches, dates in found
        ]
        for text in texts:
            for name in text.names:
                if name.entry is not None and not self._reason(name):
                    self._tag(text.flow, self._tagged(name, name.entry))
            for date in text.dates:
                self._tag(text.flow, self._date(date))
            for time in find_times(text.flow.text, text.flow.language):
                if not any(text.flow.masked[time.start : time.end]):
                    self._tag(text.flow, _time(time))
        self._report_open(texts)
        self._leave_open(texts)
        if self._recogniser is not None:
            self._propose(self._recogniser, texts)
        self._edits += self._calendars.edits()
        self._state_responsibility()
        self.additions = digests_of(self._source, self._edits)
        return splice(self._source, self._edits)

    def _is_here(self, match: FormMatch, entry: Entry) -> bool:
        """Tell whether the header, an editor, or the text elsewhere names the entry in full."""
        if entry.key in self._named_before:
            return True
        return self._times_named[entry.key] > (self._clearly_named(match) == entry.key)

    def _clearly_named(self, match: FormMatch) -> str | None:
        """Return the key of the entry that a form always means, if it is more than a variant."""
        if match.is_misspelt:
            return None
        registers = self._references.registers
        entries = registers.by_form.get(match.form, ())
        is_clear = len(entries) == 1 and registers.is_sure(match.form, entries[0])
        return entries[0].key if is_clear else None

    def _names(self, flow: Flow, matches: list[FormMatch], named: set[str]) -> Iterator[_Name]:
        """Yield what are names where they stand, as far as a tag is to reach."""
        registers = self._references.registers
        habits = registers.usage.habits
        known = self._ranked
        addresses = [match.start for match in matches if match.is_whole]
        reached = 0
        for match in matches:
            cues = cues_at(self._source, self._scope, flow, match.start, match.end)
            called = called_before(flow.text, match.start, registers.forenames)
            decided = self._decided(flow, match)
            asked = (match.form, called, decided)
            ranked = known.get(asked)
            if ranked is None:
                entries = self._entries(flow, match)
                ranked = rank(match.form, entries, named, registers, self._year, called)
                known[asked] = ranked
            judgement = judge(
                match.form,
                ranked,
                registers,
                cues,
                is_here=self._is_here(match, ranked[0].entry),
                inflected=match.inflected,
                misspelt=match.is_misspelt,
                called=called,
            )
            if match.start < reached or not (
                decided is not None or judgement.likelihood >= _LIKELY
            ):
                continue
            until = next((start for start in addresses if start >= match.end), len(flow.text))
            kind = ranked[0].entry.kind
            far = reaching(flow, match, kind, habits, registers.forenames, until)
            start = far.start if far.start >= reached else match.start
            reached = far.end
            certain = Certainty.HIGH
            if match.is_misspelt:
                certain = Certainty.LOW
            elif decided is None:
                certain = certainty_of(
                    match.form, judgement, registers, named, inflected=match.inflected
                )
            written = flow.text[match.start : match.end] if match.is_misspelt else match.form
            yield _Name(start, far.end, written, certain, ranked, match)

    def _entries(self, flow: Flow, match: FormMatch) -> tuple[Entry, ...]:
        """Return the entries that a form may mean where it stands; none if it is no name there."""
        decided = self._decided(flow, match)
        if decided is None:
            return self._references.registers.by_form.get(match.form, ())
        entry = self._references.registers.by_key.get(decided.entry or "")
        return (entry,) if entry is not None else ()

    def _decided(self, flow: Flow, match: FormMatch) -> Decision | None:
        if not self._editor.decisions.decides(self._editor.name, match.form):
            return None
        place = self._editor.place(flow, match.start, match.end)
        placed = self._placed.get((match.form, place))
        return placed or self._editor.decisions.at(match.form, place)

    def _complete_header(self, named: set[str]) -> None:
        decided, name = self._editor.decisions.at, self._editor.name
        linked = header.linked_names(
            self._source,
            self._references,
            self._scope,
            named,
            decided,
            name,
            only_certain=self._editor.only_certain,
        )
        for element, (form, entry) in linked.items():
            tag, edits = header.link(
                self._source, self._references, self._scope, element, form, entry
            )
            if edits:
                self._edits += edits
                self.counts[tag] += 1
        dated = header.dates_of_correspondence(
            self._source, self._language, self._anchor, self._calendars
        )
        for element, edit in dated:
            self._edits.append(edit)
            self.counts[element.name] += 1
        places = header.places_of_dispatch(self._source, self._references, linked)
        self._edits += places
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
        where = self._text.position(self._source.characters_before(element.start))
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

    def _search(
        self, flow: Flow, found: Iterable[DateExpression]
    ) -> tuple[list[FormMatch], list[DateExpression]]:
        """Return names and dates that do not overlap; a name that holds a date goes before it."""
        dates = [date for date in found if not any(flow.masked[date.start : date.end])]
        names = self._names_in(flow, flow.masked)
        taken = Ranges((name.start, name.end) for name in names)
        kept = [date for date in dates if not taken.hold(date.start, date.end)]
        for date in kept:
            flow.masked[date.start : date.end] = bytes([1]) * (date.end - date.start)
        if any(taken.touch(date.start, date.end) for date in kept):
            names = self._names_in(flow, flow.masked)
        return names, kept

    def _names_in(self, flow: Flow, masked: bytearray) -> list[FormMatch]:
        return [
            match
            for match in self._forms.matches(flow, masked)
            if not self._is_other_place(flow, match) and self._entries(flow, match)
        ]

    def _is_other_place(self, flow: Flow, match: FormMatch) -> bool:
        """Tell whether the name of a place is the end of the name of another place."""
        before = flow.text[max(0, match.start - 20) : match.start].rsplit(maxsplit=1)
        if not before or before[-1] not in self._scope.before_other_place:
            return False
        kinds = {e.kind for e in self._references.registers.by_form.get(match.form, ())}
        return is_one_word(match.form) and kinds == {"place"}

    def _date(self, date: DateExpression) -> _Found:
        attributes = {
            **self._calendars.attributes_of(date),
            "resp": f"#{RESPONSIBLE}",
            "cert": certainty(date, self._anchor),
        }
        return _Found(date.start, date.end, "date", attributes)

    def _tagged(self, name: _Name, entry: Entry) -> _Found:
        attributes = {
            "ref": self._references.to(entry.key),
            "resp": f"#{RESPONSIBLE}",
            "cert": name.certainty.value,
        }
        return _Found(name.start, name.end, self._scope.names[entry.kind], attributes)

    def _tag(self, flow: Flow, found: _Found) -> bool:
        """Tag what was found; tell whether it stands there, tagged or not possible to tag."""
        if not is_first_sight(flow, found.start, found.end):
            return False
        if flow.tagged.find(1, found.start, found.end) >= 0:
            return True
        first, last = ends(flow, found.start, found.end)
        placement = place(self._source, self._scope, first, last, found.name)
        if placement is Refusal.TAKEN:
            return False
        if isinstance(placement, Refusal):
            self._refuse(flow, found, placement)
            return True
        if not self._ranges.add(placement.start, placement.end):
            return False
        self._insert(placement, found)
        return True

    def _insert(self, placement: Placement, found: _Found) -> None:
        name = self._source.prefix_at(placement.parent) + found.name
        self._edits += wrap(name, found.attributes, placement.start, placement.end)
        self.counts[found.name] += 1

    def _refuse(self, flow: Flow, found: _Found, refusal: Refusal) -> None:
        shown = " ".join(flow.text[found.start : found.end].split())
        parent = self._source.run_at(ends(flow, found.start, found.end)[0]).parent.name
        if refusal is Refusal.CROSSING:
            message = f"“{shown}” crosses the border of an element and was not tagged"
            hint = "Move the tag so that it holds the whole of it, or tag it by hand."
            self._report(CROSSING, flow, found.start, message, hint)
        else:
            message = f"“{shown}” was not tagged: no {found.name} may stand here (in {parent})"
            self._report(NOT_ALLOWED, flow, found.start, message, "Tag it by hand if need be.")

    def _report_impossible(self, flow: Flow, dates: Iterable[ImpossibleDate]) -> None:
        for date in dates:
            if any(flow.masked[date.start : date.end]):
                continue
            if is_first_sight(flow, date.start, date.end):
                self._report(
                    IMPOSSIBLE_DATE,
                    flow,
                    date.start,
                    f"“{date.text}” is no day of the calendar",
                    "Compare the source; if it has this date, mark it with sic or a note.",
                )

    def _report_open(self, texts: list[_Text]) -> None:
        """Report each form that was left open, once, where it first stands."""
        reported: set[str] = set()
        for text in texts:
            for name in text.names:
                reason = self._reason(name)
                if name.form in reported or reason is None:
                    continue
                reported.add(name.form)
                shown = ", ".join(f"{c.entry.key} ({c.score:.2f})" for c in name.candidates)
                is_one = len(name.candidates) == 1
                self._report(
                    AMBIGUOUS if reason is Reason.SEVERAL_ENTRIES else UNCERTAIN,
                    text.flow,
                    name.start,
                    f"“{name.form}” may be {'' if is_one else 'any of '}{shown}; it was not tagged",
                    "Decide with tei review; or tag it by hand.",
                )

    def _leave_open(self, texts: list[_Text]) -> None:
        """Keep the names that were not tagged for want of certainty."""
        for text in texts:
            for name in text.names:
                reason = self._reason(name)
                if reason is not None and self._can_be_tagged(text.flow, name):
                    self.open_names.append(
                        OpenName(
                            name.form,
                            reason,
                            candidates(name.candidates),
                            tuple(sorted({each.entry.kind for each in name.candidates})),
                            self._editor.name,
                            self._position(text.flow, name.match.start).line,
                            *passage(text.flow.text, name.match.start, name.match.end),
                        )
                    )

    def _propose(
        self,
        recogniser: Recogniser,
        texts: list[_Text],
    ) -> None:
        """Keep the names that a model finds where nothing else was found."""
        for text in texts:
            flow = text.flow
            if not same_language(recogniser.language, flow.language):
                continue
            taken = Ranges((name.start, name.end) for name in text.names)
            for date in text.dates:
                taken.add(date.start, date.end)
            for found in recogniser.names(flow.text):
                is_tagged = flow.tagged.find(1, found.start, found.end) >= 0
                is_masked = any(flow.masked[found.start : found.end])
                if not (is_tagged or is_masked or taken.touch(found.start, found.end)):
                    self._propose_name(flow, found)

    def _propose_name(self, flow: Flow, name: Recognised) -> None:
        form = " ".join(flow.text[name.start : name.end].split())
        where = self._editor.place(flow, name.start, name.end)
        if self._editor.decisions.holds(form, where) or not is_first_sight(
            flow, name.start, name.end
        ):
            return
        first, last = ends(flow, name.start, name.end)
        tag = self._scope.names[name.kind]
        if isinstance(place(self._source, self._scope, first, last, tag), Placement):
            self.open_names.append(
                OpenName(
                    form,
                    Reason.NO_ENTRY,
                    (),
                    (name.kind,),
                    self._editor.name,
                    self._position(flow, name.start).line,
                    *passage(flow.text, name.start, name.end),
                )
            )

    def _reason(self, name: _Name) -> Reason | None:
        """Return why a name is left open, or None if it is tagged."""
        if name.entry is None:
            return Reason.SEVERAL_ENTRIES
        if name.certainty is not Certainty.LOW or not self._editor.only_certain:
            return None
        return Reason.UNCERTAIN if len(name.candidates) == 1 else Reason.SEVERAL_ENTRIES

    def _can_be_tagged(self, flow: Flow, name: _Name) -> bool:
        if not is_first_sight(flow, name.start, name.end):
            return False
        if flow.tagged.find(1, name.start, name.end) >= 0:
            return False
        first, last = ends(flow, name.start, name.end)
        element = self._scope.names[name.candidates[0].entry.kind]
        return isinstance(place(self._source, self._scope, first, last, element), Placement)

    def _state_responsibility(self) -> None:
        if not self._edits:
            return
        if any(
            element.attributes.get("xml:id") == RESPONSIBLE for element in self._source.elements
        ):
            return
        edit = header.responsibility(self._source)
        if edit is not None:
            self._edits.append(edit)
            return
        self.diagnostics.append(
            NO_TITLE_STATEMENT.at(
                Position(self._text.file),
                "the header has no titleStmt to say who is responsible for the annotation",
                "Add a titleStmt with a title to the fileDesc.",
            )
        )

    def _report(self, kind: Kind, flow: Flow, start: int, message: str, hint: str) -> None:
        self.diagnostics.append(kind.at(self._position(flow, start), message, hint))

    def _position(self, flow: Flow, start: int) -> Position:
        first, _last = ends(flow, start, start + 1)
        offset = self._source.run_at(first).start
        exact = self._source.start_of(first)
        characters = self._source.characters_before(offset if exact is None else exact)
        return self._text.position(characters)


def _time(time: TimeExpression) -> _Found:
    attributes = {"when": time.when, "resp": f"#{RESPONSIBLE}", "cert": "high"}
    return _Found(time.start, time.end, "time", attributes)


def _searched_parts(source: Source, where: Scope) -> list[Element]:
    """Return the elements in which names and dates are looked for."""
    parts: list[Element] = []
    for element in source.root.elements():
        if element.name == "teiHeader":
            parts += [part for part in element.descendants() if part.name in where.header]
        elif element.name in ("text", "TEI"):
            parts.append(element)
    return parts
