"""What stands beside a form and speaks against the entry that it seems to name.

“Jack London” and “the steamer Washington” are no places, “Frau Adenauer” and “Churchill Road” are
not the statesmen. Such names wait for an editor. The words are data
(``schemas/annotation/doubts.json``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.annotate.addresses import is_beside_street
from toolkit.annotate.flows import Flow
from toolkit.annotate.forms import FormMatch, is_one_word
from toolkit.annotate.habits import defaults
from toolkit.annotate.kinship import is_form_of
from toolkit.annotate.nouns import is_noun
from toolkit.annotate.others import is_of_another, is_rank
from toolkit.annotate.reach import ends_sentence, plain, sort_of, words_before
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.titles import is_office, sex_of_title, title_words
from toolkit.annotate.variants import register_words
from toolkit.dates.grammar import grammars_for
from toolkit.resources import SCHEMAS

_NEAR = 40
_WORD_BEFORE = re.compile(r"((?:\b\w\.\s?){2,}|[\w'’-]+\.?)\s+(\S?)$")
_WORD_AFTER = re.compile(r"\s+([^\W\d_][\w’'-]*)")
_BEHIND_JOINT = re.compile(r"\s+\w+\s+(?:the\s+)?(\w)")
_FORENAME_BEHIND = re.compile(r",\s([^\W\d_]{3,})(?=[.;:)]|\s*$|\s\()")
_INVERTED = re.compile(r"([\w'’-]+),(?:\s+[^\W\d_a-zß-ÿ][\w'’-]*){1,2}\s+$")
_OF_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]{2,}er")
"""The adjective of a town, before the name of another (“Wiener Neustadt”)."""
_ADJECTIVE = re.compile(r"er\s+[A-ZÄÖÜ]")
_SHORTEST_OF_NAME = 4
"""Shorter words in capitals behind a place belong to it (“Wien III”, “Washington DC”)."""
_DISTRICT = re.compile(r",?[ \u00a0](?!I\s+[a-z])[IVX]+\b(?!['’]|\.?\s*\d{4})")
"""The number of a district behind the name of a town: it is not the town that is meant."""
_OF_BOTH = "Maria"
_NOT_SURNAMES = frozenset({"forename", "nickname", "lettered"})
_WITHOUT_SURNAME = frozenset({"forename", "nickname", "initials"})
_CAPITALISES_NOUNS = frozenset({"de", "gsw", "nds", "lb", ""})
"""Languages in which a word in capitals is mostly no name; "" where none is said."""


@dataclass(frozen=True)
class DoubtWords:
    """Words that speak against a name beside which they stand.

    ``ships``: before the name of a ship; ``quotes_before`` and ``quotes_after``: quotation marks;
    ``nobility``: titles before the name of a family after a particle; ``articles``: before a
    surname, ``articles_of_women``: that of a woman; ``articles_of_nouns``: before a noun, and
    before the ``places_with_article`` and those that end with one of the ``kinds_with_article``;
    ``things``: behind the surname of whom something is named after; ``months``: by language,
    before a month; ``abbreviated_forenames``: before a full stop; ``forenames``: each with its
    sex, if that is known; ``forenames_too``: places that are forenames too; ``joining_offices``:
    between an office and what it is for; ``joining_names``: between two parts of one name.
    """

    ships: frozenset[str]
    quotes_before: frozenset[str]
    quotes_after: frozenset[str]
    nobility: frozenset[str]
    articles: frozenset[str]
    articles_of_women: frozenset[str]
    articles_of_nouns: frozenset[str]
    places_with_article: frozenset[str]
    kinds_with_article: tuple[str, ...]
    things: frozenset[str]
    months: Mapping[str, frozenset[str]]
    abbreviated_forenames: frozenset[str]
    forenames: Mapping[str, str | None]
    forenames_too: frozenset[str]
    joining_offices: frozenset[str]
    joining_names: frozenset[str]


@cache
def doubt_words() -> DoubtWords:
    """Return the words that speak against names."""
    data = json.loads((SCHEMAS / "annotation" / "doubts.json").read_text(encoding="utf-8"))
    quotes = data["quotation_marks"]
    sexes = {name: sex for sex, names in data["forenames"].items() for name in names}
    short = register_words().short_forenames
    others = {word for name, shorts in short.items() for word in (name, *shorts)}
    return DoubtWords(
        frozenset(data["ships"]),
        frozenset(quotes["before"]),
        frozenset(quotes["after"]),
        frozenset(data["nobility"]),
        frozenset(data["articles"]),
        frozenset(data["articles_of_women"]),
        frozenset(data["articles_of_nouns"]),
        frozenset(data["places_with_article"]),
        tuple(data["kinds_with_article"]),
        frozenset(data["things"]),
        {language: frozenset(words) for language, words in data["months"].items()},
        frozenset(data["abbreviated_forenames"]),
        {**dict.fromkeys(sorted(others)), **sexes},
        frozenset(data["forenames_too"]),
        frozenset(data["joining_offices"]),
        frozenset(data["joining_names"]),
    )


def is_doubtful(
    flow: Flow, match: FormMatch, entry: Entry, sort: str, registers: Registers
) -> bool:
    """Tell whether what stands beside a form speaks against the entry; ``sort`` is its class."""
    if match.is_whole:
        return False
    if is_of_another(flow.text, match, entry, registers):
        return True
    beside = _Beside(flow, match, registers)
    if entry.kind == "place":
        book, habits = registers.addresses, registers.usage.habits
        if is_beside_street(flow.text, match.start, match.end, book, habits):
            return True
        if beside.is_of_ship() or beside.is_adjective():
            return True
        return is_one_word(match.form) and beside.speaks_against_place()
    if entry.kind == "organisation":
        return beside.speaks_against_organisation()
    if entry.kind != "person":
        return False
    if beside.is_of_other_sex(entry) or beside.is_forename_of_another(entry):
        return True
    is_surname = sort == "surname" or is_one_word(match.form)
    if not is_surname or sort in _NOT_SURNAMES or match.form in entry.forenames:
        return False
    return beside.speaks_against_bearer(entry)


def is_month(flow: Flow, match: FormMatch, entry: Entry) -> bool:
    """Tell whether a form that names a person too is a month where it stands (“im Mai”)."""
    language = flow.language.partition("-")[0].lower()
    before = doubt_words().months.get(language)
    if before is None or entry.kind != "person":
        return False
    if all(match.form.lower() not in grammar.months for grammar in grammars_for(language)):
        return False
    word, _ = next(words_before(flow.text, match.start), ("", 0))
    if word.lower() == "of":
        word = next(iter(list(words_before(flow.text, match.start))[1:2]), ("", 0))[0]
    return word.lower() in before


class _Beside:
    """What stands before and after a form."""

    def __init__(self, flow: Flow, match: FormMatch, registers: Registers) -> None:
        self._text = flow.text
        self._match = match
        self._language = flow.language.partition("-")[0].lower()
        self._registers = registers
        found = _WORD_BEFORE.search(self._text, max(0, match.start - _NEAR), match.start)
        after = _WORD_AFTER.match(self._text, match.end)
        self._before = "" if found is None or found[2] else found[1]
        self._before_quote = "" if found is None or not found[2] else found[1]
        self._after = "" if after is None else after[1]
        end = match.end if after is None else after.end()
        self._is_shortened_after = self._text[end : end + 1] == "."
        self._ends_line = (
            "\n" in self._text[match.end : match.end if after is None else after.start(1)]
        )

    def is_of_ship(self) -> bool:
        """Tell whether a word for a ship, or its prefix, stands before a form."""
        before = self._before
        if self._before_quote and self._text[self._match.start - 1] in doubt_words().quotes_before:
            before = self._before_quote
        return re.sub(r"[\s.]", "", before).lower() in doubt_words().ships

    def is_adjective(self) -> bool:
        """Tell whether a place is only where something in capitals is from (“Wiener Tagblatt”)."""
        if self._language not in _CAPITALISES_NOUNS or not self._match.inflected:
            return False
        return _ADJECTIVE.match(self._text, self._match.start + len(self._match.form)) is not None

    def is_of_office(self) -> bool:
        """Tell whether a form is the end of an office (“Secretary of State”)."""
        before = [plain(word).lower() for word, _ in words_before(self._text, self._match.start)]
        if len(before) < 2:
            return False
        return before[0] in doubt_words().joining_offices and before[1] in title_words().offices

    def speaks_against_organisation(self) -> bool:
        """Tell whether a form is the end of an office, or the beginning of another name."""
        if is_one_word(self._match.form) and self.is_of_office():
            return True
        return self.is_before_of() or self._is_before_capital()

    def _is_before_capital(self) -> bool:
        """Tell whether a word in capitals goes on with a name, where nouns have small letters."""
        return (
            self._language not in _CAPITALISES_NOUNS
            and not self._match.inflected
            and not (self._is_shortened_after or self._ends_line)
            and len(self._after) >= _SHORTEST_OF_NAME
            and self._begins_another_name()
        )

    def is_before_of(self) -> bool:
        """Tell whether a form is the beginning of another name (“the State of Georgia”)."""
        if self._match.form.isupper() or self._after not in doubt_words().joining_names:
            return False
        behind = _BEHIND_JOINT.match(self._text, self._match.end)
        return behind is not None and behind[1].isupper()

    def is_forename_of_another(self, entry: Entry) -> bool:
        """Tell whether a form is a forename, and behind it stands a surname that is not its own."""
        *others, last = self._match.form.split()
        surnames = {each.text for each in entry.forms if each.sort in ("surname", "full")}
        if any(word.rstrip(",") in surnames for word in (*others, last)):
            return False  # “Bahr, Hermann”
        form, registers = self._match.form, self._registers
        is_short = registers.sorts.get(form) in _WITHOUT_SURNAME or (
            bool(surnames) and is_one_word(form) and form not in registers.usage.words
        )
        if self._match.inflected or not (is_short or last in entry.forenames):
            return False
        after = plain(self._after)
        return self._begins_another_name() and not (
            _is_one_of(after, entry.forenames) or is_form_of(after, surnames)
        )

    def _begins_another_name(self) -> bool:
        """Tell whether a word in capitals goes on with the name that a form begins."""
        after = plain(self._after)
        return (
            self._is_unknown(after)
            and not self._is_day(after)
            and after not in self._registers.by_form
            and after not in defaults().titles
        )

    def speaks_against_place(self) -> bool:
        """Tell whether a form of one word is quoted, a noun, or part of the name of a person."""
        if self._is_quoted() or self._is_noun() or self._is_in_name_of_person():
            return True
        if _DISTRICT.match(self._text, self._match.end) or _OF_TOWN.fullmatch(self._before):
            return True
        # Where nouns have small letters, a word in capitals is a name (“the Geneva Convention”).
        return self._is_before_capital() and not self._is_forename(plain(self._after))

    def speaks_against_bearer(self, entry: Entry) -> bool:
        """Tell whether a surname is that of somebody, or something, other than the entry."""
        words = doubt_words()
        if not self._match.inflected and self._after in words.things:
            return True
        if self._is_rank_of_another() or self._is_name_of_another() or self._is_before_capital():
            return True
        if self._before.lower() in words.articles and (
            is_noun(self._match.form, self._language) or not self._is_usual_for_editors()
        ):
            return True
        if self._before.lower() in words.articles_of_women and sex_of(entry) == "m":
            return True
        return bool(entry.forenames) and self._has_other_forename(entry)

    def _is_rank_of_another(self) -> bool:
        """Tell whether a surname is a rank here (“der Hauptmann”, “Graf Czernin”)."""
        form = self._match.form
        if self._registers.sorts.get(form) != "surname" or not is_rank(form):
            return False
        is_noun = self._before.lower() in doubt_words().articles
        return is_noun or (not self._ends_line and self._is_unknown(plain(self._after)))

    def _is_name_of_another(self) -> bool:
        """Tell whether the word is a forename, or a surname that ends as a genitive does."""
        match = self._match
        written = self._text[match.start : match.end]
        after = "" if self._ends_line else plain(self._after)
        if written in doubt_words().forenames:
            is_surname = self._registers.sorts.get(after) == "surname"
            return bool(after) and (is_surname or self._begins_another_name())
        # Behind “President Helmers”, read as that of Helmer, the noun is missing.
        is_title = self._before in defaults().titles or is_office(self._before)
        return match.inflected and is_title and not after[:1].isupper()

    def is_of_other_sex(self, entry: Entry) -> bool:
        """Tell whether a title says that this is a woman and not the entry, or the other way."""
        sexes = [sex for word in self._run() if (sex := sex_of_title(word))]
        if not sexes:
            return False
        known = sex_of(entry)
        if known is None:
            first = self._match.form.partition(" ")[0]
            is_hers = first in entry.forenames and not first.endswith(".")
            return sexes[0] == "f" and not (is_hers or self._is_usual_for_editors())
        return known != sexes[0]

    def _is_quoted(self) -> bool:
        words, start, end = doubt_words(), self._match.start, self._match.end
        before, after = self._text[max(0, start - 1) : start], self._text[end : end + 2]
        is_genitive = after[1:].isalpha()
        return before in words.quotes_before and after[:1] in words.quotes_after and not is_genitive

    def _is_noun(self) -> bool:
        words, form = doubt_words(), self._match.form
        if self._before.lower() not in words.articles_of_nouns or self._is_usual_for_editors():
            return False
        compound = any(
            form.endswith(kind) and len(form) > len(kind) for kind in words.kinds_with_article
        )
        return not compound and form not in words.places_with_article

    def _is_usual_for_editors(self) -> bool:
        usage, form = self._registers.usage, self._match.form
        names, seen = usage.names.get(form, 0), usage.seen.get(form, 0)
        return names > 0 and names * 2 > seen

    def _is_in_name_of_person(self) -> bool:
        words = doubt_words()
        before = list(self._run())
        if before and (self._is_forename(before[0]) or _is_clear_title(before[0])):
            return True
        after_particle = [word for word in before if word not in defaults().particles][:1]
        if after_particle != before[:1] and after_particle:
            return self._is_forename(after_particle[0]) or after_particle[0] in words.nobility
        form = self._match.form
        is_forename = form in words.forenames_too or self._is_forename(form)
        return is_forename and self._is_unknown(self._after)

    def _has_other_forename(self, entry: Entry) -> bool:
        run = [word for word in self._run() if not self._is_beside(word)]
        if any(_is_one_of(word, entry.forenames) for word in run) or self._is_behind_inverted():
            return False
        if run and (len(run[0]) == 1 or self._is_forename(run[0])):
            return True
        if self._is_before_forename(entry):
            return True
        start = self._match.start
        nearest, at = next(words_before(self._text, start), ("", 0))
        if self._language in _CAPITALISES_NOUNS or ends_sentence(nearest, ()):
            return False
        if sort_of(nearest, at, self._text) != "capital" or self._is_day(plain(nearest)):
            return False
        bare = plain(nearest)
        if nearest.endswith("."):
            return bare in doubt_words().abbreviated_forenames
        return self._is_unknown(bare) and bare not in self._registers.by_form

    def _is_beside(self, word: str) -> bool:
        """Tell whether a word is a particle, or a title of one letter in the language.

        “M. Gruber” is Monsieur Gruber, but not in German.
        """
        if len(word) == 1:
            letters = defaults().letters
            of_language = letters.get(self._language, frozenset())
            return word in of_language or (self._language != "de" and word in letters["fr"])
        return word in defaults().particles

    def _is_before_forename(self, entry: Entry) -> bool:
        """Tell whether a forename that is not the entry's stands behind a comma (“Gruber, Max”)."""
        if self._registers.sorts.get(self._match.form) != "surname":
            return False
        found = _FORENAME_BEHIND.match(self._text, self._match.end)
        if found is None or _is_one_of(found[1], entry.forenames):
            return False
        if self._registers.sorts.get(found[1]) == "surname":
            return False  # one of a list
        return self._is_forename(found[1])

    def _is_behind_inverted(self) -> bool:
        """Tell whether the words before are an inverted name (“Salten, Felix”)."""
        start = self._match.start
        found = _INVERTED.search(self._text, max(0, start - _NEAR), start)
        entries = self._registers.by_form.get(found[1], ()) if found else ()
        return any(entry.kind == "person" for entry in entries)

    def _run(self) -> Iterator[str]:
        """Yield the words in capitals, and particles, before the form: the nearest first."""
        for word, _ in words_before(self._text, self._match.start):
            bare = plain(word)
            if ends_sentence(word, self._registers.forenames):
                return
            if not (bare[:1].isupper() or bare in defaults().particles or sex_of_title(bare)):
                return
            yield bare

    def _is_forename(self, word: str) -> bool:
        if len(word) < 3 or self._is_day(word):
            return False
        return word in doubt_words().forenames or word in self._registers.forenames

    def _is_day(self, word: str) -> bool:
        """Tell whether a word is a month or a day of the week."""
        asked = word.lower()
        return any(
            asked in grammar.months or asked in grammar.weekdays
            for grammar in grammars_for(self._language or "en")
        )

    def _is_unknown(self, word: str) -> bool:
        """Tell whether a word in capitals is neither a title nor a kind of thing."""
        counted, known = word.replace(".", "").casefold(), title_words()
        beside = known.before | known.joining | known.offices | known.after
        return word[:1].isupper() and not (
            counted in beside or word in doubt_words().things or len(word) < 2
        )


def _is_clear_title(word: str) -> bool:
    counted = word.casefold()
    return word in defaults().titles and len(word) > 1 and counted not in title_words().names_too


def _is_one_of(word: str, forenames: Collection[str]) -> bool:
    """Tell whether a word may be one of the forenames, shortened here or there."""
    short = register_words().short_forenames
    return any(
        word == name
        or plain(name).startswith(word)
        or word.startswith(plain(name))
        or word in short.get(name, ())
        or name in short.get(word, ())
        for name in forenames
    )


def sex_of(entry: Entry) -> str | None:
    """Return the sex of a person, as the register says or the forenames tell."""
    return entry.sex or _sex_by_forenames(entry.forenames)


def _sex_by_forenames(forenames: Iterable[str]) -> str | None:
    sexes = doubt_words().forenames
    known = {name: sex for name in forenames if (sex := sexes.get(name))}
    if len(known) > 1:
        known.pop(_OF_BOTH, None)  # Rainer Maria Rilke
    found = set(known.values())
    return found.pop() if len(found) == 1 else None
