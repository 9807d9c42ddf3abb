"""Which forms in the texts of a document are names, and whom they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from toolkit.annotate.chains import link_between, rest_of
from toolkit.annotate.contradictions import Decided
from toolkit.annotate.decisions import Decision, Place
from toolkit.annotate.doubts import is_doubtful, is_month, sex_of
from toolkit.annotate.editor import Editor
from toolkit.annotate.families import is_of_family
from toolkit.annotate.finding import FormFinder
from toolkit.annotate.flows import Flow, ends
from toolkit.annotate.forms import FormMatch, is_one_word
from toolkit.annotate.habits import defaults
from toolkit.annotate.judging import (
    Called,
    Certainty,
    Judgement,
    Ranked,
    certainty_of,
    judge,
    rank,
    settle,
    sort_of,
)
from toolkit.annotate.nouns import may_be_noun
from toolkit.annotate.placing import crosses
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.reach import (
    called_before,
    plain,
    reaching,
    with_forename,
    with_surname,
)
from toolkit.annotate.references import References
from toolkit.annotate.registers import Entry
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Source
from toolkit.annotate.surroundings import cues_at
from toolkit.annotate.titled import without_title
from toolkit.annotate.titles import is_office
from toolkit.dates import DateExpression

# Half of the F1 that is aimed at: there a further tag neither raises nor lowers it.
_LIKELY = 0.42
_OFTEN = 3
"""Named so many times more often than another is far more often."""
_SEVERAL = 2
"""A word that editors tagged in so many documents is no chance."""
_OFTEN_ENOUGH = 2
"""Tagged so often as one of several, a surname is that one’s."""
_WORTH_ASKING = 0.2
"""Less likely forms are passed over: one in five is a name."""


@dataclass(frozen=True)
class Name:
    """What may be a name in a flow, and whom it may name, the likeliest first."""

    start: int
    end: int
    form: str
    certainty: Certainty
    candidates: tuple[Ranked, ...]
    match: FormMatch
    is_likely: bool = True
    """Whether it is more likely a name than not worth a tag; else an editor is asked."""

    @property
    def entry(self) -> Entry | None:
        """The entry that is clearly meant."""
        return settle(self.candidates)


@dataclass(frozen=True)
class Text:
    """A flow with the names and dates found in it, none overlapping."""

    flow: Flow
    names: tuple[Name, ...]
    dates: tuple[DateExpression, ...]


def _fits(source: Source, scope: Scope, flow: Flow, start: int, end: int) -> bool:
    """Tell whether one element can hold a part of a text."""
    return not crosses(source, scope, *ends(flow, start, end))


class Namer:
    """Tells the names in the texts of one document."""

    def __init__(
        self, source: Source, references: References, scope: Scope, editor: Editor, year: int | None
    ) -> None:
        self._source = source
        self._references = references
        self._scope = scope
        self._editor = editor
        self._year = year
        self._fits = partial(_fits, source, scope)
        forms_here = editor.decisions.forms_in(editor.name)
        self._forms = FormFinder(references.registers, forms_here, self._fits)
        self._habits = references.registers.usage.habits
        self._placed: Mapping[tuple[str, Place], Decision] = {}
        self._ranked: dict[tuple[str, Called, Decision | None], tuple[Ranked, ...]] = {}
        """Whom forms may name in this document, once it is known whom it names in full."""
        self._named_before: frozenset[str] = frozenset()
        self._times_named: Counter[str] = Counter()
        self._named_by_forename: frozenset[str] = frozenset()
        """The entries that the document names clearly, but never with their surname."""

    def keep_to(self, flows: list[Flow]) -> None:
        """Take these texts for all there are: forms that are in none are no longer looked for."""
        self._forms.keep_to(flows)
        self._placed = self._editor.placed(flows, self._forms.matches)

    @property
    def possible(self) -> Set[Flow]:
        """Those of the texts that may have names."""
        return self._forms.possible

    def without_place(self, flows: Iterable[Flow]) -> Iterator[Decision]:
        """Yield the decisions about this document, or places in its texts, that nothing meets."""
        placed = frozenset(self._placed.values())
        doubtful = [
            each
            for each in self._editor.decisions.about(self._editor.name)
            if each not in placed and not each.is_about_header
        ]
        if not doubtful:
            return
        found = {match.form for flow in flows for match in self._forms.matches(flow, None)}
        words = " ".join(self._source.text_of(self._source.root).split()).casefold()
        for each in doubtful:
            is_there = each.form in found or each.form.casefold() in words
            if each.place is not None or not is_there:
                yield each

    def decided_in(self, flows: Iterable[Flow]) -> Iterator[Decided]:
        """Yield what is decided about forms in texts, tagged or not."""
        everywhere = self._references.registers.decided
        for flow in flows:
            for match in self._matches(flow, None):
                here = self._decided(flow, match)
                if here is not None or match.form in everywhere:
                    key = everywhere.get(match.form) if here is None else here.entry
                    yield Decided(*ends(flow, match.start, match.end), key)

    def search(
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

    def hear_clear_names(self, named: set[str], found: Iterable[list[FormMatch]]) -> None:
        """Add to the entries that are named those that the texts name in full."""
        self._named_before = frozenset(named)
        shortened: Counter[str] = Counter()
        with_surname: set[str] = set()
        for match in chain.from_iterable(found):
            key = self._clearly_named(match)
            if key is not None:
                if self._has_surname(match, key):
                    with_surname.add(key)
                is_short = not self._is_sure(match, key)
                (shortened if is_short else self._times_named)[key] += 1
        named.update(self._times_named)
        # “J. Auden” names one in full as well, unless the surname means another here by far.
        known = [key for key, times in shortened.items() if not self._is_outdone(key, times)]
        self._times_named.update({key: shortened[key] for key in known})
        named.update(known)
        self._named_by_forename = frozenset(named - self._named_before - with_surname)

    def _has_surname(self, match: FormMatch, key: str) -> bool:
        forms = self._references.registers.by_key[key].forms
        words = match.form.split()
        surnames = [form.text.split() for form in forms if form.sort == "surname"]
        return not surnames or any(set(surname) <= set(words) for surname in surnames)

    def _is_outdone(self, key: str, times: int) -> bool:
        """Tell whether another of a person's surname is named far more often, or in the header."""
        registers = self._references.registers
        return key not in self._named_before and any(
            other.key != key
            and (other.key in self._named_before or self._times_named[other.key] > _OFTEN * times)
            for form in registers.by_key[key].forms
            if form.sort == "surname"
            for other in registers.by_form.get(form.text, ())
        )

    def names(self, flow: Flow, matches: list[FormMatch], named: set[str]) -> list[Name]:
        """Return what are names where they stand, as far as a tag is to reach."""
        joined: list[Name] = []
        names = list(self._single_names(flow, matches, named))
        for at, name in enumerate(names):
            while joined and name.start <= joined[-1].start and self._gives_way(flow, joined[-1]):
                joined.pop()  # The forename of “Karl Graf Stürgkh”.
            if joined and name.start < joined[-1].end:
                name = replace(name, start=name.match.start)
            if not name.is_likely:
                joined.append(name)
            elif joined and joined[-1].is_likely and self._are_one_place(flow, joined[-1], name):
                until = names[at + 1].start if at + 1 < len(names) else len(flow.text)
                joined[-1] = replace(joined[-1], end=self._end_of_chain(flow, name.end, until))
            else:
                joined.append(name)
        return joined

    def _gives_way(self, flow: Flow, name: Name) -> bool:
        """Tell whether a name may become part of one that reaches back over it."""
        return not self._is_decided(flow, name.match)

    def _are_one_place(self, flow: Flow, one: Name, other: Name) -> bool:
        """Tell whether editors tag two names of places that follow each other as one."""
        if {one.candidates[0].entry.kind, other.candidates[0].entry.kind} != {"place"}:
            return False
        link = link_between(flow.text, one.end, other.start)
        if link is None or not self._habits.takes("chain", "link", link.words, link.sort):
            return False
        if (
            one.match.is_whole
            or other.match.is_whole
            or flow.masked.find(1, one.end, other.start) >= 0
        ):
            return False
        if not self._fits(flow, one.start, other.end):
            return False
        return not any(self._is_decided(flow, each.match) for each in (one, other))

    def _end_of_chain(self, flow: Flow, end: int, until: int) -> int:
        for part in rest_of(flow.text, end):
            is_free = part.end <= until and flow.masked.find(1, end, part.end) < 0
            if not (is_free and self._habits.takes("chain", "after", "", part.sort)):
                break
            end = part.end
        return end

    def _is_decided(self, flow: Flow, match: FormMatch) -> bool:
        everywhere = self._references.registers.decided
        return match.form in everywhere or self._decided(flow, match) is not None

    def _single_names(
        self, flow: Flow, matches: list[FormMatch], named: set[str]
    ) -> Iterator[Name]:
        registers = self._references.registers
        addresses = [match.start for match in matches if match.is_whole]
        matches = [
            one for one, other in _pairs(matches) if not self._is_office_of(flow, one, other)
        ]
        reached = 0
        for match in matches:
            called = called_before(flow.text, match.start, registers.forenames)
            decided = self._decided(flow, match)
            ranked = self._ranking(flow, match, called, decided, named)
            judgement = self._judgement(flow, match, called, ranked)
            if match.start < reached or (
                decided is None
                and match.form not in registers.decided
                and is_month(flow, match, ranked[0].entry)
            ):
                continue
            written = flow.text[match.start : match.end] if match.is_misspelt else match.form
            if decided is None and judgement.likelihood < _LIKELY:
                if judgement.likelihood >= _WORTH_ASKING and written[:1].isupper():
                    low = Certainty.LOW
                    yield Name(match.start, match.end, written, low, ranked, match, is_likely=False)
                continue
            until = next((start for start in addresses if start >= match.end), len(flow.text))
            kind, habits = ranked[0].entry.kind, registers.usage.habits
            whole = with_surname(flow, match, ranked[0].entry, until)
            whole = self._if_fits(flow, with_forename(flow, whole, ranked[0].entry), whole)
            far = reaching(flow, whole, kind, habits, registers.forenames, until)
            if far.start < whole.start or far.end > whole.end:
                far = self._if_fits(flow, far, whole)
            start = far.start if far.start >= reached or whole.start < match.start else match.start
            reached = far.end
            certainty = self._certainty(flow, match, judgement, decided, named)
            yield Name(start, far.end, written, certainty, ranked, match)

    def _is_office_of(self, flow: Flow, office: FormMatch, name: FormMatch | None) -> bool:
        """Tell whether a word for a person is the office of whose name stands behind it."""
        registers = self._references.registers
        if name is None or office.form not in registers.usage.words or not is_office(office.form):
            return False
        between = flow.text[office.end : name.start]
        if not between[:1].isspace() or any(
            plain(word) not in defaults().titles for word in between.split()
        ):
            return False
        is_name = name.form not in registers.usage.words and not self._decided(flow, office)
        return is_name and any(each.kind == "person" for each in self._entries(flow, name))

    def _if_fits(self, flow: Flow, one: FormMatch, other: FormMatch) -> FormMatch:
        """Return a match if one element can hold it, else the other."""
        return one if self._fits(flow, one.start, one.end) else other

    def _ranking(
        self,
        flow: Flow,
        match: FormMatch,
        called: Called,
        decided: Decision | None,
        named: set[str],
    ) -> tuple[Ranked, ...]:
        """Return whom a form may name, the likeliest first."""
        asked = (match.form, called, decided)
        known = self._ranked.get(asked)
        if known is None:
            registers, entries = self._references.registers, self._entries(flow, match)
            # Who is called by the forename is not called by the surname alone, as others are.
            is_surname = registers.sorts.get(match.form) == "surname"
            named = named - self._named_by_forename if is_surname else named
            known = rank(match.form, entries, named, registers, self._year, called)
            self._ranked[asked] = known
        return known

    def _judgement(
        self, flow: Flow, match: FormMatch, called: Called, ranked: tuple[Ranked, ...]
    ) -> Judgement:
        """Return how likely a form is a name where it stands."""
        entry = ranked[0].entry
        is_here = self._is_here(match, entry)
        is_word = self._forms.has_in_small_letters(match.form)
        return judge(
            match.form,
            ranked,
            self._references.registers,
            cues_at(self._source, self._scope, flow, match.start, match.end),
            is_here=is_here,
            inflected=match.inflected,
            misspelt=match.is_misspelt,
            called=called,
            is_word=is_word or (not is_here and may_be_noun(flow, match, entry.kind)),
        )

    def _certainty(
        self,
        flow: Flow,
        match: FormMatch,
        judgement: Judgement,
        decided: Decision | None,
        named: set[str],
    ) -> Certainty:
        if match.is_misspelt:
            return Certainty.LOW
        if decided is not None:
            return Certainty.HIGH
        registers = self._references.registers
        if match.form not in registers.decided and self._is_doubtful(flow, match, judgement):
            return Certainty.LOW
        return certainty_of(match.form, judgement, registers, named, inflected=match.inflected)

    def _is_doubtful(self, flow: Flow, match: FormMatch, judgement: Judgement) -> bool:
        """Tell whether what stands beside a form speaks against whom it seems to name."""
        registers = self._references.registers
        sort = sort_of(match.form, registers)
        if sort == "surname" and is_of_family(flow.text, match):
            return True
        first = judgement.candidates[0]
        if first.excluded or self._is_only_a_word(flow, match, first.entry):
            return True
        if sort == "surname" and _may_be_husband(judgement.candidates):
            return True
        return is_doubtful(flow, match, judgement.candidates[0].entry, sort, registers)

    def _is_only_a_word(self, flow: Flow, match: FormMatch, entry: Entry) -> bool:
        """Tell whether a form may be a word that means somebody else here, or nobody.

        So is a word that editors tagged in one document only (“the boy”), and a noun that they
        never tagged, of somebody whom the document does not name in full.
        """
        usage = self._references.registers.usage
        if match.form in usage.words:
            return usage.documents.get(match.form, 0) < _SEVERAL
        if usage.names.get(match.form) or self._is_here(match, entry):
            return False
        return may_be_noun(flow, match, entry.kind)

    def _is_here(self, match: FormMatch, entry: Entry) -> bool:
        """Tell whether the header, an editor, or the text elsewhere names the entry in full."""
        if entry.key in self._named_before:
            return True
        return self._times_named[entry.key] > (self._clearly_named(match) == entry.key)

    def _clearly_named(self, match: FormMatch) -> str | None:
        """Return the key of the entry that a form always means, if it is as good as a full name."""
        if match.is_misspelt:
            return None
        registers = self._references.registers
        entries = registers.by_form.get(match.form, ())
        if len(entries) != 1:
            return None
        key = entries[0].key
        is_clear = registers.sorts.get(match.form) == "initials" or self._is_sure(match, key)
        return key if is_clear else None

    def _is_sure(self, match: FormMatch, key: str) -> bool:
        registers = self._references.registers
        return registers.is_sure(match.form, registers.by_key[key])

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
        place = self._editor.place_of(flow, match)
        placed = self._placed.get((match.form, place))
        return placed or self._editor.decisions.at(match.form, place)

    def _names_in(self, flow: Flow, masked: bytearray) -> list[FormMatch]:
        return [
            match
            for match in self._matches(flow, masked)
            if not self._is_other_place(flow, match) and self._entries(flow, match)
        ]

    def _matches(self, flow: Flow, masked: bytearray | None) -> Iterator[FormMatch]:
        """Yield the forms in a text; of one decided with its title the name behind the title."""
        registers = self._references.registers
        for match in self._forms.matches(flow, masked):
            name = without_title(match.form) if match.form in registers.decided else match.form
            if name != match.form and name in registers.by_form and not match.is_whole:
                title = match.form[: len(match.form) - len(name)].strip()
                start = match.start + len(title)
                rest = flow.text[start : match.end]
                yield replace(match, start=start + len(rest) - len(rest.lstrip(" .\xa0\n\t")))
            else:
                yield match

    def _is_other_place(self, flow: Flow, match: FormMatch) -> bool:
        """Tell whether the name of a place is the end of the name of another place."""
        before = flow.text[max(0, match.start - 20) : match.start].rsplit(maxsplit=1)
        if not before or before[-1] not in self._scope.before_other_place:
            return False
        kinds = {e.kind for e in self._references.registers.by_form.get(match.form, ())}
        return is_one_word(match.form) and kinds == {"place"}


def _pairs(matches: Sequence[FormMatch]) -> Iterator[tuple[FormMatch, FormMatch | None]]:
    """Yield each match with the one behind it."""
    yield from zip(matches, (*matches[1:], None), strict=False)


def _may_be_husband(candidates: Sequence[Ranked]) -> bool:
    """Tell whether a surname may be that of a man, though a woman who has it is named in full.

    Behind a title of women he is no candidate. What editors meant by the name tells more.
    """
    first, *others = candidates
    return (
        first.tagged < _OFTEN_ENOUGH
        and sex_of(first.entry) == "f"
        and any(sex_of(each.entry) == "m" for each in others if not each.excluded)
    )
