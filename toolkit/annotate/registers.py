"""The registers of an edition: its persons, places and organisations and their written forms."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lxml import etree

from toolkit.annotate.forms import FormMatcher, is_one_word, is_too_short
from toolkit.annotate.kinds import DOUBLE_ID, EMPTY_REGISTER, NO_ID, NO_NAME, TOO_SHORT
from toolkit.diagnostics import Diagnostic, DiagnosticError, Position
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, XML_LANG, local_name, tei
from toolkit.tei.parse import ParsedDocument, parse_file

EntryKind = Literal["person", "place", "organisation"]

_ENTRIES: Mapping[str, EntryKind] = {
    "person": "person",
    "personGrp": "person",
    "place": "place",
    "org": "organisation",
}
_NAMES: Mapping[EntryKind, tuple[str, ...]] = {
    "person": ("persName", "name"),
    "place": ("placeName", "geogName", "settlement", "region", "bloc", "name"),
    "organisation": ("orgName", "name"),
}
_RECORDS = frozenset({"event", "bibl", "biblStruct", "object", "nym", "teiHeader", *_ENTRIES})
_OTHER_LISTS = (tei("listBibl"), tei("listEvent"), tei("listObject"), tei("listNym"))
_NOT_MATCHED = "noMatch"


@dataclass(frozen=True)
class WrittenForm:
    """A form of a name; ``full`` is false for a variant of one word, which may mean others too."""

    text: str
    full: bool


@dataclass(frozen=True)
class Entry:
    """An entry of a register.

    ``file`` is relative to the register folder; ``forms`` are the forms looked for, ``preferred``
    is the first name as the register writes it. ``place`` is the reference (``file#id``) of the
    place where an organisation sits.
    """

    kind: EntryKind
    id: str
    file: str
    forms: tuple[WrittenForm, ...]
    preferred: str
    place: str | None = None

    @property
    def key(self) -> str:
        """The reference to the entry from within the register folder: ``file#id``."""
        return f"{self.file}#{self.id}"


@dataclass(frozen=True)
class Registers:
    """All entries of the registers of an edition, in the order of files and entries."""

    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    by_key: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    by_form: Mapping[str, tuple[Entry, ...]] = field(init=False, repr=False, compare=False)
    matcher: FormMatcher = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_form: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for form in dict.fromkeys(form.text for form in entry.forms):
                by_form.setdefault(form, []).append(entry)
        object.__setattr__(self, "by_key", {entry.key: entry for entry in self.entries})
        object.__setattr__(
            self, "by_form", {form: tuple(entries) for form, entries in by_form.items()}
        )
        object.__setattr__(self, "matcher", FormMatcher(by_form))


def read_registers(folder: Path) -> Registers:
    """Read all TEI files in ``folder`` and the folders in it; a missing folder has no entries.

    See the TEI Guidelines, 14.3 (persons), 14.3.4 (places) and 14.2.2 (organisations). Faults of
    the registers are in ``diagnostics`` (A001-A004, A011, and those of reading XML); an entry
    without an identifier or a name is left out.
    """
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(folder.rglob("*.xml")):
        try:
            document = parse_file(path)
        except DiagnosticError as error:
            diagnostics.extend(error.diagnostics)
            continue
        reader = _RegisterReader(document, path.relative_to(folder).as_posix())
        entries.extend(reader.entries())
        diagnostics.extend(reader.diagnostics)
    return Registers(tuple(entries), tuple(diagnostics))


class _RegisterReader:
    def __init__(self, document: ParsedDocument, file: str) -> None:
        self._document = document
        self._file = file
        self._lines: dict[str, int] = {}
        self.diagnostics: list[Diagnostic] = []

    def entries(self) -> list[Entry]:
        elements = [
            element
            for element in self._document.root.iter(*map(tei, _ENTRIES))
            if not _is_mention(element)
        ]
        if not elements and not any(True for _ in self._document.root.iter(*_OTHER_LISTS)):
            self._report_empty()
        return [entry for element in elements if (entry := self._entry(element)) is not None]

    def _entry(self, element: etree._Element) -> Entry | None:
        kind = _ENTRIES[local_name(str(element.tag))]
        names = [child for child in element if _is_name(child, kind)]
        texts = [text for name in names if (text := _text(name))]
        identifier = self._identifier(element, texts)
        if identifier is None:
            return None
        if not texts:
            self.diagnostics.append(
                NO_NAME.at(
                    self._position(element),
                    f"the entry “{identifier}” has no name",
                    f"Give it a {_NAMES[kind][0]} for each written form.",
                )
            )
            return None
        forms = self._forms(names, kind)
        place = _place_of(element, self._file) if kind == "organisation" else None
        return Entry(kind, identifier, self._file, forms, texts[0], place)

    def _identifier(self, element: etree._Element, texts: list[str]) -> str | None:
        identifier = element.get(XML_ID)
        what = local_name(str(element.tag))
        if identifier is None:
            named = f" “{texts[0]}”" if texts else ""
            self.diagnostics.append(
                NO_ID.at(
                    self._position(element),
                    f"the {what}{named} has no xml:id",
                    "Give the entry an xml:id that no other element of the file has.",
                )
            )
            return None
        if identifier in self._lines:
            self.diagnostics.append(
                DOUBLE_ID.at(
                    self._position(element),
                    f"the xml:id “{identifier}” is already that of line {self._lines[identifier]}",
                    "Give one of the two entries another xml:id.",
                )
            )
            return None
        self._lines[identifier] = self._position(element).line
        return identifier

    def _forms(self, names: list[etree._Element], kind: EntryKind) -> tuple[WrittenForm, ...]:
        found: dict[str, WrittenForm] = {}
        languages: set[str | None] = set()
        for name in names:
            if name.get("type") == _NOT_MATCHED:
                continue
            # The first name in a language is the name proper, the others are variants of it.
            language = name.get(XML_LANG)
            proper = language not in languages and name.get("type") != "variant"
            languages.add(language)
            for text in _spellings(name, kind):
                if is_too_short(text):
                    self._report_short(name, text)
                else:
                    found.setdefault(text, WrittenForm(text, proper or not is_one_word(text)))
        return tuple(found.values())

    def _report_short(self, name: etree._Element, text: str) -> None:
        self.diagnostics.append(
            TOO_SHORT.at(
                self._position(name),
                f"the form “{text}” is too short to be looked for",
                f'Write the form in full, or mark it type="{_NOT_MATCHED}".',
            )
        )

    def _report_empty(self) -> None:
        self.diagnostics.append(
            EMPTY_REGISTER.at(
                self._position(self._document.root),
                "this file has no person, place or org",
                "Move the file out of the register folder, or put entries into it.",
            )
        )

    def _position(self, element: etree._Element) -> Position:
        line = element.sourceline
        return Position(self._document.file, line if isinstance(line, int) else 1)


def _is_mention(element: etree._Element) -> bool:
    """Tell whether the element only mentions what has its entry elsewhere, as in an event."""
    inside = any(local_name(str(ancestor.tag)) in _RECORDS for ancestor in element.iterancestors())
    return inside and element.get(XML_ID) is None


def _is_name(element: etree._Element, kind: EntryKind) -> bool:
    return isinstance(element.tag, str) and element.tag in {tei(name) for name in _NAMES[kind]}


def _text(element: etree._Element) -> str:
    """Return the text of an element without notes, white space made single."""
    return " ".join("".join(_strings(element)).split())


def _strings(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag != tei("note"):
            yield from _strings(child)
        if child.tail:
            yield child.tail


def _spellings(name: etree._Element, kind: EntryKind) -> Iterator[str]:
    """Yield the forms that a name element stands for: itself, and not inverted."""
    text = _text(name)
    if text:
        yield text
    if kind != "person":
        return
    surname = [_text(part) for part in name.iter(tei("surname"))]
    forename = [_text(part) for part in name.iter(tei("forename"))]
    link = [_text(part) for part in name.iter(tei("nameLink"))]
    if surname and forename:
        yield " ".join([*forename, *link, *surname])
    elif text.count(",") == 1:
        last, first = (part.strip() for part in text.split(","))
        if last and first:
            yield f"{first} {last}"


def _place_of(element: etree._Element, file: str) -> str | None:
    """Return the place of an organisation as ``file#id`` from within the register folder."""
    namespaces = {"t": TEI_NAMESPACE}
    found = element.xpath(
        "t:location//@ref | t:placeName/@ref | t:settlement/@ref", namespaces=namespaces
    )
    if not isinstance(found, list) or not found:
        return None
    target, _, fragment = str(found[0]).partition("#")
    if not fragment:
        return None
    folder, own_name = posixpath.split(file)
    return f"{posixpath.normpath(posixpath.join(folder, target or own_name))}#{fragment}"
