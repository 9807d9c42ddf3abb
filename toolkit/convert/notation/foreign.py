"""Passages in another script than that of the document (TEI Guidelines, 3.3.2.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from toolkit.convert.conventions.model import Convention, Script
from toolkit.convert.metadata.fields import Reading
from toolkit.convert.metadata.read import language_tag, original_languages
from toolkit.convert.notation.marks import Range
from toolkit.convert.notation.occurrences import Matches

_NEARLY_ALL = 0.8


def foreign_passages(
    passages: Iterable[tuple[Script, Matches]],
    convention: Convention,
    reading: Reading,
    language: str,
) -> Iterator[Range]:
    """Yield the passages in other scripts, with their language if the document names one.

    A language of which the profile does not say how it is written tells nothing of scripts.
    """
    base = language.partition("-")[0]
    if not any(base in script.languages for script in convention.scripts):
        return
    known = [language_tag(value.text, convention) for value in reading.fields.get("language", ())]
    known += original_languages(reading, convention)
    for script, matches in passages:
        if base in script.languages:
            continue
        tag = _tag(script, known)
        for inside in matches.values():
            for found in inside:
                yield Range(found.start(), found.end(), "foreign", (("xml:lang", tag),), 1)


def language_by_script(texts: Iterable[str], expected: str, convention: Convention) -> str:
    """Return the language of texts of which it is not said, as far as their script tells.

    It is the one that is expected, unless nearly all is in a script that it is not written in:
    then the tag of the script, such as ``und-Hebr``.
    """
    base = expected.partition("-")[0]
    if not any(base in script.languages for script in convention.scripts):
        return expected
    written: Counter[Script] = Counter()
    for text in texts:
        for script in convention.scripts:
            written[script] += sum(len(found[0]) for found in script.pattern.finditer(text))
    most, length = max(written.items(), key=lambda each: each[1])
    if base in most.languages or length < _NEARLY_ALL * sum(written.values()):
        return expected
    return most.tag


def _tag(script: Script, known: Sequence[str]) -> str:
    return next((tag for tag in known if tag in script.languages), script.tag)
