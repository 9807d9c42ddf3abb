"""Every pointer into the edition leads somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from toolkit.diagnostics import Diagnostic
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.validate.context import Context
from toolkit.validate.grammar.words import attribute, shortened, tag
from toolkit.validate.links import Link, links
from toolkit.validate.wrong_pointers import NOT_FOLLOWED, Trouble, trouble

# To look for what was meant takes time; who has more wrong pointers than this has another problem.
_SUGGESTIONS = 100
_TOLD_EACH = 3
"""So many files of one folder that are not there, named by one attribute, are told each."""
_NAMED = 4


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield the pointers that lead nowhere; one that is repeated in the file is told once."""
    first: dict[tuple[str, str], Link] = {}
    times = Counter[tuple[str, str]]()
    for link in links(document):
        key = (link.attribute, link.pointer)
        first.setdefault(key, link)
        times[key] += 1
    wrong = list(_troubles(list(first.values()), document, context))
    missing: dict[tuple[str, str, str], list[_Wrong]] = {}
    for link, why in wrong:
        if why.missing:
            place = (link.element, link.attribute, why.missing)
            missing.setdefault(place, []).append((link, why))
    many = [each for each in missing.values() if len(each) > _TOLD_EACH]
    together = {link for each in many for link, _ in each}
    apart = (found for found in wrong if found[0] not in together)
    for same in _by_attribute(apart):
        yield _finding(document, same, times)
    for each in many:
        yield _missing(document, each, times)


_Wrong = tuple[Link, Trouble]


def _troubles(found: list[Link], document: ParsedDocument, context: Context) -> Iterator[_Wrong]:
    told = 0
    broken: set[str] = set()
    for link in found:
        wrong = trouble(link, document, context, suggest=told < _SUGGESTIONS)
        if wrong is not None and wrong.kind == NOT_FOLLOWED:
            # All pointers into a broken file have one remedy: it is told at the first.
            if wrong.said in broken:
                continue
            broken.add(wrong.said)
        if wrong is not None:
            told += 1
            yield link, wrong


def _by_attribute(wrong: Iterator[_Wrong]) -> Iterator[list[_Wrong]]:
    """Yield each trouble; those of one attribute together in which the # was forgotten."""
    for _, group in groupby(wrong, key=lambda found: (found[0].number, found[0].attribute)):
        together = list(group)
        if len(together) > 1 and all(each.forgotten_hash for _, each in together):
            yield together
        else:
            yield from ([each] for each in together)


def _missing(
    document: ParsedDocument, wrong: list[_Wrong], times: Counter[tuple[str, str]]
) -> Diagnostic:
    """Return one finding for many pointers into one folder, whose files are not there."""
    link, why = wrong[0]
    files = list(dict.fromkeys(each.pointer.partition("#")[0] for each, _ in wrong))
    named = ", ".join(f"“{shortened(file)}”" for file in files[:_NAMED])
    more = f" and {len(files) - _NAMED:,} more" if len(files) > _NAMED else ""
    missing = "a file that is" if len(files) == 1 else f"{len(files):,} files that are"
    uses = sum(times[link.attribute, each.pointer] for each, _ in wrong)
    return why.kind.at(
        positions(document).attribute_of(link.number, link.attribute),
        f"{attribute(link.attribute)} of {tag(link.element)} points to {missing} not there, in "
        f"{uses:,} places: {named}{more}",
        "Put the files in their place, or mend the pointers.",
    )


def _finding(
    document: ParsedDocument, same: list[_Wrong], times: Counter[tuple[str, str]]
) -> Diagnostic:
    link, wrong = same[0]
    written = " ".join(each.pointer for each, _ in same)
    said, hint = wrong.said, wrong.hint
    if len(same) > 1:
        meant = " ".join(each.meant for _, each in same)
        said = f"points to files that are not there; did you mean “{meant}”?"
        hint = f"Write “{meant}”: a pointer to an xml:id begins with #."
    shown = f'{attribute(link.attribute)}="{shortened(written)}"'
    more = times[link.attribute, link.pointer] - 1
    again = f" ({more} more in this file)" if more else ""
    return wrong.kind.at(
        positions(document).attribute_of(link.number, link.attribute),
        f"`{shown}` on {tag(link.element)} {said}{again}",
        hint,
    )
