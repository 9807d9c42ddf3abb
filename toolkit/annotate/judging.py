"""Whether a form is a name where it stands, and whom it names.

A dictionary cannot tell; the use that editors made of the form, their habits, and what stands
around it can. Every candidate gets a score, so that a choice is never silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.annotate.habits import rate
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.titles import is_office

_NAMED_HERE = 12
_NOT_YET_BORN = 0.02
_OF_ANOTHER_NAME = 0.01
_UNSEEN = 0.5
"""A form that nobody has seen for an entry counts as seen so often."""
_AS_OFTEN_AS = 2
"""How often an entry is named by any form counts as much as so many uses of this form."""
_CLEARLY = 2 / 3
_CERTAINLY = 0.95
_AS_EDITORS_MEAN = 0.8
_IN_FULL_TOO = 0.85
"""Editors mean one of several by a form if so large a share of it is this one’s."""
_TWICE = 2
_OFTEN = 5
_LIKELY_FORENAME = 0.9
"""A forename that no editor tagged, of somebody who is not named, has to be likelier."""
_LIKELY_ENOUGH = 0.78
_BASE = {
    "full": 1.0,
    "initials": 1.0,
    "short": 0.8,
    "variant": 0.5,
    "surname": 0.5,
    "part": 0.3,
    "bare": 0.3,
    "forename": 0.5,
    "nickname": 0.3,
    "lettered": 0.5,
}
_LEARNED = 0.1
MISSPELT = "misspelt"
HERE = "-here"
"""Marks the class of the forms of an entry that the document names in full."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry that a form may name, with its share of the likelihood.

    It is ``excluded`` where it was not yet born, or is called otherwise.
    """

    entry: Entry
    score: float
    excluded: bool = False
    tagged: int = 0
    """How often editors tagged the form as this entry."""


@dataclass(frozen=True, slots=True)
class Called:
    """How a person is called before a form: by a forename, or a title that has a sex."""

    forename: str = ""
    sex: str | None = None

    def is_another(self, form: str, entry: Entry) -> bool:
        """Tell whether the entry, if this is not its full name, is of another person."""
        if entry.kind != "person" or form.partition(" ")[0] in entry.forenames:
            return False
        if self.sex and entry.sex and self.sex != entry.sex:
            return True
        if not self.forename or not entry.forenames:
            return False
        # Fritz may be Friedrich, Gerty is not Hugo.
        return not any(self.forename[0] == name[0] for name in entry.forenames)


NOT_CALLED = Called()


class Certainty(StrEnum):
    """How certain it is that a form is a name, and whose, as ``cert`` has it.

    ``HIGH``: a name in full, or as editors clearly use it; ``MEDIUM``: a shorter form that nothing
    speaks against; ``LOW``: it may be no name, or the name of another entry.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely a form is a name where it stands, and its candidates, the likeliest first."""

    likelihood: float
    candidates: tuple[Ranked, ...]


def settle(candidates: Sequence[Ranked]) -> Entry | None:
    """Return the entry that is clearly meant."""
    return candidates[0].entry if candidates[0].score >= _CLEARLY else None


def certainty_of(
    form: str,
    judgement: Judgement,
    registers: Registers,
    named: Collection[str],
    *,
    inflected: bool = False,
) -> Certainty:
    """Return how certain a form is a name where it was judged, and whose.

    ``named`` are the keys of the entries that the document names in full.
    """
    sort = sort_of(form, registers)
    candidates = judgement.candidates
    # Several words with an ending of the language are a name as surely as without.
    is_likely = judgement.likelihood >= _LIKELY_ENOUGH or (inflected and " " in form)
    if not (is_likely and is_beyond_doubt(candidates, named, sort)):
        return Certainty.LOW
    is_unheard_of = form not in registers.usage.tagged and candidates[0].entry.key not in named
    if sort == "forename" and is_unheard_of and judgement.likelihood < _LIKELY_FORENAME:
        return Certainty.LOW
    in_full = len(candidates) == 1 and registers.is_sure(form, candidates[0].entry)
    return Certainty.HIGH if in_full else Certainty.MEDIUM


def is_beyond_doubt(candidates: Sequence[Ranked], named: Collection[str], sort: str) -> bool:
    """Tell whether the entry that is clearly meant is so beyond doubt, if the form is a name.

    A name in full that several entries have is beyond doubt only if editors have often meant the
    same by it; of those who share a shorter form, it may mean the only one whom the document names
    in full (``named``). ``sort`` is the class of the form.
    """
    first = candidates[0]
    others = [each for each in candidates[1:] if not each.excluded]
    if not others:
        return True
    if sort.startswith("full"):
        return first.score >= _IN_FULL_TOO and first.tagged >= _OFTEN
    only_named = first.entry.key in named and not any(each.entry.key in named for each in others)
    if only_named or first.score >= _CERTAINLY:
        return settle(candidates) is not None
    return first.score >= _AS_EDITORS_MEAN and first.tagged >= _TWICE


def rank(
    form: str,
    entries: Sequence[Entry],
    named: Collection[str],
    registers: Registers,
    year: int | None = None,
    called: Called = NOT_CALLED,
) -> tuple[Ranked, ...]:
    """Return the entries that a form may name, the likeliest first.

    ``named`` are the keys of the entries that the document names in full, ``year`` is its year;
    ``called`` is how the person is called before the form.
    """
    tagged = registers.usage.tagged.get(form, {})
    times = registers.usage.times(form, year)
    habits = registers.usage.habits
    scores: dict[str, float] = {}
    excluded: set[str] = set()
    all_uses = sum(habits.uses.get(entry.key, 0) for entry in entries)
    for entry in entries:
        base = next((_BASE[w.sort] for w in entry.forms if w.text == form), _LEARNED)
        uses = habits.uses.get(entry.key, 0)
        usual = (uses + _UNSEEN) / (all_uses + _UNSEEN * len(entries))
        score = times.get(entry.key, 0) + base * _AS_OFTEN_AS * usual
        if entry.key in named:
            score *= _NAMED_HERE
        if year is not None and entry.born is not None and year < entry.born:
            score *= _NOT_YET_BORN
            excluded.add(entry.key)
        if is_after_death(form, entry, registers, year):
            score *= _NOT_YET_BORN
            excluded.add(entry.key)
        if called.is_another(form, entry):
            score *= _OF_ANOTHER_NAME
            excluded.add(entry.key)
        scores[entry.key] = score
    total = sum(scores.values())
    found = [
        Ranked(entry, scores[entry.key] / total, entry.key in excluded, tagged.get(entry.key, 0))
        for entry in entries
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, each.entry.key)))


def is_after_death(form: str, entry: Entry, registers: Registers, year: int | None) -> bool:
    """Tell whether a word for an office means one who has died by a year."""
    if year is None or entry.died is None or year <= entry.died:
        return False
    return form in registers.usage.words and is_office(form)


def judge(
    form: str,
    candidates: tuple[Ranked, ...],
    registers: Registers,
    cues: Sequence[str],
    *,
    is_here: bool,
    inflected: bool = False,
    misspelt: bool = False,
    called: Called = NOT_CALLED,
    is_word: bool = False,
) -> Judgement:
    """Judge a form where it stands, ``inflected``, ``misspelt`` or as the register has it.

    ``is_here``: whether the document names its entry in full elsewhere, or its header does.
    ``is_word``: whether the document has the form in small letters too.
    """
    entry = candidates[0].entry
    sort = MISSPELT if misspelt else sort_of(form, registers, inflected=inflected)
    if is_here:
        sort += HERE
    usage = registers.usage
    names, seen = (0, 0) if misspelt else (usage.names.get(form, 0), usage.seen.get(form, 0))
    if form in registers.decided and not misspelt:
        return Judgement(1.0, candidates)
    if called.is_another(form, entry):
        return Judgement(0.0, candidates)
    is_common = is_word or form in usage.common
    known = rate(entry.kind, sort, names, seen, is_word=is_common)
    told = told_by(entry.kind, sort, cues, (names, seen), is_word=is_common)
    return Judgement(usage.habits.likelihood.of(known, told), candidates)


def told_by(
    kind: str, sort: str, cues: Iterable[str], times: tuple[int, int], *, is_word: bool
) -> tuple[str, ...]:
    """Return what tells whether a form of a class is a name, by itself and by its kind.

    ``times`` says how often the form was a name elsewhere, and how often it was seen; ``is_word``,
    whether the texts have it in small letters too.
    """
    every = [sort, *cues]
    if times[0] < times[1]:
        every.append(_share(*times))
    if is_word:
        every.append(f"{sort.removesuffix(HERE)} as a word")
    return (*every, kind, *(f"{kind} {cue}" for cue in every))


def _share(names: int, seen: int) -> str:
    """Return in a word how often a form was a name that was not so each time it was seen."""
    if not names:
        return "never a name"
    return "mostly a name" if names > seen / 2 else "seldom a name"


def sort_of(form: str, registers: Registers, *, inflected: bool = False) -> str:
    """Return the class of a form, by which it is expected to be a name or not."""
    if inflected:
        return "inflected"
    if form in registers.sorts:
        return registers.sorts[form]
    usage = registers.usage
    return learned_sort(form, usage.documents.get(form, 0), is_word=form in usage.words)


def learned_sort(form: str, documents: int, *, is_word: bool) -> str:
    """Return the class of a form that only editors use, in so many documents."""
    sort = ("other" if form[:1].isupper() else "word") if is_word else "learned"
    return f"{sort}-twice" if documents > 1 else sort
