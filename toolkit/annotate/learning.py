"""What the tags of editors teach: the forms they tag, whom these mean, and the habits of tagging.

A register says how a person is called in a register. How the documents call them, the editors have
shown already where they have tagged: “Mama”, “the Embassy”, a surname alone, a misspelling; and
that they tag “Mr. X” or only “X”, addresses whole, no sender under a letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from toolkit.annotate.abbreviations import Abbreviations
from toolkit.annotate.addresses import AddressBook, parts_beside, places_of
from toolkit.annotate.anchors import document_date
from toolkit.annotate.chains import Link, link_between, links_of, places_within, rest_of
from toolkit.annotate.compounds import compounds_in
from toolkit.annotate.flows import RESPONSIBLE, Flow, ends, flows_of, is_first_sight, is_left_alone
from toolkit.annotate.forms import FormMatcher, is_too_short, spelling
from toolkit.annotate.habits import Count, Habits, rate
from toolkit.annotate.interruptions import find_names, uninterrupted, without_interruptions
from toolkit.annotate.joined import Joined
from toolkit.annotate.judging import HERE, MISSPELT, learned_sort, told_by
from toolkit.annotate.kinship import is_form_of
from toolkit.annotate.languages import inherited_language, language_of
from toolkit.annotate.likelihood import Example, fitted
from toolkit.annotate.misspelling import Misspelling
from toolkit.annotate.nouns import may_be_noun
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.reach import MOST_WORDS, WORD, plain, sort_of, words_after, words_before
from toolkit.annotate.references import References
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.scope import Scope, scope
from toolkit.annotate.source import Element, Source
from toolkit.annotate.surroundings import cues_at
from toolkit.annotate.titles import is_office
from toolkit.annotate.usage import Usage
from toolkit.collection import collection_paused

_TEXTS = ("text", "TEI")
_OPEN_ENOUGH = 2
_LONG_ENOUGH = 4
_CLEARLY = 0.8
_SMALL_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w-])")
_ENDING = re.compile(r"[^\W\d_]{1,4}(?!\w)")
_ENOUGH = 3
"""How often editors have to tag a single letter that is to be found (“O.” in a diary)."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """What an editor tagged: characters of the document's text, the form, and the entry."""

    first: int
    last: int
    form: str
    entries: tuple[Entry, ...]
    in_text: bool

    @property
    def entry(self) -> Entry:
        """The first of its entries."""
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A form where it stands in a document, and the entry it names there, if any."""

    document: int
    form: str
    entry: Entry | None
    kind: str
    sort: str
    """Of what sort it is apart from its form (inflected, misspelt)."""
    is_here: bool
    is_noun: bool
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """A document in which editors tagged names.

    ``names`` are the stretches that they tagged, whether it is said whose name it is or not;
    ``exact`` gives the tags with an entry by their first and last character; ``here`` how often an
    entry is named in full; ``named`` are the keys of those that the header refers to.
    """

    number: int
    source: Source
    tags: Sequence[_Tag]
    exact: Mapping[tuple[int, int], _Tag]
    names: Ranges
    here: Mapping[str, int]
    named: set[str]


@collection_paused()
def learn(documents: Iterable[tuple[Source, References]], registers: Registers) -> Usage:
    """Return how editors tagged names in documents, and which forms they left untagged.

    Each document comes with the references from it to the registers. Tags of the toolkit do not
    count; those of editors count where they refer to an entry. What they left untagged counts only
    in documents in which they tagged names: to the others they have not come yet.
    """
    teacher = _Teacher(list(documents), registers)
    occurrences = list(teacher.occurrences())
    written = [each for each in occurrences if each.sort != MISSPELT]
    return Usage(
        {form: dict(sorted(keys.items())) for form, keys in sorted(teacher.tagged.items())},
        Counter(each.form for each in written if each.entry is not None),
        Counter(each.form for each in written),
        {form: len(where) for form, where in teacher.tagged_in.items()},
        teacher.words,
        teacher.common(),
        teacher.habits(occurrences),
        teacher.years(),
        dict(sorted(teacher.together.items())),
    )


class _Teacher:
    """What editors tagged in some documents."""

    def __init__(
        self, documents: Sequence[tuple[Source, References]], registers: Registers
    ) -> None:
        self._documents = documents
        self._registers = registers
        self._scope = scope().with_names_inline()
        every = [self._tags_in(source, references) for source, references in documents]
        letters = Counter(t.form for each in every for t in each if is_too_short(t.form))
        self._tags = [
            [tag for tag in each if letters.get(tag.form, _ENOUGH) >= _ENOUGH] for each in every
        ]
        self.tagged: dict[str, Counter[str]] = defaultdict(Counter)
        self.tagged_in: dict[str, set[int]] = defaultdict(set)
        self._forms_of: dict[str, set[str]] = defaultdict(set)
        meant: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        for number, tags in enumerate(self._tags):
            for tag in tags:
                meant[tag.form][tuple(entry.key for entry in tag.entries)] += 1
                self.tagged_in[tag.form].add(number)
                self._forms_of[tag.entry.key].add(spelling(tag.form))
        self.together = {form: keys for form, times in meant.items() if (keys := _several(times))}
        for form, times in meant.items():
            for keys, many in times.items():
                for key in keys[:1] if form in self.together else keys:
                    self.tagged[form][key] += many
        self._cores_of = {key: set(forms) for key, forms in self._forms_of.items()}
        self._written: dict[str, set[str]] = {}
        for entry in registers.entries:
            written = {spelling(each.text): each.sort for each in entry.forms}
            self._written[entry.key] = set(written)
            self._forms_of[entry.key].update(written)
            # A forename is not the name proper, which titles and forenames stand before.
            cores = {form for form, sort in written.items() if sort not in ("forename", "nickname")}
            self._cores_of.setdefault(entry.key, set()).update(cores)
        names_of = {entry.key: [each.text for each in entry.forms] for entry in registers.entries}
        self.words = frozenset(
            form
            for form, keys in self.tagged.items()
            if form not in registers.sorts
            and not any(is_form_of(form, names_of[key]) for key in keys)
        )
        known = {form: [e.key for e in entries] for form, entries in registers.by_form.items()}
        self._matcher = FormMatcher({*known, *self.tagged})
        self._misspelling = Misspelling({**{f: list(k) for f, k in self.tagged.items()}, **known})
        self._misspelling_known = Misspelling(known)
        self._abbreviations = Abbreviations(
            {form: self._entries_of(form) for form in {*known, *self.tagged}}
        )
        farms = registers.addresses.farms
        of_places = (
            form
            for entry in registers.entries
            if entry.kind == "place"
            for form in self._forms_of[entry.key]
        )
        self._places = places_of(of_places, farms)
        self._addresses = AddressBook(places=self._places, farms=farms)
        self._places_in_chains = self._places | {each.replace(" ", "") for each in self._places}
        self._reach: Counter[tuple[str, bool]] = Counter()
        self._words: set[str] = set()
        self._habits_of_endings = self._endings()

    def _tags_in(self, source: Source, references: References) -> list[_Tag]:
        texts = Ranges((t.first, t.last) for t in source.root.elements() if t.name in _TEXTS)
        return [
            _Tag(
                element.first,
                element.last - 1,
                form,
                entries,
                texts.hold(element.first, element.last),
            )
            for element in source.elements
            if _is_editors(element, self._scope)
            and (entries := references.entries_of(_reference(element)))
            and (form := " ".join(without_interruptions(source.text_of(element)).split()))
            and (not is_too_short(form) or form[:1].isupper())
        ]

    def _endings(self) -> Habits:
        """Return the endings behind forms in tags, and those that are left out of tags."""
        inside: dict[str, set[str]] = defaultdict(set)
        outside: dict[str, set[str]] = defaultdict(set)
        for (source, _references), tags in zip(self._documents, self._tags, strict=True):
            for tag in tags:
                rest = _ENDING.match(source.text, tag.last + 1)
                if rest and rest[0].islower() and source.text[tag.last].isalpha():
                    outside[rest[0]].add(tag.form)
                for ending in self._endings_of(tag):
                    inside[ending].add(tag.form)
        left_out = {
            ending
            for ending, forms in outside.items()
            if len(forms) >= _OPEN_ENOUGH and len(forms) > len(inside.get(ending, ()))
        }
        known = {ending for ending, forms in inside.items() if len(forms) >= _OPEN_ENOUGH}
        return Habits(endings=frozenset(known | left_out), left_out=frozenset(left_out))

    def _endings_of(self, tag: _Tag) -> Iterator[str]:
        """Yield what stands in a tag behind a form that the register has."""
        for written in self._written.get(tag.entry.key, ()):
            if len(written) >= _LONG_ENOUGH and tag.form.startswith(written):
                rest = _ENDING.fullmatch(tag.form, len(written))
                if rest and rest[0].islower():
                    yield rest[0]

    def years(self) -> dict[str, dict[str, tuple[int, ...]]]:
        """Return of what years the documents are in which an office means which of several entries.

        Offices in documents without a date have none.
        """
        dates = (
            document_date(source, self._scope, language_of(source))
            for source, _references in self._documents
        )
        found: dict[str, dict[str, list[int]]] = {}
        undated: set[str] = set()
        several = {f for f in self.words if len(self.tagged[f]) > 1 and is_office(f)}
        for date, tags in zip(dates, self._tags, strict=True):
            for tag in tags:
                if tag.form not in several:
                    continue
                if date is None:
                    undated.add(tag.form)
                else:
                    of_entry = found.setdefault(tag.form, {}).setdefault(tag.entry.key, [])
                    of_entry.append(int(date[:4]))
        return {
            form: {key: tuple(sorted(years)) for key, years in sorted(keys.items())}
            for form, keys in sorted(found.items())
            if form not in undated
        }

    def occurrences(self) -> Iterator[_Occurrence]:
        """Yield the forms that stand in the texts of the documents, tagged or not."""
        for number, (source, references) in enumerate(self._documents):
            tags = self._tags[number]
            if not any(tag.in_text for tag in tags):
                continue
            flows = list(_flows(source, self._scope))
            for flow in flows:
                self._words.update(_SMALL_WORD.findall(flow.text))
                self._count_reach(flow, tags)
                self._count_reach_of_addresses(flow, tags)
                self._count_chains(flow, tags)
            document = self._document(number, source, references)
            endings_in = self._habits_of_endings.endings_in
            endings = frozenset[str]().union(*map(endings_in, {flow.language for flow in flows}))
            without = (each.text for flow in flows if (each := uninterrupted(flow)))
            texts = Joined((*(flow.text for flow in flows), *without))
            matcher = self._matcher.within(texts.words, endings)
            for flow in flows:
                yield from self._occurrences_in(document, flow, matcher)

    def _is_full(self, tag: _Tag) -> bool:
        return self._registers.sorts.get(tag.form) == "full"

    def _document(self, number: int, source: Source, references: References) -> _Document:
        tags = self._tags[number]
        longer = ((tag.first, tag.last + 1) for tag in tags)
        unlinked = (
            (element.first, element.last)
            for element in source.elements
            if _is_editors(element, self._scope)
            and is_left_alone(element, scope())
            and references.entry_of(_reference(element)) is None
        )
        return _Document(
            number,
            source,
            tags,
            {(tag.first, tag.last): tag for tag in tags},
            Ranges(_outermost(chain(longer, unlinked))),
            Counter(tag.entry.key for tag in tags if self._is_full(tag)),
            references.named_in_header(source),
        )

    def _occurrences_in(
        self, document: _Document, flow: Flow, matcher: FormMatcher
    ) -> Iterator[_Occurrence]:
        endings = self._habits_of_endings.endings_in(flow.language)
        left_out = self._habits_of_endings.left_out
        without = uninterrupted(flow)
        matches = find_names(matcher, flow.text, without, flow.masked, endings, left_out)
        matches += self._misspelling.find(flow.text, flow.masked, matches)
        matches += self._abbreviations.find(flow.text, flow.masked, matches)
        names = self._abbreviations.entries, self._registers.forenames
        matches += compounds_in(flow, *names, flow.masked, matches)
        for match in matches:
            is_ours = flow.tagged.find(1, match.start, match.end) >= 0
            if is_ours or not is_first_sight(flow, match.start, match.end):
                continue
            first, last = ends(flow, match.start, match.end)
            tag = document.exact.get((first, last))
            tag = tag or self._around(document.tags, first, last, match.form)
            if tag is None and document.names.touch(first, last + 1):
                continue  # Part of a longer name, or a name of which it is not said whose.
            entry = tag.entry if tag else self._first_of(match.form)
            if entry is None:
                continue
            is_itself = tag is not None and self._is_full(tag)
            is_here = entry.key in document.named or document.here[entry.key] > is_itself
            cues = cues_at(document.source, self._scope, flow, match.start, match.end)
            named_entry = tag.entry if tag else None
            sort = "inflected" if match.inflected else MISSPELT if match.is_misspelt else ""
            yield _Occurrence(
                document.number,
                match.form,
                named_entry,
                entry.kind,
                sort,
                is_here,
                not is_here and may_be_noun(flow, match, entry.kind),
                cues,
            )

    def _around(self, tags: Sequence[_Tag], first: int, last: int, form: str) -> _Tag | None:
        """Return the tag that has a form of its entry and words besides."""
        return next(
            (
                tag
                for tag in tags
                if tag.first <= first
                and last <= tag.last
                and spelling(form) in self._forms_of[tag.entry.key]
            ),
            None,
        )

    def _entries_of(self, form: str) -> Sequence[Entry]:
        tagged = (self._registers.by_key[key] for key in self.tagged.get(form, ()))
        return [*dict.fromkeys((*self._registers.by_form.get(form, ()), *tagged))]

    def _first_of(self, form: str) -> Entry | None:
        entries = self._registers.by_form.get(form)
        if entries:
            return entries[0]
        keys = self.tagged.get(form)
        return self._registers.by_key.get(keys.most_common(1)[0][0]) if keys else None

    def _count_reach(self, flow: Flow, tags: Sequence[_Tag]) -> None:
        """Count the words beside names inside and outside of tags."""
        forenames = self._registers.forenames
        for tag in tags:
            start, last = flow.position(tag.first), flow.position(tag.last)
            if start is None or last is None:
                continue
            end, kind = last + 1, tag.entry.kind
            for word, at in list(words_before(flow.text, start))[:1]:
                self._reached(
                    kind, "before", word, sort_of(word, at, flow.text, forenames), inside=False
                )
            for word, _ in list(words_after(flow.text, end))[:1]:
                self._reached(kind, "after", word, sort_of(word, None, flow.text), inside=False)
            core = self._core(flow.text[start:end], tag.entry.key)
            if core is None or self._is_chain(flow.text, start, end, kind):
                continue
            first, after = start + core[0], start + core[1]
            for word, at in words_before(flow.text, first):
                if at >= start:
                    self._reached(
                        kind, "before", word, sort_of(word, at, flow.text, forenames), inside=True
                    )
            for word, to in words_after(flow.text, after):
                if to <= end:
                    self._reached(kind, "after", word, sort_of(word, None, flow.text), inside=True)

    def _count_reach_of_addresses(self, flow: Flow, tags: Sequence[_Tag]) -> None:
        """Count what stands beside streets inside and outside of tags."""
        for tag in tags:
            start, last = flow.position(tag.first), flow.position(tag.last)
            if start is None or last is None or tag.entry.kind != "place":
                continue
            for street in self._addresses.streets_in(flow.text[start : last + 1]):
                there = replace(street, start=street.start + start, end=street.end + start)
                for side, parts in parts_beside(flow.text, there, self._places):
                    for part in parts:
                        is_inside = start <= part.start and part.end <= last + 1
                        self._reach[f"address {side} {part.sort}", is_inside] += 1
                        if not is_inside:
                            break
                break

    def _count_chains(self, flow: Flow, tags: Sequence[_Tag]) -> None:
        """Count what links places that are one tag, and places with a tag each."""
        before = -1
        for tag in sorted(tags, key=lambda each: each.first):
            start, last = flow.position(tag.first), flow.position(tag.last)
            if start is None or last is None or start < before:
                continue
            if tag.entry.kind != "place" or next(
                self._addresses.streets_in(flow.text[start : last + 1]), None
            ):
                continue
            link = link_between(flow.text, before, start) if before >= 0 else None
            if link is not None:
                self._count_link(link, inside=False)
            before = last + 1
            if spelling(tag.form) not in self._written[tag.entry.key]:
                self._count_chain(flow.text, start, last + 1)

    def _is_chain(self, text: str, start: int, end: int, kind: str) -> bool:
        places = self._places_in_chains
        return kind == "place" and len(places_within(text, start, end, places)) > 1

    def _count_chain(self, text: str, start: int, end: int) -> None:
        chain = places_within(text, start, end, self._places_in_chains)
        for link in links_of(text, chain):
            self._count_link(link, inside=True)
        if len(chain) > 1:
            for part in rest_of(text, chain[-1].end):
                self._reach[f"chain after {part.sort}", part.end <= end] += 1
                if part.end > end:
                    break

    def _count_link(self, link: Link, *, inside: bool) -> None:
        self._reach[f"chain link {link.sort}", inside] += 1
        self._reach[f"chain link “{link.words}”", inside] += 1

    def _reached(self, kind: str, side: str, word: str, sort: str, *, inside: bool) -> None:
        self._reach[f"{kind} {side} “{plain(word)}”", inside] += 1
        self._reach[f"{kind} {side} {sort}", inside] += 1

    def _core(self, text: str, key: str) -> tuple[int, int] | None:
        """Return where in a tag the longest other form of its entry stands."""
        words = [(m.start(), m.end()) for m in WORD.finditer(text)]
        known, whole = self._cores_of[key], spelling(text)
        if not 2 <= len(words) <= 2 * MOST_WORDS or whole in self._written[key]:
            return None
        for length in range(len(words), 0, -1):
            for at in range(len(words) - length + 1):
                start, end = words[at][0], words[at + length - 1][1]
                part = spelling(text[start:end])
                if part in known and part != whole:
                    return start, end
        return None

    def habits(self, occurrences: Sequence[_Occurrence]) -> Habits:
        """Return the habits that the occurrences show."""
        uses = Counter(each.entry.key for each in occurrences if each.entry is not None)
        return Habits(
            fitted(self._examples(occurrences)),
            _counts(self._reach),
            uses,
            self._opened(),
            self._habits_of_endings.endings,
            self._habits_of_endings.left_out,
        )

    def common(self) -> frozenset[str]:
        """Return the forms of one word that the documents have in small letters too."""
        known = {*self._registers.by_form, *self.tagged}
        return frozenset(f for f in known if f[:1].isupper() and f.lower() in self._words)

    def _examples(self, occurrences: Sequence[_Occurrence]) -> list[Example]:
        """Return the occurrences, each as it would have looked had its document not been seen."""
        written = [each for each in occurrences if each.sort != MISSPELT]
        tagged = [each for each in written if each.entry is not None]
        seen, names = (Counter(each.form for each in some) for some in (written, tagged))
        here, named = (
            Counter((each.form, each.document) for each in some) for some in (written, tagged)
        )
        examples = []
        common = self.common()
        for each in occurrences:
            sort = self._sort(each)
            if sort is None:
                continue
            form, place = each.form, (each.form, each.document)
            times = (names[form] - named[place], seen[form] - here[place])
            if each.sort == MISSPELT:
                times = (0, 0)
            is_word = form in common or each.is_noun
            cues = told_by(each.kind, sort, each.cues, times, is_word=is_word)
            elsewhere = rate(each.kind, sort, *times, is_word=is_word)
            examples.append(Example(each.document, elsewhere, cues, each.entry is not None))
        return examples

    def _sort(self, each: _Occurrence) -> str | None:
        """Return the class that the form would have, had this document not been seen."""
        sort: str | None
        if each.sort:
            sort = each.sort
        elif each.form in self._registers.sorts:
            sort = self._registers.sorts[each.form]
        else:
            elsewhere = len(self.tagged_in[each.form] - {each.document})
            is_word = each.form in self.words
            sort = learned_sort(each.form, elsewhere, is_word=is_word) if elsewhere else None
            if sort is None and self._misspelling_known.form_of(each.form):
                sort = MISSPELT
        return f"{sort}{HERE}" if sort and each.is_here else sort

    def _opened(self) -> frozenset[str]:
        """Return the name elements that point to no entry, and in which editors tag names."""
        times: Counter[str] = Counter()
        for source, _references in self._documents:
            for element in source.elements:
                if _is_editors(element, self._scope):
                    parent = element.parent
                    while parent is not None:
                        if parent.name in self._scope.names.values() and not (
                            {"ref", "key"} & parent.attributes.keys()
                        ):
                            times[parent.name] += 1
                        parent = parent.parent
        return frozenset(name for name, many in times.items() if many >= _OPEN_ENOUGH)


def _several(times: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    """Return the entries that a form mostly means together; none if it mostly means one."""
    keys = max(times, key=lambda each: (times[each], each))
    return keys if len(keys) > 1 and times[keys] >= _CLEARLY * sum(times.values()) else ()


def _counts(counter: Mapping[tuple[str, bool], int]) -> Mapping[str, Count]:
    names = sorted({name for name, _ in counter})
    return {name: (counter.get((name, True), 0), counter.get((name, False), 0)) for name in names}


def _flows(source: Source, where: Scope) -> Iterator[Flow]:
    for part in source.root.elements():
        if part.name in _TEXTS:
            yield from flows_of(source, part, where, inherited_language(part, language_of(source)))


def _is_editors(element: Element, where: Scope) -> bool:
    names = {"name", "rs", *where.names.values()}
    return element.name in names and not _is_ours(element)


def _reference(element: Element) -> str:
    """Return what an editor says whose name it is: by ``ref``, or by ``key`` alone."""
    attributes = element.attributes
    return attributes.get("ref", attributes.get("key", ""))


def _is_ours(element: Element) -> bool:
    return f"#{RESPONSIBLE}" in element.attributes.get("resp", "").split()


def _outermost(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reached = -1
    for start, end in sorted(ranges, key=lambda each: (each[0], -each[1])):
        if end > reached:
            yield start, end
            reached = end
