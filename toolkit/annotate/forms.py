"""Finding the written forms of names in a text: all forms stand in one Aho-Corasick automaton."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise, product
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from toolkit.annotate.joined import Joined
from toolkit.annotate.keeping import made_once
from toolkit.annotate.spellings import spellings_of

# Scripts that do not part their words: each of their characters counts as a word.
_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670"
_TOKEN = re.compile(f"[{_UNPARTED}]|(?:[^\\W_{_UNPARTED}][{_MARKS}]*)+|\\S")
_UNPARTED_CHARACTER = re.compile(f"[{_UNPARTED}]")
_SPACES = re.compile(r"[\t\n\r\f\v\u2028\u2029]\s*| \s+")
_PART_OF_WORD = re.compile(f"[^\\W_{_UNPARTED}]|[{_MARKS}]")
_REST_OF_WORD = re.compile(f"'?(?:[^\\W\\d_{_UNPARTED}][{_MARKS}]*)*")
_RUN_OF_WORD = re.compile(f"(?:[^\\W_{_UNPARTED}]+|[{_MARKS}]+)+")
_PLAIN_WORDS = re.compile("[A-Za-z]+(?: [A-Za-z]+)*")
_HYPHENS = "-\u2010\u2011"
_FOLDED = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    "\u2010": "-",
    "\u2011": "-",
    "\u00a0": " ",
    "\u202f": " ",
}
_SHORTEST_IN_CAPITALS = 3
_BEFORE_INNER_CAPITAL = re.compile(r"[A-Z][a-z]{1,2}(?=[A-Z][a-z]+$)")
_MOST_GAPS = 4
"""A form with more punctuation is found only spaced as it is written, or without spaces."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a single character of punctuation, at ``start`` in a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FormMatch:
    """A form found in a text, from ``start`` up to ``end``; ``form`` as the register writes it.

    The text may have more than the form: its inflection, a title before it. A match that is
    ``is_whole`` has all that the tag is to hold; one that ``is_misspelt`` is only alike to the
    form.
    """

    start: int
    end: int
    form: str
    inflected: bool = False
    is_whole: bool = False
    is_misspelt: bool = False


def tokens(text: str) -> list[Token]:
    """Return the words and the punctuation of a text, with the variants of quotes made one."""
    return [
        Token(unicodedata.normalize("NFC", _with_folded_signs(match[0])), *match.span())
        for match in _TOKEN.finditer(text)
    ]


def is_one_word(form: str) -> bool:
    """Tell whether a form is a single word of a script that parts its words."""
    return len(tokens(form)) == 1 and not _UNPARTED_CHARACTER.search(form)


def is_too_short(form: str) -> bool:
    """Tell whether a form has fewer than two letters or digits (one, where a letter is a word)."""
    if form[:2].isalnum() and len(form) > 1:
        return False
    letters = [character for character in form if character.isalnum()]
    return len(letters) < 2 and not _UNPARTED_CHARACTER.search(form)


def spelling(form: str) -> str:
    """Return a form without the spaces that do not count."""
    words = tuple(token.text for token in tokens(form))
    gaps = (_gaps(one, other)[-1] for one, other in pairwise(words))
    return "".join(chain.from_iterable(zip(words, (*gaps, ""), strict=True))) if words else ""


class FormMatcher:
    """A set of written forms that can be looked for in texts.

    Words must be whole and in the case of the form; a text in capitals matches too. Any white
    space in the text, or none, matches the space beside punctuation. The ``spellings`` of forms
    can be given in place of the forms, if they are known.
    """

    def __init__(
        self, forms: Iterable[str] = (), *, spellings: Mapping[str, str] | None = None
    ) -> None:
        self._spellings = all_spellings(forms) if spellings is None else spellings
        self._patterns = list(self._spellings)

    @classmethod
    def of(cls, forms: Iterable[str], cache: Path | None) -> FormMatcher:
        """Return the matcher of these forms, whose spellings are kept in the folder ``cache``."""
        wanted = sorted(set(forms))
        known = made_once(
            cache,
            "spellings",
            ["\n".join(wanted)],
            _Spelt,
            lambda: _Spelt.of(wanted, FormMatcher(wanted)),
        )
        matcher = cls(spellings=known.spellings(wanted))
        matcher._by_longest_word = known.by_word, known.others
        return matcher

    def within(self, text: str, endings: Collection[str] = frozenset()) -> FormMatcher:
        """Return a matcher of those forms only whose words stand in a text, before ``endings``.

        It finds the same there, and is made in the time it takes to read it: of a large register
        a document has few forms.
        """
        words = set(_RUN_OF_WORD.findall(_with_folded_signs(text)))
        all_endings = tuple(endings)
        inflected = [word for word in words if word.endswith(all_endings)] if endings else []
        for ending in endings:
            inflected += [w.removesuffix(ending) for w in inflected if w.endswith(ending)]
        words.update(inflected)
        by_word, others = self._by_longest_word
        there = {number for word in words & by_word.keys() for number in by_word[word]}
        patterns = (self._patterns[number] for number in sorted(there.union(others)))
        return FormMatcher(spellings={each: self._spellings[each] for each in patterns})

    def met_in(self, texts: Joined) -> frozenset[int]:
        """Return the numbers of the texts that may have forms; in the others none are found."""
        if not self._patterns:
            return frozenset()
        words = _Folded(texts.text)
        found = self._automaton.find_matches_as_indexes(words.text)
        return texts.numbers_of(words.place(start) for _, start, _ in found)

    @cached_property
    def _by_longest_word(self) -> tuple[Mapping[str, Sequence[int]], Sequence[int]]:
        """The numbers of the spellings by the longest of their words; and of those with none."""
        by_word: dict[str, list[int]] = {}
        others: list[int] = []
        for number, spelt in enumerate(self._patterns):
            words = _RUN_OF_WORD.findall(spelt)
            (by_word.setdefault(max(words, key=len), []) if words else others).append(number)
        return by_word, others

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._patterns, store_patterns=False)

    def find(
        self,
        text: str,
        masked: bytearray | None = None,
        endings: Collection[str] = frozenset(),
        left_out: Collection[str] = frozenset(),
    ) -> Iterator[FormMatch]:
        """Yield the forms in ``text``: the leftmost first, of those the longest, none overlapping.

        Where ``masked`` has a 1, the character at that place belongs to no form. A form may have
        one of the ``endings`` behind it, which is then part of the match; but not those
        ``left_out``.
        """
        if not self._patterns:
            return
        words = _Folded(text)
        matches = self._automaton.find_matches_as_indexes(words.text, overlapping=True)
        found = [
            (start, whole_end, which, whole_end - end)
            for which, start, end in matches
            if (whole_end := _end_of_words(words.text, start, end, endings))
        ]
        found.sort(key=lambda each: (each[0], -each[1], each[3], each[2]))
        reached = 0
        for start, end, which, ending in found:
            if start < reached:
                continue
            first, last = words.place(start), words.place(end - 1) + 1
            if masked is not None and masked.find(1, first, last) >= 0:
                continue
            if _stands_alone(text, first, last):
                out = ending if text[last - ending : last] in left_out else 0
                form = self._spellings[self._patterns[which]]
                yield FormMatch(first, last - out, form, ending > 0)
                reached = end


@dataclass(frozen=True)
class _Spelt:
    """The spellings of a list of forms, each with the number of its form."""

    patterns: tuple[str, ...]
    numbers: tuple[int, ...]
    by_word: Mapping[str, tuple[int, ...]]
    others: tuple[int, ...]

    @classmethod
    def of(cls, forms: Sequence[str], matcher: FormMatcher) -> _Spelt:
        """Return the spellings in the matcher of these forms."""
        number = {form: n for n, form in enumerate(forms)}
        by_word, others = matcher._by_longest_word
        return cls(
            tuple(matcher._spellings),
            tuple(number[form] for form in matcher._spellings.values()),
            {word: tuple(numbers) for word, numbers in by_word.items()},
            tuple(others),
        )

    def spellings(self, forms: Sequence[str]) -> dict[str, str]:
        """Return the form of each spelling."""
        return dict(zip(self.patterns, (forms[n] for n in self.numbers), strict=True))


def all_spellings(forms: Iterable[str]) -> dict[str, str]:
    """Return the ways to write each form; a way to write several is the form of the first."""
    as_written: dict[str, str] = {}
    in_capitals: dict[str, str] = {}
    otherwise: dict[str, str] = {}
    for form in sorted(set(forms)):
        words = _words(form)
        for spaced in _spellings(words, form):
            as_written.setdefault(spaced, form)
        for capitals in _ways_in_capitals(words):
            for spaced in _spellings(capitals, form):
                in_capitals.setdefault(spaced, form)
        for other in spellings_of(form):
            if not is_too_short(other):
                for spaced in _spellings(_words(other), other):
                    otherwise.setdefault(spaced, form)
    return {**otherwise, **in_capitals, **as_written}


def _ways_in_capitals(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a form in capitals: all, or the last (“Ian MCEWEN”, “Ian McEWEN”)."""
    capitals = tuple(word.upper() for word in words)
    ways = [capitals] if max(map(len, capitals), default=0) >= _SHORTEST_IN_CAPITALS else []
    if words and len(words[-1]) >= _SHORTEST_IN_CAPITALS:
        ways.append((*words[:-1], capitals[-1]))
        inner = _BEFORE_INNER_CAPITAL.match(words[-1])
        if inner:
            last = inner[0] + capitals[-1][inner.end() :]
            ways += [(*words[:-1], last), (*capitals[:-1], last)]
    return (way for way in dict.fromkeys(ways) if way != words)


def _words(form: str) -> tuple[str, ...]:
    if _PLAIN_WORDS.fullmatch(form):
        return tuple(form.split(" "))
    return tuple(token.text for token in tokens(form))


def _end_of_words(text: str, start: int, end: int, endings: Collection[str]) -> int:
    """Return where the words with their ending end; 0 if one of them is only part of a word."""
    if start and _is_in_word(text, start):
        return 0
    if end == len(text) or not _is_in_word(text, end):
        return end
    rest = _REST_OF_WORD.match(text, end)
    if rest is None or rest[0] not in endings:
        return 0
    end = rest.end()
    return end if end == len(text) or not _is_in_word(text, end) else 0


def _is_in_word(text: str, at: int) -> bool:
    """Tell whether the characters before and after a place are of one word."""
    return bool(_PART_OF_WORD.match(text[at - 1]) and _PART_OF_WORD.match(text[at]))


class _Folded:
    """A text in which white space is single and quotes are alike.

    Every other character stays one character, so its place in the text is known.
    """

    def __init__(self, text: str) -> None:
        text = _with_folded_signs(text)
        pieces: list[str] = []
        self._ends: list[int] = []
        self._places: list[int] = []
        length = at = 0
        for space in _SPACES.finditer(text):
            start, end = space.span()
            pieces += (text[at:start], _space_between(text, start, end))
            length += start - at + len(pieces[-1])
            at = end
            self._ends.append(length)
            self._places.append(end)
        self.text = "".join((*pieces, text[at:])) if pieces else text

    def place(self, index: int) -> int:
        """Return where a character that is no space stands in the text."""
        after = bisect_right(self._ends, index)
        return index if not after else self._places[after - 1] + index - self._ends[after - 1]


def _with_folded_signs(text: str) -> str:
    if not text.isascii():
        for sign, usual in _FOLDED.items():
            text = text.replace(sign, usual)
    return text


def _space_between(text: str, start: int, end: int) -> str:
    """Return the space between two characters: none between those of a script without it."""
    around = text[start - 1 : start] + text[end : end + 1]
    return "" if len(_UNPARTED_CHARACTER.findall(around)) == 2 else " "


def _written_gaps(form: str) -> tuple[str, ...]:
    """Return what stands between the words and signs of a form as it is written."""
    return tuple(" " if one.end < other.start else "" for one, other in pairwise(tokens(form)))


def _spellings(words: Sequence[str], form: str) -> Iterator[str]:
    """Yield the ways to space the words and signs of a form.

    Beside a sign there may be a space or none; there is none between characters of a script that
    does not part its words. Where these are too many ways, they are the ``form`` as it is written,
    and without the spaces beside signs.
    """
    gaps = [_gaps(one, other) for one, other in pairwise(words)]
    ways: Iterable[Sequence[str]] = product(*gaps)
    if sum(len(gap) > 1 for gap in gaps) > _MOST_GAPS:
        ways = (_written_gaps(form), tuple(gap[-1] for gap in gaps))
    for way in ways:
        spaced = "".join(chain.from_iterable(zip(words, (*way, ""), strict=True)))
        yield spaced
        if not spaced.isascii():
            yield unicodedata.normalize("NFD", spaced)


@lru_cache(maxsize=4096)
def _gaps(one: str, other: str) -> tuple[str, ...]:
    """Return what may stand between two words or signs."""
    if _UNPARTED_CHARACTER.match(one) and _UNPARTED_CHARACTER.match(other):
        return ("",)
    if _is_word(one) and _is_word(other):
        return (" ",)
    return (" ", "")


def _is_word(token: str) -> bool:
    return _PART_OF_WORD.match(token) is not None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether nothing ties the words to others: no “Ri” in “Ri-son”, no “U.S.” in “U.S.A.”."""
    tied_before = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
    tied_after = end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalnum()
    goes_on = text[end - 1] == "." and text[end : end + 2][1:] == "." and text[end].isupper()
    return not (tied_before or tied_after or goes_on)
