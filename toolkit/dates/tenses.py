"""Whether what is said beside a date lies behind or ahead: “in October he left”, “I shall leave”.

The words are data of each language's grammar (``tenses``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

from toolkit.dates.parts import with_spaces

Tense = Literal["past", "future", ""]

_END = re.compile(r"[!?;:]|(?<=\w\w\w)\.(?=\s|$)")
_REACH = 240


class Tenses:
    """The expressions of a language that tell past and future.

    One of the future counts for all that is said in a sentence: “will be published” has a
    participle too. ``before`` a date of the past, such as “your letter of”, stands what is there
    already.
    """

    def __init__(self, said: Mapping[str, Sequence[str]]) -> None:
        self._said = said

    def of(self, text: str, start: int, end: int) -> Tense:
        """Return the tense of the sentence in which a date stands, from ``start`` up to ``end``."""
        if not self._said:
            return ""
        if self._before.search(text, max(0, start - _REACH), start):
            return "past"
        first, last = max(0, start - _REACH), min(len(text), end + _REACH)
        for border in _END.finditer(text, first, start):
            first = border.end()
        following = _END.search(text, end, last)
        last = following.start() if following else last
        sentence = f"{text[first:start]} {text[end:last]}"
        if self._future.search(sentence):
            return "future"
        return "past" if self._past.search(sentence) else ""

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self._words('before')})\s+\Z")

    @cached_property
    def _future(self) -> re.Pattern[str]:
        return self._expression("future")

    @cached_property
    def _past(self) -> re.Pattern[str]:
        return self._expression("past")

    def _expression(self, tense: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self._words(tense)})(?!\w)")

    def _words(self, name: str) -> str:
        return "|".join(map(with_spaces, self._said.get(name, ()))) or r"(?!)"
