"""White space of a text made single: where lines end, and how they are indented, says nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_RUN = re.compile(r"\s\s+")


def has_runs(text: str) -> bool:
    """Tell whether a text has more than one character of white space in a row."""
    return _RUN.search(text) is not None


class SingleSpaced:
    """A ``text`` in which each run of white space is one space, and the places in the original."""

    def __init__(self, original: str) -> None:
        self.text = _RUN.sub(" ", original)
        self._after: list[int] = []
        """Where in the text the runs end."""
        self._left_out: list[int] = [0]
        """How many characters are left out before each of them."""
        for run in _RUN.finditer(original):
            left_out = self._left_out[-1]
            self._after.append(run.start() + 1 - left_out)
            self._left_out.append(left_out + run.end() - run.start() - 1)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of a span that neither begins nor ends with a space."""
        before, behind = bisect_right(self._after, start), bisect_left(self._after, end)
        return start + self._left_out[before], end + self._left_out[behind]
