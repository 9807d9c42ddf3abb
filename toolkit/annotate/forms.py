"""Finding the written forms of names in a text: a trie over words, in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# Scripts that do not part their words: each of their characters counts as a word.
_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670"
_TOKEN = re.compile(f"[{_UNPARTED}]|(?:[^\\W{_UNPARTED}][{_MARKS}]*)+|\\S")
_UNPARTED_CHARACTER = re.compile(f"[{_UNPARTED}]")
_HYPHENS = "-\u2010\u2011"
_FOLDED = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-"})
_SHORTEST_IN_CAPITALS = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a single character of punctuation, at ``start`` in a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FormMatch:
    """A form found in a text, from ``start`` up to ``end``; ``form`` as the register writes it."""

    start: int
    end: int
    form: str


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    form: str | None = None


def tokens(text: str) -> list[Token]:
    """Return the words and the punctuation of a text, with the variants of quotes made one."""
    return [
        Token(unicodedata.normalize("NFC", match[0]).translate(_FOLDED), *match.span())
        for match in _TOKEN.finditer(text)
    ]


def is_one_word(form: str) -> bool:
    """Tell whether a form is a single word of a script that parts its words."""
    return len(tokens(form)) == 1 and not _UNPARTED_CHARACTER.search(form)


def is_too_short(form: str) -> bool:
    """Tell whether a form has fewer than two letters or digits (one, where a letter is a word)."""
    letters = [character for character in form if character.isalnum()]
    return len(letters) < 2 and not _UNPARTED_CHARACTER.search(form)


class FormMatcher:
    """A set of written forms that can be looked for in texts.

    Words must be whole and in the case of the form; a text in capitals matches too. Any white
    space in the text, or none, matches the space beside punctuation.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._root = _Node()
        in_capitals: list[tuple[tuple[str, ...], str]] = []
        for form in sorted(set(forms)):
            words = tuple(token.text for token in tokens(form))
            self._add(words, form)
            capitals = tuple(word.upper() for word in words)
            if capitals != words and max(map(len, capitals)) >= _SHORTEST_IN_CAPITALS:
                in_capitals.append((capitals, form))
        for words, form in in_capitals:
            self._add(words, form)

    def _add(self, words: tuple[str, ...], form: str) -> None:
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.form = node.form or form

    def find(self, text: str, masked: bytearray | None = None) -> Iterator[FormMatch]:
        """Yield the forms in ``text``: the leftmost first, of those the longest, none overlapping.

        Where ``masked`` has a 1, the character at that place belongs to no form.
        """
        words = tokens(text)
        at = 0
        while at < len(words):
            found = self._longest(words, at, text, masked)
            if found is None:
                at += 1
                continue
            last, form = found
            yield FormMatch(words[at].start, words[last].end, form)
            at = last + 1

    def _longest(
        self, words: list[Token], at: int, text: str, masked: bytearray | None
    ) -> tuple[int, str] | None:
        node = self._root
        found: tuple[int, str] | None = None
        for index in range(at, len(words)):
            word = words[index]
            following = node.children.get(word.text)
            if following is None or (masked is not None and any(masked[word.start : word.end])):
                break
            node = following
            if node.form is not None and _stands_alone(text, words[at].start, word.end):
                found = index, node.form
        return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether no hyphen ties the words to another: “Ri” is not in “Ri-son”."""
    tied_before = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
    tied_after = end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalnum()
    return not (tied_before or tied_after)
