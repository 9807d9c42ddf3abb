"""How far a tag reaches beyond the form that was found: over a title, a forename, an address.

Editors differ, and each edition has its way; so the words beside a name are taken into the tag
where the editors of this edition mostly take them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from toolkit.annotate.flows import BARRIER, Flow
from toolkit.annotate.forms import FormMatch
from toolkit.annotate.habits import Habits, defaults
from toolkit.annotate.judging import NOT_CALLED, Called
from toolkit.annotate.kinship import is_form_of
from toolkit.annotate.registers import Entry

MOST_WORDS = 6
WORD = re.compile(r"[\w'’-]+\.?")
_BEFORE = re.compile(r"([\w'’-]+\.?)(\s*)$")
_AFTER = re.compile(r"\s+((?:[^\W\d_]\.){2,}|[\w-]+\.?)|(['’]s\b)")
_NEAR = 40
_ROMAN = re.compile(r"[IVX]+\.?")
_ENOUGH = 0.5
_LONGEST_ABBREVIATION = 5


def reaching(
    flow: Flow,
    match: FormMatch,
    kind: str,
    habits: Habits,
    forenames: Collection[str],
    until: int,
) -> FormMatch:
    """Return the match with the words beside it, ``until`` a place, that editors take into its tag.

    ``forenames`` are those that persons of the registers have.
    """
    if match.is_whole:
        return match
    start, end = match.start, match.end
    for word, at in words_before(flow.text, start):
        if not _is_free(flow, at, start) or ends_sentence(word, forenames):
            break
        sort = sort_of(word, at, flow.text, forenames)
        if habits.reaches(kind, "before", plain(word), sort) < _ENOUGH:
            break
        start = at
    for word, at in words_after(flow.text, end):
        if at > until or not _is_free(flow, end, at):
            break
        sort = sort_of(word, None, flow.text)
        if habits.reaches(kind, "after", plain(word), sort) < _ENOUGH:
            break
        end = at
    return replace(match, start=start, end=end)


def with_surname(flow: Flow, match: FormMatch, entry: Entry, until: int) -> FormMatch:
    """Return the match with a surname behind a forename that is only alike to the entry's.

    “Stella Musilin” is the name of Stella Musulin as a whole, as “Stella von Musulin” is.
    """
    words = flow.text[match.start : match.end].split()
    if match.is_whole or entry.kind != "person" or words[-1] not in entry.forenames:
        return match
    surnames = {
        word for form in entry.forms if form.sort == "surname" for word in form.text.split()
    }
    for word, at in words_after(flow.text, match.end):
        if at > until or not _is_free(flow, match.end, at):
            return match
        bare = plain(word)
        if bare not in defaults().particles:
            is_surname = word[:1].isupper() and is_form_of(bare, surnames)
            # The full stop of a letter is its own, that of a longer word may end the sentence.
            stop = 0 if len(bare) == 1 else len(word) - len(bare)
            return replace(match, end=at - stop) if is_surname else match
    return match


def with_forename(flow: Flow, match: FormMatch, entry: Entry) -> FormMatch:
    """Return the match with the forename before a title in it: “Karl Graf Stürgkh”."""
    if match.is_whole or entry.kind != "person":
        return match
    firsts = {form.text.partition(" ")[0] for form in entry.forms if " " in form.text}
    known = firsts.union(entry.forenames)
    for number, (word, at) in enumerate(words_before(flow.text, match.start)):
        if not _is_free(flow, at, match.start) or (word.endswith(".") and plain(word) in known):
            break
        bare = plain(word)
        if bare in known and bare not in defaults().titles:
            is_behind_title = number > 0 or match.form.partition(" ")[0] in defaults().titles
            return replace(match, start=at) if is_behind_title else match
        if bare not in defaults().titles and bare not in defaults().particles:
            break
    return match


def words_before(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the words before a place, the nearest first, and where each begins."""
    for _ in range(MOST_WORDS):
        found = _BEFORE.search(text, max(0, start - _NEAR), start)
        if found is None or not (found[2] or found[1].endswith(".")):
            return
        start = found.start(1)
        yield found[1], start


def words_after(text: str, end: int) -> Iterator[tuple[str, int]]:
    """Yield the words after a place, and where each ends."""
    for _ in range(MOST_WORDS):
        found = _AFTER.match(text, end, end + _NEAR)
        if found is None:
            return
        end = found.end()
        yield found[1] or found[2], end


def plain(word: str) -> str:
    """Return a word as it is counted."""
    return word.rstrip(".").replace("’", "'")


def ends_sentence(word: str, forenames: Collection[str]) -> bool:
    """Tell whether a word has a full stop behind it that is not one of an abbreviation.

    ``forenames`` are those that persons of the registers have, which may be abbreviated there.
    """
    bare = plain(word)
    if not word.endswith(".") or word in forenames:
        return False
    if bare in defaults().particles:
        return False
    if bare in defaults().titles:
        return bare not in defaults().abbreviated_titles
    return bare in forenames or len(bare) > _LONGEST_ABBREVIATION


def called_before(text: str, start: int, forenames: Collection[str]) -> Called:
    """Return how the person is called whose surname begins at ``start``."""
    for word, _ in words_before(text, start):
        bare = plain(word)
        if ends_sentence(word, forenames):
            break
        if bare in forenames:
            return Called(forename=bare)
        if bare in defaults().titles:
            return Called(sex=defaults().sexes.get(bare))
        if bare not in defaults().particles and not (len(bare) == 1 and bare.isupper()):
            break
    return NOT_CALLED


def sort_of(word: str, start: int | None, text: str, forenames: Collection[str] = ()) -> str:
    """Return of what sort a word beside a name is; ``start``: where it begins, before a name."""
    bare = plain(word)
    if bare in forenames:
        return "forename"
    if bare in defaults().titles or bare.rpartition("-")[2] in defaults().titles:
        return "title"  # also “Lieutenant-General”
    if bare in defaults().particles:
        return "particle"
    if bare[:1].isdigit():
        return "number"
    if start is None and _ROMAN.fullmatch(word):
        return "roman"
    if len(bare) == 1 and bare.isupper():
        return "initial"
    if not bare[:1].isupper():
        return "lower"
    before = text[:start].rstrip() if start else ""
    at_start = start is not None and (not before or before[-1] in f".!?:{BARRIER}")
    return "first" if at_start else "capital"


def _is_free(flow: Flow, start: int, end: int) -> bool:
    return flow.masked.find(1, start, end) < 0
