"""Names that seem to be inverted, in lists of persons: “Mahler, Alma Mahler”.

“Mahler, Alma” is one name in an index, and two where the surname comes once more.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from toolkit.annotate.forms import FormMatch

_INVERTED = re.compile(r"(?P<surname>[^,]+),\s*(?P<forename>[^,]+)")


def parted(text: str, matches: Iterable[FormMatch], known: Container[str]) -> Iterator[FormMatch]:
    """Yield the matches of a text, inverted names as two if their surname comes once more.

    ``known`` are the forms that are names; a part that is none is left out.
    """
    for match in matches:
        written = _INVERTED.fullmatch(text, match.start, match.end)
        surname = written["surname"] if written is not None else ""
        again = re.compile(rf"\s+{re.escape(surname)}\b").match(text, match.end)
        if written is None or again is None:
            yield match
            continue
        first = replace(match, end=written.end("surname"), form=surname)
        second = replace(
            match,
            start=written.start("forename"),
            end=again.end(),
            form=f"{written['forename']} {surname}",
        )
        yield from (part for part in (first, second) if part.form in known)
