"""Names that something interrupts: “[North] Korea”, “Lon[don]”, “Wash-” at the end of a line.

Editors set brackets around what they supply or doubt, and transcribe hyphens at the ends of lines.
Names are looked for in the text without these signs too; what these are is data
(``schemas/annotation/interruptions.json``). A tag holds both brackets of a pair or neither.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from toolkit.annotate.flows import BARRIER, Flow, is_in_source
from toolkit.annotate.forms import FormMatch, FormMatcher
from toolkit.annotate.joined import Joined
from toolkit.annotate.ranges import Ranges
from toolkit.resources import SCHEMAS

_LONGEST_CONTENT = 60
_SOFT_HYPHEN = "\u00ad"
_MARKS = "\u0300-\u036f"
_LAST_LETTER = re.compile(rf"([^\W\d_])[{_MARKS}]*$")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A part of a text that is no part of a name in it; ``partner`` begins its other bracket."""

    start: int
    end: int
    is_in_word: bool
    partner: int | None = None


class Uninterrupted:
    """A ``text`` without the signs that may interrupt its names."""

    def __init__(self, text: str, cuts: Sequence[_Cut]) -> None:
        self._cuts = cuts
        edges = [0, *(place for cut in cuts for place in (cut.start, cut.end)), len(text)]
        self._kept = list(zip(edges[::2], edges[1::2], strict=True))
        self.text = "".join(text[start:end] for start, end in self._kept)
        self._starts = [0]
        for start, end in self._kept:
            self._starts.append(self._starts[-1] + end - start)
        in_words = [cut for cut in cuts if cut.is_in_word]
        self._starts_in_words = frozenset(cut.start for cut in in_words)
        self._ends_in_words = frozenset(cut.end for cut in in_words)

    def of(self, masked: bytearray) -> bytearray:
        """Return what is said of each character, for the characters that are left."""
        return bytearray().join(masked[start:end] for start, end in self._kept)

    def parts_word(self, start: int, end: int) -> bool:
        """Tell whether a part of the text with the signs begins or ends within a word."""
        return start in self._ends_in_words or end in self._starts_in_words

    def widened(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the places in the text with the signs of a part that something interrupts.

        It has both brackets of a pair or neither; None where a bracket belongs to more than it, or
        where nothing interrupts it.
        """
        first, last = self._place(start), self._place(end - 1) + 1
        at = bisect_left(self._cuts, first, key=lambda cut: cut.start)
        within = self._cuts[at : bisect_left(self._cuts, last, key=lambda cut: cut.start)]
        if not within:
            return None
        before, after = first, last
        for cut in within:
            if cut.partner is not None:
                before, after = min(before, cut.partner), max(after, cut.partner + 1)
        is_whole = not (self._is_left(before, first) or self._is_left(last, after))
        return (before, after) if is_whole else None

    def _place(self, index: int) -> int:
        part = bisect_right(self._starts, index) - 1
        part = min(part, len(self._kept) - 1)
        return self._kept[part][0] + index - self._starts[part]

    def _is_left(self, start: int, end: int) -> bool:
        """Tell whether anything is left of a part of the text with the signs."""
        at = bisect_left(self._cuts, start, key=lambda cut: cut.start)
        while start < end and at < len(self._cuts) and self._cuts[at].start == start:
            start, at = self._cuts[at].end, at + 1
        return start < end


def may_be_interrupted(texts: Joined) -> frozenset[int]:
    """Return the numbers of the texts with signs that may interrupt names; others have none."""
    return texts.numbers_with(_signs().bracketed, _signs().hyphenated)


def uninterrupted(flow: Flow) -> Uninterrupted | None:
    """Return the text of a flow without the signs that interrupt its names, if it has any."""
    cuts = _cuts(flow.text, lambda place: not is_in_source(flow, place))
    return Uninterrupted(flow.text, cuts) if cuts else None


def without_interruptions(text: str) -> str:
    """Return a text as it stands in a document without the signs that interrupt its names."""
    cuts = _cuts(text, lambda _place: False)
    return Uninterrupted(text, cuts).text if cuts else text


def find_names(
    matcher: FormMatcher,
    text: str,
    without: Uninterrupted | None,
    masked: bytearray | None = None,
    endings: Collection[str] = frozenset(),
    left_out: Collection[str] = frozenset(),
) -> list[FormMatch]:
    """Return the forms in a text, as ``matcher.find`` does, and those that signs interrupt.

    ``without`` is the text without these signs, if it has any.
    """
    found = list(matcher.find(text, masked, endings, left_out))
    if without is None:
        return found
    across: list[FormMatch] = []
    left = None if masked is None else without.of(masked)
    for match in matcher.find(without.text, left, endings, left_out):
        wide = without.widened(match.start, match.end)
        if wide is not None and (masked is None or masked.find(1, *wide) < 0):
            across.append(replace(match, start=wide[0], end=wide[1]))
    taken = Ranges((match.start, match.end) for match in across)
    found = [
        match
        for match in found
        if not taken.touch(match.start, match.end)
        and not without.parts_word(match.start, match.end)
    ]
    return sorted((*found, *across), key=lambda match: match.start)


@dataclass(frozen=True)
class _Signs:
    """The signs that may interrupt a name, as patterns."""

    partners: Mapping[str, str]
    partners_in_words: Mapping[str, str]
    bracketed: re.Pattern[str]
    hyphenated: re.Pattern[str]
    remarks: frozenset[str]


@cache
def _signs() -> _Signs:
    path = SCHEMAS / "annotation" / "interruptions.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    everywhere, in_words = data["brackets"], data["brackets_in_words"]
    opening, closing = (
        re.escape("".join(pair[n] for pair in everywhere + in_words)) for n in (0, 1)
    )
    conjunctions = "|".join(map(re.escape, data["conjunctions"]))
    hyphens = re.escape("".join(data["hyphens"]))
    letter = rf"[^\W\d_][{_MARKS}]*"
    return _Signs(
        dict(everywhere),
        dict(in_words),
        re.compile(
            rf"([{opening}])({letter}(?:{letter}|[\s.,'’‐-]){{0,{_LONGEST_CONTENT}}})([{closing}])"
        ),
        re.compile(
            rf"(?<![\s{BARRIER}])(?:{_SOFT_HYPHEN}|[{hyphens}](?=\s))(\s*)(?=[^\W\d_])"
            rf"(?!(?:{conjunctions})(?!\w))"
        ),
        frozenset(data["remarks"]),
    )


def _cuts(text: str, is_break: Callable[[int], bool]) -> list[_Cut]:
    """Return what interrupts names in a text; ``is_break`` tells of a space whether a line ends."""
    cuts = [*_brackets(text), *_hyphens(text, is_break)]
    return sorted(cuts, key=lambda cut: cut.start)


def _brackets(text: str) -> Iterator[_Cut]:
    signs = _signs()
    for match in signs.bracketed.finditer(text):
        opened, content, closed = match.groups()
        start, end = match.start(), match.end() - 1
        joined = _is_in_word(text, start, start + 1), _is_in_word(text, end, end + 1)
        is_pair = signs.partners.get(opened) == closed
        is_pair_in_word = signs.partners_in_words.get(opened) == closed and any(joined)
        if (is_pair or is_pair_in_word) and content.rstrip(".") not in signs.remarks:
            yield _Cut(start, start + 1, joined[0], end)
            yield _Cut(end, end + 1, joined[1], start)


def _hyphens(text: str, is_break: Callable[[int], bool]) -> Iterator[_Cut]:
    for match in _signs().hyphenated.finditer(text):
        start, end = match.span()
        space = range(match.start(1), end)
        ends_line = any(text[place] in "\r\n" or is_break(place) for place in space)
        if (ends_line or not space) and _is_in_word(text, start, end):
            yield _Cut(start, end, True)


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Tell whether the letters around a part of a text are of one word."""
    before, after = _LAST_LETTER.search(text[max(0, start - 3) : start]), text[end : end + 1]
    if before is None or not after.isalpha():
        return False
    return not (before[1].islower() and after.isupper())
