"""Annotating one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from toolkit.annotate import header
from toolkit.annotate.additions import digests_of, recorded, with_record
from toolkit.annotate.dating import certainty, dates_in, document_date
from toolkit.annotate.decisions import Decision, Decisions, Place, context, passage
from toolkit.annotate.edits import Edit, splice, wrap
from toolkit.annotate.encoding import read_encoded
from toolkit.annotate.flows import Flow, ends, flows_of, is_first_sight
from toolkit.annotate.forms import FormMatch, is_one_word
from toolkit.annotate.kinds import (
    AMBIGUOUS,
    CROSSING,
    IMPOSSIBLE_DATE,
    NO_TITLE_STATEMENT,
    NOT_ALLOWED,
)
from toolkit.annotate.open_names import OpenName, Reason, candidates
from toolkit.annotate.placing import Placement, Refusal, place
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.references import References, settle
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.scope import Scope, scope
from toolkit.annotate.source import Element, Source
from toolkit.dates import DateExpression, find_impossible_dates
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, SourceText
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.tree import NOT_WELL_FORMED


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
class _Found:
    """A name or date in a flow: the characters from ``start`` up to ``end`` of its text."""

    start: int
    end: int
    name: str
    attributes: dict[str, str]


NO_DECISIONS = Decisions()


def annotate(
    document: ParsedDocument,
    registers: Registers,
    reference_base: str,
    *,
    name: str = "",
    decisions: Decisions = NO_DECISIONS,
    only_sure: bool = False,
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
        only_sure: Whether only names of high certainty are tagged; the others are left open.

    Raises:
        DiagnosticError: the encoding of the document cannot be written back (A010), or the
            document is not well-formed (X001).
    """
    content, encoding = read_encoded(document)
    source = read_source(document.file, content)
    editor = _Editor(name, decisions, only_sure)
    run = _Run(document.file, source, References(registers, reference_base), editor)
    result = run.annotated()
    if run.additions:
        result = with_record(result, recorded(content) | run.additions)
    return Annotation(
        document.content if result == content else encoding.write(result),
        tuple(sorted(run.diagnostics)),
        dict(sorted(run.counts.items())),
        tuple(run.open_names),
    )


def read_source(file: str, content: bytes) -> Source:
    """Return the source of the document ``file``, whose content in UTF-8 this is.

    Raises:
        DiagnosticError: it is not well-formed (X001).
    """
    try:
        return Source(content)
    except expat.ExpatError as error:
        raise DiagnosticError(
            NOT_WELL_FORMED.at(
                Position(file, error.lineno, error.offset + 1),
                f"not well-formed XML: {expat.ErrorString(error.code)}",
                "Validate the document and mend what is reported there.",
            )
        ) from None


@dataclass(frozen=True)
class _Editor:
    """What the editors say about the names of the document that they call ``name``."""

    name: str
    decisions: Decisions
    only_sure: bool

    def place(self, flow: Flow, start: int, end: int) -> Place:
        """Return the place of a part of a text, as decisions tell it."""
        return Place(self.name, *context(flow.text, start, end))

    def decided(self, form: str, place: Place) -> Decision | None:
        """Return what is decided about a form at a place of it, or in the document."""
        return self.decisions.at(form, place)


class _Run:
    """The annotation of one document, step by step."""

    def __init__(self, file: str, source: Source, references: References, editor: _Editor) -> None:
        self._source = source
        self._references = references
        self._editor = editor
        self._scope = scope()
        self._text = SourceText(file, source.content.decode())
        self._language = _language_of(source)
        self._anchor = document_date(source, self._scope, self._language)
        self._matcher = references.registers.matcher
        self._edits: list[Edit] = []
        self._ranges = Ranges()
        self.diagnostics: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()
        self.open_names: list[OpenName] = []
        self.additions: frozenset[str] = frozenset()

    def annotated(self) -> bytes:
        """Return the source with everything added."""
        named = self._references.named_in(self._source)
        self._complete_header(named)
        searched: list[tuple[Flow, list[FormMatch], list[DateExpression]]] = []
        for part in _searched_parts(self._source, self._scope):
            for flow in flows_of(part, self._scope, _inherited_language(part, self._language)):
                searched.append((flow, *self._search(flow)))
                # At once, while the dates of this text are at hand.
                self._report_impossible(flow)
        # Clear names first: they settle the others.
        for flow, names, dates in searched:
            self._tag_clear_names(flow, names, named)
            for date in dates:
                self._tag(flow, self._date(date))
        for flow, names, _dates in searched:
            self._tag_settled_names(flow, names, named)
        self._report_ambiguous(searched, named)
        self._leave_open(searched, named)
        self._state_responsibility()
        self.additions = digests_of(self._source, self._edits)
        return splice(self._source, self._edits)

    def _complete_header(self, named: set[str]) -> None:
        decided, name = self._editor.decided, self._editor.name
        linked = header.linked_names(
            self._source, self._references, self._scope, named, decided, name
        )
        for element, (form, entry) in linked.items():
            tag, edits = header.link(
                self._source, self._references, self._scope, element, form, entry
            )
            if edits:
                self._edits += edits
                self.counts[tag] += 1
        dated = header.dates_of_correspondence(self._source, self._language, self._anchor)
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

    def _search(self, flow: Flow) -> tuple[list[FormMatch], list[DateExpression]]:
        """Return names and dates that do not overlap; a name that holds a date goes before it."""
        dates = [d for d in dates_in(flow, self._anchor) if not any(flow.masked[d.start : d.end])]
        names = self._names_in(flow, flow.masked)
        taken = Ranges((name.start, name.end) for name in names)
        kept = [date for date in dates if not taken.hold(date.start, date.end)]
        if any(taken.touch(date.start, date.end) for date in kept):
            masked = bytearray(flow.masked)
            for date in kept:
                masked[date.start : date.end] = bytes([1]) * (date.end - date.start)
            names = self._names_in(flow, masked)
        return names, kept

    def _names_in(self, flow: Flow, masked: bytearray) -> list[FormMatch]:
        found = self._matcher.find(flow.text, masked)
        return [
            match
            for match in found
            if not self._is_other_place(flow, match) and self._entries(flow, match)
        ]

    def _entries(self, flow: Flow, match: FormMatch) -> tuple[Entry, ...]:
        """Return the entries that a form may mean where it stands; none if it is no name there."""
        decided = self._decided(flow, match)
        if decided is None:
            return self._references.registers.by_form[match.form]
        entry = self._references.registers.by_key.get(decided.entry or "")
        return (entry,) if entry is not None else ()

    def _decided(self, flow: Flow, match: FormMatch) -> Decision | None:
        if not self._editor.decisions.decides(self._editor.name, match.form):
            return None
        place = self._editor.place(flow, match.start, match.end)
        return self._editor.decisions.at(match.form, place)

    def _is_sure(self, flow: Flow, match: FormMatch, entry: Entry) -> bool:
        sure = self._references.registers.is_sure(match.form, entry)
        return sure or self._decided(flow, match) is not None

    def _is_other_place(self, flow: Flow, match: FormMatch) -> bool:
        """Tell whether the name of a place is the end of the name of another place."""
        before = flow.text[max(0, match.start - 20) : match.start].rsplit(maxsplit=1)
        if not before or before[-1] not in self._scope.before_other_place:
            return False
        entries = self._references.registers.by_form[match.form]
        return is_one_word(match.form) and all(entry.kind == "place" for entry in entries)

    def _tag_clear_names(self, flow: Flow, names: list[FormMatch], named: set[str]) -> None:
        for match in names:
            entries = self._entries(flow, match)
            if len(entries) == 1:
                sure = self._is_sure(flow, match, entries[0])
                if not sure and self._editor.only_sure:
                    continue
                if self._tag(flow, self._name(match, entries[0], sure)):
                    named.add(entries[0].key)

    def _tag_settled_names(self, flow: Flow, names: list[FormMatch], named: set[str]) -> None:
        for match in names if not self._editor.only_sure else ():
            entries = self._entries(flow, match)
            entry = self._settled(match.form, entries, named)
            if len(entries) > 1 and entry is not None:
                self._tag(flow, self._name(match, entry, sure=False))

    def _settled(self, form: str, entries: tuple[Entry, ...], named: set[str]) -> Entry | None:
        return settle(form, entries, named, self._references.registers.usage)

    def _date(self, date: DateExpression) -> _Found:
        attributes = {
            **date.attributes,
            "resp": f"#{header.RESPONSIBLE}",
            "cert": certainty(date, self._anchor),
        }
        return _Found(date.start, date.end, "date", attributes)

    def _name(self, match: FormMatch, entry: Entry, sure: bool) -> _Found:
        attributes = {
            "ref": self._references.to(entry.key),
            "resp": f"#{header.RESPONSIBLE}",
            "cert": "high" if sure else "medium",
        }
        return _Found(match.start, match.end, self._scope.names[entry.kind], attributes)

    def _tag(self, flow: Flow, found: _Found) -> bool:
        """Tag what was found; tell whether it stands there, tagged or not possible to tag."""
        if not is_first_sight(flow, found.start, found.end):
            return False
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

    def _report_impossible(self, flow: Flow) -> None:
        for date in find_impossible_dates(flow.text, flow.language, self._anchor):
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

    def _report_ambiguous(
        self,
        searched: list[tuple[Flow, list[FormMatch], list[DateExpression]]],
        named: set[str],
    ) -> None:
        """Report each form that was not settled, once, where it first stands."""
        reported: set[str] = set()
        for flow, names, _dates in searched:
            for match in names:
                entries = self._entries(flow, match)
                if match.form in reported or self._settled(match.form, entries, named):
                    continue
                reported.add(match.form)
                candidates = ", ".join(entry.key for entry in entries)
                self._report(
                    AMBIGUOUS,
                    flow,
                    match.start,
                    f"“{match.form}” may be any of {candidates}; it was not tagged",
                    "Tag it by hand, or name the one meant in full elsewhere in the document.",
                )

    def _leave_open(
        self,
        searched: list[tuple[Flow, list[FormMatch], list[DateExpression]]],
        named: set[str],
    ) -> None:
        """Keep the names that were not tagged for want of certainty."""
        for flow, names, _dates in searched:
            for match in names:
                entries = self._entries(flow, match)
                reason = self._reason(flow, match, entries, named)
                if reason is not None and self._can_be_tagged(flow, match, entries):
                    usage = self._references.registers.usage
                    self.open_names.append(
                        OpenName(
                            match.form,
                            reason,
                            candidates(match.form, entries, usage),
                            tuple(sorted({entry.kind for entry in entries})),
                            self._editor.name,
                            self._position(flow, match.start).line,
                            *passage(flow.text, match.start, match.end),
                        )
                    )

    def _reason(
        self, flow: Flow, match: FormMatch, entries: tuple[Entry, ...], named: set[str]
    ) -> Reason | None:
        """Return why a name is left open, or None if it is tagged."""
        settled = self._settled(match.form, entries, named)
        if settled is None:
            return Reason.SEVERAL_ENTRIES
        sure = len(entries) == 1 and self._is_sure(flow, match, settled)
        return Reason.UNCERTAIN if self._editor.only_sure and not sure else None

    def _can_be_tagged(self, flow: Flow, match: FormMatch, entries: tuple[Entry, ...]) -> bool:
        if not is_first_sight(flow, match.start, match.end):
            return False
        first, last = ends(flow, match.start, match.end)
        name = self._scope.names[entries[0].kind]
        return isinstance(place(self._source, self._scope, first, last, name), Placement)

    def _state_responsibility(self) -> None:
        if not self._edits:
            return
        if any(
            element.attributes.get("xml:id") == header.RESPONSIBLE
            for element in self._source.elements
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


def _searched_parts(source: Source, where: Scope) -> list[Element]:
    """Return the elements in which names and dates are looked for."""
    parts: list[Element] = []
    for element in source.root.elements():
        if element.name == "teiHeader":
            parts += [part for part in element.descendants() if part.name in where.header]
        elif element.name in ("text", "TEI"):
            parts.append(element)
    return parts


def _language_of(source: Source) -> str:
    """Return the language of the document: xml:lang, else the first in langUsage."""
    for element in source.elements:
        if element.name in ("TEI", "text") and "xml:lang" in element.attributes:
            return element.attributes["xml:lang"]
        if element.name == "language" and "ident" in element.attributes:
            return element.attributes["ident"]
    return "und"


def _inherited_language(element: Element, default: str) -> str:
    """Return the language that holds around an element."""
    ancestor = element.parent
    while ancestor is not None:
        if "xml:lang" in ancestor.attributes:
            return ancestor.attributes["xml:lang"]
        ancestor = ancestor.parent
    return default
