"""How far a sign reaches that stands before or after the text it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from toolkit.convert.conventions.model import Extent, Likeness
from toolkit.convert.text.blocks import Block, Line
from toolkit.convert.tree import Span

_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)")
_WORD = re.compile(r"\S+")
_LAST_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+")
_SPACES = re.compile(r"[^\S\r\n\f\t]*")
_CELL = "|"
_OPENING, _CLOSING = "([{“„«\"'‘¿¡", '.,;:!?)]}”»"…'
_REACH = 200
_LONGEST_WORD = 400
"""More characters without a space are no word."""
_QUOTATION_MARKS = {"”": "“„", "»": "«", "“": "„", "«": "»", '"': '"', "’": "‘"}
"""The marks that open a quotation, by the mark that closes it."""
_LITTLE_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "de", "des", "la", "du", "et"})


def after(
    text: str,
    sign_start: int,
    sign_end: int,
    block: Block,
    extents: tuple[Extent, ...],
    abbreviations: frozenset[str],
) -> tuple[Span, str] | None:
    """Return the text that a sign before it is about, and how sure that is; None if none."""
    skipped = _SPACES.match(text, sign_end, block.end)
    start = skipped.end() if skipped else sign_end
    where = _where(text, sign_start, block, abbreviations)
    for extent in extents:
        if extent.when in ("always", where):
            end = _end(text, start, block, extent.to, abbreviations)
            return (Span(start, end), extent.cert) if end > start else None
    return None


def _where(text: str, start: int, block: Block, abbreviations: frozenset[str]) -> str:
    before = text[max(block.start, start - _REACH) : start].rstrip()
    if not before:
        return "paragraph-start"
    ends = list(_sentence_ends(before, 0, len(before), abbreviations))
    return "sentence-start" if ends and ends[-1] == len(before) else "inside"


def _end(text: str, start: int, block: Block, unit: str, abbreviations: frozenset[str]) -> int:
    if unit == "paragraph":
        return block.end
    if unit == "line":
        at = bisect_right(block.lines, start, key=_line_end)
        return block.lines[at].end if at < len(block.lines) else block.end
    if unit == "sentence":
        return next(_sentence_ends_in(text, start, block, abbreviations), block.end)
    word = _WORD.match(text, start, block.end)
    if word is None:
        return start
    return start + len(word[0].rstrip(_CLOSING)) or word.end()


def _line_end(line: Line) -> int:
    return line.end


def _sentence_ends_in(
    text: str, start: int, block: Block, abbreviations: frozenset[str]
) -> Iterator[int]:
    """Yield where sentences end from ``start`` on, without a search of what has no full stop."""
    stops = _stops(text, block.start, block.end)
    at = bisect_left(stops, start)
    if at < len(stops):
        for found in _SENTENCE_END.finditer(text, stops[at], block.end):
            if not _is_abbreviated(text, start, found, abbreviations):
                yield found.end()


@lru_cache(maxsize=2)
def _stops(text: str, start: int, end: int) -> Sequence[int]:
    return [found.start() for found in _SENTENCE_END.finditer(text, start, end)]


def _sentence_ends(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[int]:
    for found in _SENTENCE_END.finditer(text, start, end):
        if not _is_abbreviated(text, start, found, abbreviations):
            yield found.end()


def _is_abbreviated(
    text: str, start: int, found: re.Match[str], abbreviations: frozenset[str]
) -> bool:
    """Tell whether a full stop only ends an abbreviation or an initial."""
    words = _LAST_WORD.findall(text, max(start, found.start() - 20), found.start())
    last = words[-1] if words and text[found.start() - 1].isalnum() else ""
    is_initial = len(last) == 1 and last.isupper()
    return found[0] == "." and (last.casefold() in abbreviations or is_initial)


def before(
    text: str, sign_start: int, block: Block, extents: tuple[Extent, ...]
) -> tuple[Span, int, str] | None:
    """Return the text that a sign behind it is about, and how sure that is; None if none.

    The offset is that where the punctuation after the text ends.
    """
    end = sign_start
    while end > block.start and text[end - 1] in " \u00a0":
        end -= 1
    for extent in extents:
        if extent.to == "quotation":
            start = _quotation(text, end, block)
            if start < end:
                return Span(start, end), end, extent.cert
        elif extent.to == "word":
            word = _word_before(text, end, block)
            return (*word, extent.cert) if word else None
    word = _word_before(text, end, block)
    return (*word, "") if word else None


def _quotation(text: str, end: int, block: Block) -> int:
    """Return where the quotation that ends at ``end`` begins, on its line, or ``end``."""
    closing = text[end - 1] if end > block.start else ""
    for opening in _QUOTATION_MARKS.get(closing, ""):
        floor = max(text.rfind("\n", block.start, end), block.start)
        start = text.rfind(opening, floor, end - 1)
        if start >= 0:
            return start
    return end


def _word_before(text: str, end: int, block: Block) -> tuple[Span, int] | None:
    """Return the word that ends at ``end``, on its line and in its table cell.

    The offset is that where the punctuation after the word ends. A word has a letter or digit.
    """
    closing_end = end
    while end > block.start and text[end - 1] in _CLOSING:
        end -= 1
    floor = max(block.start, end - _LONGEST_WORD)
    window = text[floor:end].replace(_CELL, " ")
    start = end if not window or window[-1].isspace() else end - len(window.rsplit(None, 1)[-1])
    if block.start < start == floor:
        return None
    while start < end and text[start] in _OPENING:
        start += 1
    is_word = any(character.isalnum() for character in text[start:end])
    return (Span(start, end), closing_end) if is_word else None


def name_before(
    text: str, sign_start: int, block: Block, other: str, likeness: Likeness
) -> Span | None:
    """Return the words before a sign that are another written form of the name ``other``.

    With ``likeness.initials`` that is a word of the initials of the other: “PRC” before “People's
    Republic of China”. Otherwise:
    The two must have as many words, or as many syllables where the parts of names are joined by
    hyphens; and their letters must be alike (Ratcliff/Obershelp, as in difflib).
    """
    wanted = _tokens(other)
    if likeness.initials:
        return _initials_before(text, sign_start, block, wanted)
    if not wanted or (likeness.capitalised and not _is_name(other)):
        return None
    window_start = max(block.start, sign_start - _REACH)
    words = list(_WORD.finditer(text, window_start, sign_start))
    best: tuple[float, Span] | None = None
    for count in range(1, min(len(words), len(wanted)) + 1):
        span = _trimmed_opening(text, words[-count].start(), words[-1].end())
        said = text[span.start : span.end]
        if likeness.capitalised and not _is_name(said):
            continue
        if len(_tokens(said)) != len(wanted) and count != len(other.split()):
            continue
        ratio = _ratio(said, other)
        if ratio >= likeness.similarity and (best is None or ratio > best[0]):
            best = ratio, span
    return best[1] if best else None


def _initials_before(text: str, sign_start: int, block: Block, words: list[str]) -> Span | None:
    found = _word_before(text, len(text[:sign_start].rstrip(" \u00a0")), block)
    if found is None or found[0].end != found[1]:
        return None
    span = found[0]
    letters = "".join(_tokens(text[span.start : span.end]))
    initials = {
        "".join(word[0] for word in words if len(word) > 1 and word not in _LITTLE_WORDS),
        "".join(word[0] for word in words if len(word) > 1),
    }
    is_abbreviation = len(letters) > 1 and letters.isupper()
    return span if is_abbreviation and letters in {each.upper() for each in initials} else None


def _trimmed_opening(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _OPENING:
        start += 1
    return Span(start, end)


def _tokens(said: str) -> list[str]:
    return _TOKEN.findall(said)


def _is_name(said: str) -> bool:
    words = said.split()
    if any(character in "[]{}()" for character in said):
        return False
    return bool(words) and all(word[0].isupper() for word in words)


def _ratio(said: str, other: str) -> float:
    letters = "".join(_tokens(said)).casefold(), "".join(_tokens(other)).casefold()
    return SequenceMatcher(None, *letters, autojunk=False).ratio()
