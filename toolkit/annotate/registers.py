"""The registers of an edition: its persons, places and organisations and their written forms."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple, cast
from urllib.parse import unquote

from lxml import etree

from toolkit.annotate.abbreviations import Abbreviations
from toolkit.annotate.addresses import AddressBook
from toolkit.annotate.forms import FormMatcher, is_one_word, is_too_short
from toolkit.annotate.keeping import made_once
from toolkit.annotate.kinds import EMPTY_REGISTER, TOO_SHORT
from toolkit.annotate.misspelling import Misspelling
from toolkit.annotate.usage import Usage
from toolkit.annotate.variants import (
    SORTS,
    Sort,
    Variants,
    forenames_of,
    full_forms,
    register_words,
    shorter_forms,
)
from toolkit.diagnostics import Diagnostic, DiagnosticError, Position
from toolkit.files import digest
from toolkit.tei.entry_description import description_of
from toolkit.tei.identifiers import identifier_of, repeated_ids
from toolkit.tei.names import TEI_NAMESPACE, XML_LANG, local_name, tei
from toolkit.tei.parse import ParsedDocument, open_file
from toolkit.tei.positions import positions
from toolkit.tei.registers import entries_of, faults, names_of, register_types, text_of

EntryKind = Literal["person", "place", "organisation"]

_LINKED: frozenset[str] = frozenset({"person", "place", "organisation"})
_OTHER_LISTS = (tei("listBibl"), tei("listEvent"), tei("listObject"), tei("listNym"))


class WrittenForm(NamedTuple):
    """A form of a name; ``full`` is false for a variant of one word, which may mean others too."""

    text: str
    full: bool
    sort: Sort = "full"


@dataclass(frozen=True)
class Entry:
    """An entry of a register.

    ``file`` is relative to the register folder; ``forms`` are the forms looked for, ``preferred``
    is the first name as the register writes it. ``place`` is the reference (``file#id``) of the
    place where an organisation sits. Of a person, ``born`` is the year of birth, ``died`` that
    of death, ``sex`` is ``f`` or ``m`` if the register says so, ``forenames`` are the words of all
    forenames. ``description`` tells it from others of its name.
    """

    kind: EntryKind
    id: str
    file: str
    forms: tuple[WrittenForm, ...]
    preferred: str
    place: str | None = None
    born: int | None = None
    sex: str | None = None
    forenames: frozenset[str] = frozenset()
    description: str = ""
    died: int | None = None

    @cached_property
    def key(self) -> str:
        """The reference to the entry from within the register folder: ``file#id``."""
        return f"{self.file}#{self.id}"


@dataclass(frozen=True)
class Registers:
    """All entries of the registers of an edition, in the order of files and entries.

    ``decided`` gives the key of the entry that editors said a form means, or None if it is no name.
    ``unreadable`` are the files, relative to the register folder, whose entries are not known.
    """

    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    usage: Usage = field(default_factory=Usage)
    decided: Mapping[str, str | None] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    cache: Path | None = field(default=None, repr=False, compare=False)
    """The folder to keep in what takes long to make; None keeps nothing."""

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """The entries by their keys."""
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by those identifiers that no other entry has."""
        identifiers = Counter(entry.id for entry in self.entries)
        return {entry.id: entry for entry in self.entries if identifiers[entry.id] == 1}

    @cached_property
    def by_form(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each form: of the registers, and learned from editors."""
        written_in: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for form in dict.fromkeys(written.text for written in entry.forms):
                written_in[form].append(entry)
        found = {form: tuple(entries) for form, entries in written_in.items()}
        for form, times in self.usage.tagged.items():
            meant = {entry.key: entry for entry in found.get(form, ())}
            meant |= {key: self.by_key[key] for key in times if key in self.by_key}
            found[form] = tuple(meant.values())
        known = {
            form: entries
            for form, entries in found.items()
            if entries and not self.usage.is_hopeless(form)
        }
        for form, key in self.decided.items():
            meaning = self.by_key.get(key or "")
            # A form that is no name is still found, so that nothing in it is taken for one.
            known[form] = (meaning,) if meaning is not None else ()
        return known

    @cached_property
    def forenames(self) -> frozenset[str]:
        """The words of forenames that are longer than an initial."""
        words = {word for entry in self.entries for word in entry.forenames}
        return frozenset(word for word in words if len(word) > 2 and word[0].isupper())

    @cached_property
    def matcher(self) -> FormMatcher:
        """What finds the forms in texts."""
        return FormMatcher.of(self.by_form, self.cache)

    @cached_property
    def addresses(self) -> AddressBook:
        """The forms that are addresses."""
        return AddressBook.of(
            (form, [entry.key for entry in entries], self.usage.names.get(form, 0))
            for form, entries in self.by_form.items()
            if all(entry.kind == "place" for entry in entries)
        )

    @cached_property
    def misspelling(self) -> Misspelling:
        """The forms that a text may have misspelt."""
        return Misspelling({f: [e.key for e in entries] for f, entries in self.by_form.items()})

    @cached_property
    def abbreviations(self) -> Abbreviations:
        """The forms that a text may have shortened."""
        return Abbreviations(self.by_form)

    def with_decisions(self, decided: Mapping[str, str | None]) -> Registers:
        """Return the registers with what editors have decided about forms."""
        return replace(self, decided=decided)

    @cached_property
    def sorts(self) -> Mapping[str, Sort]:
        """How each form follows from the register: of several ways, the surest."""
        rank = {sort: number for number, sort in enumerate(SORTS)}
        found: dict[str, Sort] = {}
        for entry in self.entries:
            for written in entry.forms:
                known = found.get(written.text)
                if known is None or rank[written.sort] < rank[known]:
                    found[written.text] = written.sort
        return found

    def with_usage(self, usage: Usage, faults: Iterable[Diagnostic] = ()) -> Registers:
        """Return the registers with what was learned of the use of their forms.

        ``faults`` are those of the documents to learn from.
        """
        found = tuple(sorted({*self.diagnostics, *faults}))
        return replace(self, usage=usage, diagnostics=found)

    def is_sure(self, form: str, entry: Entry) -> bool:
        """Tell whether a form names an entry in full, or editors clearly mean it by the form."""
        full = any(written.full for written in entry.forms if written.text == form)
        return full or entry.key in (self.usage.usual(form), self.decided.get(form))


ALL_VARIANTS = Variants()


def read_registers(
    files: Sequence[Path],
    folder: Path,
    variants: Variants = ALL_VARIANTS,
    cache: Path | None = None,
) -> Registers:
    """Read the register ``files``, which lie in ``folder``: references are relative to it.

    The ``variants`` of the names of persons are forms too. What was read is kept in the folder
    ``cache``, as long as the files are the same.

    See the TEI Guidelines, 14.3 (persons), 14.3.4 (places) and 14.2.2 (organisations). Faults of
    the registers are in ``diagnostics``, each once and sorted: V201, V401 and V402, as validation
    gives them too, A004, A011, and those of reading XML. An entry without an identifier or a name
    is left out.
    """
    documents: dict[str, ParsedDocument] = {}
    unreadable: dict[str, Sequence[Diagnostic]] = {}
    for path in files:
        file = path.relative_to(folder).as_posix()
        try:
            documents[file] = open_file(path)
        except DiagnosticError as error:
            unreadable[file] = error.diagnostics
    made_from = [repr(variants)]
    for file, document in documents.items():
        made_from += (file, document.file, digest(document.content))
    found = made_once(cache, "registers", made_from, _Read, lambda: _read(documents, variants))
    unreadable |= found.unreadable
    told = {*chain.from_iterable(unreadable.values()), *found.diagnostics}
    return Registers(
        found.entries, tuple(sorted(told)), unreadable=frozenset(unreadable), cache=cache
    )


@dataclass(frozen=True)
class _Read:
    """What register files have."""

    entries: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]
    unreadable: Mapping[str, tuple[Diagnostic, ...]]


def _read(documents: Mapping[str, ParsedDocument], variants: Variants) -> _Read:
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    unreadable: dict[str, tuple[Diagnostic, ...]] = {}
    for file, document in documents.items():
        try:
            reader = _RegisterReader(document, file, variants)
            entries += reader.entries()
            diagnostics += reader.diagnostics
        except DiagnosticError as error:
            unreadable[file] = error.diagnostics
    return _Read(tuple(entries), tuple(diagnostics), unreadable)


class _RegisterReader:
    def __init__(self, document: ParsedDocument, file: str, variants: Variants) -> None:
        self._document = document
        self._file = file
        self._variants = variants
        self.diagnostics: list[Diagnostic] = list(faults(document))

    def entries(self) -> list[Entry]:
        elements = list(entries_of(self._document.root))
        if not elements and not any(True for _ in self._document.root.iter(*_OTHER_LISTS)):
            self._report_empty()
        repeated = dict(repeated_ids(self._document))
        self.diagnostics += [repeated[element] for element in elements if element in repeated]
        return [
            entry
            for element in elements
            if element not in repeated and (entry := self._entry(element)) is not None
        ]

    def _entry(self, element: etree._Element) -> Entry | None:
        kind = register_types().entries[local_name(str(element.tag))].kind
        identifier, names = identifier_of(element), names_of(element)
        if kind not in _LINKED or not identifier or not names:
            return None
        return Entry(
            cast(EntryKind, kind),
            identifier,
            self._file,
            self._forms(names, kind),
            text_of(names[0]),
            _place_of(element, self._file) if kind == "organisation" else None,
            _year(element, "birth", _BORN_AT_EARLIEST) if kind == "person" else None,
            _sex(element) if kind == "person" else None,
            frozenset(word for name in names for word in forenames_of(name))
            if kind == "person"
            else frozenset(),
            description_of(element),
            _year(element, "death", _DIED_AT_LATEST) if kind == "person" else None,
        )

    def _forms(self, names: list[etree._Element], kind: str) -> tuple[WrittenForm, ...]:
        found: dict[str, WrittenForm] = {}
        languages: set[str | None] = set()
        for name in names:
            if name.get("type") == register_types().not_matched:
                continue
            # The first name in a language is the name proper, the others are variants of it.
            language = name.get(XML_LANG)
            proper = language not in languages and name.get("type") != "variant"
            languages.add(language)
            for text in full_forms(name, kind):
                if is_too_short(text):
                    self._report_short(name, text)
                else:
                    full = proper or not is_one_word(text)
                    found.setdefault(text, WrittenForm(text, full, "full" if full else "variant"))
        for name in names:
            if name.get("type") == register_types().not_matched:
                continue
            for text, sort in shorter_forms(name, kind, self._variants):
                if not is_too_short(text):
                    found.setdefault(text, WrittenForm(text, full=False, sort=sort))
        return tuple(found.values())

    def _report_short(self, name: etree._Element, text: str) -> None:
        self.diagnostics.append(
            TOO_SHORT.at(
                positions(self._document).element(name),
                f"the form “{text}” is too short to be looked for",
                f'Write the form in full, or mark it type="{register_types().not_matched}": it '
                "stays in the register, and is found where your editors tag it often.",
            )
        )

    def _report_empty(self) -> None:
        self.diagnostics.append(
            EMPTY_REGISTER.at(
                Position(self._document.file),
                "this file has no person, place or org",
                "Move the file out of the register folder, or put entries into it.",
            )
        )


_BORN_AT_EARLIEST = ("when", "when-iso", "notBefore", "notBefore-iso")
_DIED_AT_LATEST = ("when", "when-iso", "notAfter", "notAfter-iso")


def _year(element: etree._Element, event: str, attributes: Iterable[str]) -> int | None:
    for found in element.iterchildren(tei(event)):
        for dated in found.iter():
            for name in attributes:
                year = re.match(r"\d{4}", str(dated.get(name, "")))
                if year:
                    return int(year[0])
    return None


def _sex(element: etree._Element) -> str | None:
    """Return ``f`` or ``m`` where a person has a sex or gender that says so."""
    said = [element.get("sex", ""), element.get("gender", "")]
    for child in element.iterchildren(tei("sex"), tei("gender")):
        said += [child.get("value", ""), text_of(child)]
    words = {word.lower() for value in said for word in value.split()}
    for sex, known in register_words().sexes.items():
        if words & known:
            return sex
    return None


def _place_of(element: etree._Element, file: str) -> str | None:
    """Return the place of an organisation as ``file#id`` from within the register folder."""
    namespaces = {"t": TEI_NAMESPACE}
    found = element.xpath(
        "t:location//@ref | t:placeName/@ref | t:settlement/@ref", namespaces=namespaces
    )
    if not isinstance(found, list) or not found:
        return None
    # Of several pointers in the attribute, the first counts.
    target, _, fragment = (str(found[0]).split() or [""])[0].partition("#")
    if not fragment:
        return None
    folder, own_name = posixpath.split(file)
    place = posixpath.normpath(posixpath.join(folder, unquote(target) or own_name))
    return f"{place}#{unquote(fragment)}"
