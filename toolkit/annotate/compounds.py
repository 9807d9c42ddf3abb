"""Names at the beginning of a compound with a hyphen: “Ibsen-Abend”, “Livius-gezeugte Puppen”.

A name before a hyphen is mostly part of another name (“Beer-Hofmann”). Behind the hyphen of a
German compound stands a word that no name has; so the name is judged, but never certain.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from toolkit.annotate.abbreviations import Named
from toolkit.annotate.flows import Flow
from toolkit.annotate.forms import FormMatch
from toolkit.annotate.ranges import Ranges

_COMPOUND = re.compile(r"(?<![\w'’-])([^\W\d_]{4,})[-\u2010\u2011]([^\W\d_]{4,})(?![\w-])")
_LANGUAGES = frozenset({"de", "gsw", "nds", "lb"})


def compounds_in(
    flow: Flow,
    entries: Mapping[str, Sequence[Named]],
    forenames: Collection[str],
    masked: bytearray,
    matches: Sequence[FormMatch],
) -> Iterator[FormMatch]:
    """Yield the names of persons that begin a compound, outside of ``matches``.

    ``entries`` gives those of each form; ``forenames`` are those of persons.
    """
    if flow.language.partition("-")[0].lower() not in _LANGUAGES:
        return
    taken = Ranges((match.start, match.end) for match in matches)
    for match in _COMPOUND.finditer(flow.text):
        form, other = match[1], match[2]
        is_person = any(entry.kind == "person" for entry in entries.get(form, ()))
        if not is_person or form in forenames or other in entries or other in forenames:
            continue
        if masked.find(1, *match.span()) < 0 and taken.add(*match.span()):
            yield FormMatch(match.start(1), match.end(1), form, is_misspelt=True)
