"""Names that seem to be inverted, in lists of persons: “Mahler, Alma Mahler”.

“Mahler, Alma” is one name in an index, and two where a surname comes behind: her own once more, or
that of another whose forename it is (“Schuman, Robert Young”).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from toolkit.annotate.forms import FormMatch

_INVERTED = re.compile(r"(?P<surname>[^,]+),\s*(?P<forename>[^,]+)")

_WORD_BEHIND = re.compile(r"\s+([^\W\d_][\w'’-]*)")


def parted(text: str, matches: Iterable[FormMatch], known: Container[str]) -> Iterator[FormMatch]:
    """Yield the matches of a text, inverted names as two if a surname comes behind them.

    ``known`` are the forms that are names; a part that is none is left out.
    """
    for match in matches:
        written = _INVERTED.fullmatch(text, match.start, match.end)
        surname = written["surname"] if written is not None else ""
        behind = _WORD_BEHIND.match(text, match.end)
        if written is None or behind is None:
            yield match
            continue
        whole = f"{written['forename']} {behind[1]}"
        if behind[1] != surname and whole not in known:
            yield match
            continue
        first = replace(match, end=written.end("surname"), form=surname)
        second = replace(
            match,
            start=written.start("forename"),
            end=behind.end(),
            form=whole,
        )
        yield from (part for part in (first, second) if part.form in known)
