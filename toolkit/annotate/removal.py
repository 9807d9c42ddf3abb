"""Taking away what annotation added, and nothing else: the rest stays byte for byte."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.annotate.additions import Added, attribute_runs, digest_of, recorded, with_record
from toolkit.annotate.calendar_description import ADDED_ELEMENTS
from toolkit.annotate.edits import Edit, rename
from toolkit.annotate.encoding import read_encoded
from toolkit.annotate.flows import RESPONSIBLE
from toolkit.annotate.kinds import ADDITION_CHANGED
from toolkit.annotate.reading import read_source
from toolkit.annotate.scope import scope
from toolkit.annotate.source import Element, Source
from toolkit.diagnostics import Diagnostic, Position, SourceText
from toolkit.tei.parse import ParsedDocument

_POINTER = f"#{RESPONSIBLE}"
_STATEMENTS = {"respStmt", *ADDED_ELEMENTS}


@dataclass(frozen=True)
class Removal:
    """A document without what annotation had added.

    ``counts`` says how many elements of each name lost their tags or what was added to them.
    """

    content: bytes
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class _Found:
    """An addition that stands as it was written: its digest, its element, and what to cut.

    ``name_before`` is the name that the element had; "" if it is the same.
    """

    digest: str
    element: Element
    cuts: tuple[tuple[int, int], ...]
    name_before: str = ""


def _all(_element: Element) -> bool:
    return True


def remove(document: ParsedDocument, unwanted: Callable[[Element], bool] = _all) -> Removal:
    """Take away what annotation added to a document.

    By the record in the document (:mod:`toolkit.annotate.additions`) it is known which tags and
    attributes were added. What an editor has changed since is theirs: it stays, and is told of.
    The statement of responsibility goes when nothing refers to it any more, and so do calendars.

    Args:
        document: The document; it is not changed.
        unwanted: Tells which of the elements with an addition are to lose it.

    Raises:
        DiagnosticError: the encoding of the document cannot be written back (A010), or the
            document is not well-formed (X001).
    """
    content, encoding = read_encoded(document)
    known = recorded(content)
    if not known:
        told = tuple(_without_record(document.file, content)) if unwanted is _all else ()
        return Removal(document.content, told, {})
    source = read_source(document.file, content)
    found = list(_additions(source, known))
    names = [each for each in found if each.element.name not in _STATEMENTS]
    going: list[_Found] = []
    staying: set[str] = set()
    for each in names:
        if unwanted(each.element):
            going.append(each)
        else:
            staying.add(each.digest)
    cuts = [cut for each in going for cut in each.cuts]
    of_names = list(cuts)
    for statement in (each for each in found if each.element.name in _STATEMENTS):
        if _is_needed(source, statement.element, of_names):
            staying.add(statement.digest)
        else:
            cuts += statement.cuts
    lost = known - {each.digest for each in found}
    everything = unwanted is _all
    record = frozenset(staying if everything else staying | lost)
    names_before = [edit for each in going for edit in _name_before(source, each)]
    result = with_record(_without(source.content, cuts, names_before).encode(), record)
    return Removal(
        document.content if result == content else encoding.write(result),
        tuple(_changed(document.file, source, names, len(lost))) if everything and lost else (),
        dict(sorted(Counter(each.element.name for each in going).items())),
    )


def _name_before(source: Source, found: _Found) -> tuple[Edit, ...]:
    return rename(source, found.element, found.name_before) if found.name_before else ()


def _additions(source: Source, known: frozenset[str]) -> Iterator[_Found]:
    inside: list[tuple[int, int]] = []
    # What was added later may stand in what was added before.
    for element in reversed(source.elements):
        if element.in_source and (element.name in _STATEMENTS or _is_toolkits(element)):
            found = _as_element(source, element, known, inside)
            if found is not None:
                inside += found.cuts
            found = found or _as_tag(source, element, known)
            found = found or _as_attributes(source, element, known)
            if found is not None:
                yield found


def _as_element(
    source: Source, element: Element, known: frozenset[str], inside: list[tuple[int, int]]
) -> _Found | None:
    start = element.start
    while source.content[start - 1 : start].isspace():
        start -= 1
    added_later = [cut for cut in inside if element.start < cut[0] < element.end]
    written = _without(source.content, added_later, (), start, element.end)
    digest = digest_of(Added.ELEMENT, written)
    return _Found(digest, element, ((start, element.end),)) if digest in known else None


def _as_tag(source: Source, element: Element, known: frozenset[str]) -> _Found | None:
    tag = source.content[element.start : element.content_start]
    digest = digest_of(Added.TAG, tag, source.text_of(element))
    cuts = ((element.start, element.content_start), (element.content_end, element.end))
    return _Found(digest, element, cuts) if digest in known else None


def _as_attributes(source: Source, element: Element, known: frozenset[str]) -> _Found | None:
    text = source.text_of(element)
    for start, end in attribute_runs(source, element):
        for before in ("", *scope().names.values()):
            attributes = source.content[start:end]
            written = f"{before} {attributes}" if before else attributes
            digest = digest_of(Added.ATTRIBUTES, written, text)
            if digest in known:
                return _Found(digest, element, ((start, end),), before)
    return None


def _is_toolkits(element: Element) -> bool:
    return _POINTER in element.attributes.get("resp", "").split()


def _is_needed(source: Source, statement: Element, cuts: list[tuple[int, int]]) -> bool:
    """Tell whether any tag that stays refers to a statement of responsibility or a calendar."""
    if statement.name not in ADDED_ELEMENTS:
        return _is_referred_to(source, cuts)
    declared = [f"#{each.attributes.get('xml:id')}" for each in statement.descendants()]
    for element in source.elements:
        if "calendar" in element.attributes:
            near = [cut for cut in cuts if element.start <= cut[0] < element.content_start]
            tag = _without(source.content, near, (), element.start, element.content_start)
            if any(pointer in tag for pointer in declared):
                return True
    return False


def _is_referred_to(source: Source, cuts: list[tuple[int, int]]) -> bool:
    """Tell whether any tag that stays refers to the toolkit as its annotations do."""
    cut = sorted(cuts)
    for element in source.elements:
        if _is_marked(element):
            first = max(bisect_right(cut, (element.start, len(source.content))) - 1, 0)
            beyond = bisect_right(cut, (element.content_start, 0))
            near = cut[first:beyond]
            tag = _without(source.content, near, (), element.start, element.content_start)
            if _POINTER in tag and "cert" in tag:
                return True
    return False


def _without(
    content: str,
    cuts: Iterable[tuple[int, int]],
    renamings: Iterable[Edit] = (),
    start: int = 0,
    end: int | None = None,
) -> str:
    """Return the content from one offset to another, without what is to be cut out of it."""
    changes = [(first, beyond, "") for first, beyond in cuts]
    changes += [(e.offset, e.offset + e.replaces, e.text) for e in renamings]
    pieces: list[str] = []
    at = start
    for first, beyond, instead in sorted(changes):
        pieces += (content[at:first], instead)
        at = max(at, beyond)
    return "".join((*pieces, content[at:end]))


def _without_record(file: str, content: bytes) -> Iterator[Diagnostic]:
    """Yield a note if tags seem to be added though no record tells which were."""
    if _POINTER.encode() not in content:
        return
    source = read_source(file, content)
    seeming = [element for element in source.elements if _seems_added(element)]
    if seeming:
        number = "one tag stays" if len(seeming) == 1 else f"{len(seeming)} tags stay"
        yield ADDITION_CHANGED.at(
            SourceText(file, source.content).position(seeming[0].start),
            f"{number}: the line <?tei-annotation …?>, which told what was added, is gone",
            "Put the line back as it was, or take the tags away by hand.",
        )


def _changed(file: str, source: Source, unchanged: list[_Found], lost: int) -> Iterator[Diagnostic]:
    """Yield a note for each tag that was added and changed since.

    Of an addition that is not to be recognised any more it is only known that there was one.
    """
    known = {id(each.element) for each in unchanged}
    text = SourceText(file, source.content)
    hint = "Take the tag away by hand if it is not wanted."
    for element in source.elements:
        if id(element) not in known and _seems_added(element):
            lost -= 1
            shown = " ".join(source.text_of(element).split())
            yield ADDITION_CHANGED.at(
                text.position(element.start),
                f"the {element.name} “{shown}” was changed after it had been added; it stays",
                hint,
            )
    if lost > 0:
        number = "one addition is" if lost == 1 else f"{lost} additions are"
        yield ADDITION_CHANGED.at(
            Position(file), f"{number} no longer there as added; what became of them stays", hint
        )


def _seems_added(element: Element) -> bool:
    """Tell whether an element is such as annotation adds."""
    return element.name in {"date", "time", *scope().names.values()} and _is_marked(element)


def _is_marked(element: Element) -> bool:
    """Tell whether an element has the marks of annotation; conversion writes ``cert`` first."""
    names = list(element.attributes)
    return element.in_source and _is_toolkits(element) and "cert" in names[names.index("resp") :]
