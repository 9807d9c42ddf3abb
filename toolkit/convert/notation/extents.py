"""How far a sign reaches that stands before or after the text it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from toolkit.convert.conventions.model import Extent, Likeness
from toolkit.convert.text.blocks import Block
from toolkit.convert.tree import Span

_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)")
_WORD = re.compile(r"\S+")
_LAST_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+")
_SPACES = re.compile(r"[^\S\r\n\f]*")
_OPENING, _CLOSING = "([{“„«\"'‘¿¡", '.,;:!?)]}”»"…'
_REACH = 200


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
    line_end = next((line.end for line in block.lines if line.end > start), block.end)
    if unit == "line":
        return line_end
    if unit == "sentence":
        return next(_sentence_ends(text, start, block.end, abbreviations), block.end)
    word = _WORD.match(text, start, block.end)
    if word is None:
        return start
    return start + len(word[0].rstrip(_CLOSING)) or word.end()


def _sentence_ends(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[int]:
    for found in _SENTENCE_END.finditer(text, start, end):
        words = _LAST_WORD.findall(text, max(start, found.start() - 20), found.start())
        last = words[-1] if words and text[found.start() - 1].isalnum() else ""
        is_initial = len(last) == 1 and last.isupper()
        if found[0] == "." and (last.casefold() in abbreviations or is_initial):
            continue
        yield found.end()


def word_before(text: str, sign_start: int, block: Block) -> Span | None:
    """Return the word before a sign, on the same line, without punctuation around it."""
    end = sign_start
    while end > block.start and text[end - 1] in " \t\u00a0":
        end -= 1
    while end > block.start and text[end - 1] in _CLOSING:
        end -= 1
    start = end
    while start > block.start and not text[start - 1].isspace():
        start -= 1
    while start < end and text[start] in _OPENING:
        start += 1
    return Span(start, end) if start < end else None


def name_before(
    text: str, sign_start: int, block: Block, other: str, likeness: Likeness
) -> Span | None:
    """Return the words before a sign that are another written form of the name ``other``.

    The two must have as many words, or as many syllables where the parts of names are joined by
    hyphens; and their letters must be alike (Ratcliff/Obershelp, as in difflib).
    """
    wanted = _tokens(other)
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
