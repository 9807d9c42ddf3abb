"""Names that a text shortens: “Wasserm.” for Wassermann, “N. Fr. Pr.” for Neue Freie Presse.

Who writes a diary, or in a hurry, leaves out the ends of names. A word before a full stop may be
the beginning of a form of one word; several words before full stops may be those of a form of as
many words, each with some of its letters. Whether it is a name is judged like that of any form; it
is never certain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from toolkit.annotate.forms import FormMatch
from toolkit.annotate.habits import defaults
from toolkit.annotate.joined import Joined
from toolkit.annotate.kinship import plain
from toolkit.annotate.ranges import Ranges

_SHORTEST = 4
_LEFT_OUT = 2
"""So many letters at least are left out of a single word."""
_FEWEST_LETTERS = 4
"""So many letters at least several words have together."""
_MOST_WORDS = 5
_WORD = re.compile(rf"(?<![\w'’.-])([^\W\d_]{{{_SHORTEST},}})\.(?=\s*[,;:)\]–—]|\s+[^\W\d_A-ZÄÖÜ])")
_SEVERAL = re.compile(rf"(?<![\w'’.-])(?:[^\W\d_]{{1,7}}\.\s?){{2,{_MOST_WORDS}}}(?<!\s)")
_PART = re.compile(r"[^\W\d_]+")


class Named(Protocol):
    """What a form of a name means: an entry of a register."""

    @property
    def kind(self) -> str:
        """What sort of thing it is, such as a person."""

    @property
    def key(self) -> str:
        """What tells it from all others."""


class Abbreviations:
    """The forms of names that a text may have shortened.

    ``entries`` gives those of each form: of several that a text may mean, all must mean the same.
    Those of several words are found only if they name no person: letters are the initials of too
    many.
    """

    def __init__(self, entries: Mapping[str, Sequence[Named]]) -> None:
        self.entries = entries
        single = (form for form in entries if form.isalpha() and form[0].isupper())
        self._single = sorted((plain(form), form) for form in single)
        self._words = {word for word, _ in self._single}
        self._several: dict[str, list[tuple[list[str], str]]] = {}
        for form in sorted(form for form in entries if " " in form):
            if any(entry.kind == "person" for entry in entries[form]):
                continue
            words = [plain(word) for word in form.split()]
            if 2 <= len(words) <= _MOST_WORDS and all(map(str.isalpha, words)):
                initials = "".join(word[0] for word in words)
                self._several.setdefault(initials, []).append((words, form))

    def numbers_in(self, texts: Joined) -> frozenset[int]:
        """Return the numbers of the texts that may have forms shortened."""
        words = {f"{m[0]}." for m in re.finditer(r"[^\W\d_]{4,}(?=\.)", texts.words)}
        found = texts.numbers_having({w for w in words if self._form_of_word(w[:-1]) is not None})
        return found | texts.numbers_with(_SEVERAL) if self._several else found

    def find(
        self, text: str, masked: bytearray, matches: Sequence[FormMatch]
    ) -> Iterator[FormMatch]:
        """Yield the shortened forms in a text, outside of ``matches``."""
        taken = Ranges((match.start, match.end) for match in matches)
        for pattern, form_of in ((_SEVERAL, self._form_of_words), (_WORD, self._form_of_single)):
            for match in pattern.finditer(text):
                start, end = match.span()
                form = form_of(match, text)
                if form is not None and masked.find(1, start, end) < 0 and taken.add(start, end):
                    yield FormMatch(start, end, form, is_misspelt=True)

    def _form_of_single(self, match: re.Match[str], text: str) -> str | None:
        """Return the form of a word that the text has not without a full stop too."""
        word = match[1]
        form = self._form_of_word(word)
        whole = rf"(?<![\w'’-]){word}(?![\w.-])"
        return form if form is not None and re.search(whole, text) is None else None

    def _form_of_word(self, word: str) -> str | None:
        written = plain(word)
        if not word[0].isupper() or written in self._words or word in defaults().titles:
            return None
        found = []
        for known, form in self._single[bisect_left(self._single, (written, "")) :]:
            if not known.startswith(written):
                break
            if len(known) >= len(written) + _LEFT_OUT:
                found.append(form)
        return self._only(found)

    def _form_of_words(self, match: re.Match[str], text: str) -> str | None:
        del text
        words = [plain(word) for word in _PART.findall(match[0])]
        if not match[0][0].isupper() or sum(map(len, words)) < _FEWEST_LETTERS:
            return None
        known = self._several.get("".join(word[0] for word in words), ())
        return self._only([form for whole, form in known if all(map(_is_short_of, words, whole))])

    def _only(self, forms: Sequence[str]) -> str | None:
        """Return one of the forms if all mean the same."""
        meanings = {tuple(entry.key for entry in self.entries[form]) for form in forms}
        return min(forms) if len(meanings) == 1 else None


def _is_short_of(short: str, word: str) -> bool:
    """Tell whether all letters stand in a word in this order."""
    letters = iter(word)
    return all(letter in letters for letter in short)
