"""Words that are written almost as a form of a name: “Carlsruhe”, “Hoffmannsthal”, “Kirstetten”.

Old texts, and people in a hurry, write names as they please. One letter more, less, other, or two
that changed places, make no other name of a long word. Whether it is a name is judged like that of
any form; it is never certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.annotate.forms import FormMatch
from toolkit.annotate.kinship import plain
from toolkit.annotate.ranges import Ranges

_SHORTEST = 6
_WORD = re.compile(rf"(?<![\w'’-])[^\W\d_]{{{_SHORTEST},}}(?![\w-])")
_LONG = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")
_SOUND_ALIKE = ({"c", "k"}, {"i", "j"}, {"f", "v"})
"""Letters at the beginning of words that may stand for each other."""


class Misspelling:
    """The long forms of one word that a text may have misspelt.

    ``forms`` gives for each form what it means: of several that are alike to a word, all must mean
    the same.
    """

    def __init__(self, forms: Mapping[str, object]) -> None:
        self._meanings = forms
        self._known: set[str] = set()
        self._by_part: dict[str, list[str]] = {}
        for form in sorted(forms):
            if _WORD.fullmatch(form) and form[0].isupper():
                word = plain(form)
                self._known.add(word)
                for part in {word, *_without_a_letter(word)}:
                    self._by_part.setdefault(part, []).append(form)
        self._found: dict[str, str | None] = {}

    def words_in(self, text: str) -> frozenset[str]:
        """Return the words in a text that are alike to a form, as far as they stand alone."""
        words = set(_LONG.findall(text)) if self._by_part else set()
        return frozenset(
            word for word in words if word[0].isupper() and self._form_known(word) is not None
        )

    def find(
        self, text: str, masked: bytearray, matches: Sequence[FormMatch]
    ) -> Iterator[FormMatch]:
        """Yield the words in a text, outside of ``matches``, that are alike to a form."""
        if not self._by_part:
            return
        taken = Ranges((match.start, match.end) for match in matches)
        for match in _WORD.finditer(text):
            word = match[0]
            if not word[0].isupper():
                continue
            form = self._form_known(word)
            start, end = match.span()
            if form is not None and masked.find(1, start, end) < 0 and not taken.touch(start, end):
                yield FormMatch(start, end, form, is_misspelt=True)

    def _form_known(self, word: str) -> str | None:
        form = self._found.get(word, "")
        if form == "":
            form = self._found[word] = self.form_of(word)
        return form

    def form_of(self, word: str) -> str | None:
        """Return the form that a word is alike to."""
        written = plain(word)
        if len(written) < _SHORTEST or written in self._known:
            return None
        parts = {written, *_without_a_letter(written)}
        near = {form for part in parts for form in self._by_part.get(part, ())}
        alike = sorted(form for form in near if _are_alike(written, plain(form)))
        meanings = {repr(self._meanings[form]) for form in alike}
        return alike[0] if len(meanings) == 1 else None


def _without_a_letter(word: str) -> Iterable[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _are_alike(one: str, other: str) -> bool:
    """Tell whether one letter, not the last, is more, less or other, or two changed places."""
    if one[0] != other[0] and {one[0], other[0]} not in _SOUND_ALIKE:
        return False
    if one[-1] != other[-1]:
        return False  # Endings make other words.
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return longer[:-1] != shorter and shorter in _without_a_letter(longer)
    unlike = [at for at in range(len(one)) if one[at] != other[at]]
    if len(unlike) == 1:
        return True
    if len(unlike) != 2:
        return False
    first, last = unlike
    return last == first + 1 and one[first] == other[last] and one[last] == other[first]
