"""Every pointer into the edition leads somewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.tei.names import is_ncname
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.validate.context import Context
from toolkit.validate.grammar.words import attribute, nearest, shortened, tag
from toolkit.validate.links import (
    Link,
    Place,
    identifiers,
    identifiers_in,
    is_below,
    links,
    place,
)

NO_SUCH_ID = Kind(
    "V301",
    "no-such-id",
    Severity.ERROR,
    "A pointer names an xml:id that no element of the file has.",
)
NO_SUCH_FILE = Kind(
    "V302", "no-such-file", Severity.ERROR, "A pointer names a file that is not there."
)
OUTSIDE = Kind(
    "V303",
    "pointer-outside",
    Severity.WARNING,
    "A pointer leads out of the folder of the edition. It is not followed, and breaks when the "
    "edition is moved or published.",
)
UNKNOWN_PREFIX = Kind(
    "V304",
    "unknown-prefix",
    Severity.NOTE,
    "A pointer has a prefix that no prefixDef declares, so it cannot be followed.",
)


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield the pointers that lead nowhere; one that is repeated in the file is told once."""
    if not context.references:
        return
    first: dict[tuple[str, str], Link] = {}
    times: dict[tuple[str, str], int] = {}
    for link in links(document):
        key = (link.attribute, link.pointer)
        first.setdefault(key, link)
        times[key] = times.get(key, 0) + 1
    suggestions = _SUGGESTIONS
    for key, link in first.items():
        trouble = _trouble(link, document, context, suggest=suggestions > 0)
        if trouble is None:
            continue
        suggestions -= 1
        kind, said, hint = trouble
        shown = f'{attribute(link.attribute)}="{shortened(link.pointer)}"'
        written = f"`{shown}` on {tag(link.element)}"
        again = f" ({times[key] - 1} more in this file)" if times[key] > 1 else ""
        where = positions(document).attribute_of(link.number, link.attribute)
        yield kind.at(where, f"{written} {said}{again}", hint)


_Trouble = tuple[Kind, str, str]

# To look for what was meant takes time; who has more wrong pointers than this has another problem.
_SUGGESTIONS = 100


def _trouble(
    link: Link, document: ParsedDocument, context: Context, *, suggest: bool
) -> _Trouble | None:
    target = place(link, document)
    if target is None:
        return None
    if target.unknown_prefix:
        return (
            UNKNOWN_PREFIX,
            f"has the prefix “{target.unknown_prefix}”, which is not declared",
            "Declare it with `<prefixDef>` in the header.",
        )
    if target.impossible_file:
        return None if context.root is None else _impossible_file(target.impossible_file)
    if target.file is None:
        return _no_such_id(target, link, identifiers(document), "in this file", suggest)
    return _in_other_file(target, link, document, context, suggest)


def _in_other_file(
    target: Place, link: Link, document: ParsedDocument, context: Context, suggest: bool
) -> _Trouble | None:
    file = target.file
    if context.root is None or file is None:
        return None
    if not is_below(file, context):
        return (
            OUTSIDE,
            "leads out of the folder of the edition",
            "Put the file into the folder of the edition, or write its address on the web.",
        )
    if not os.path.exists(file):  # noqa: PTH110 (Path.exists raises where it may not look)
        forgotten = "#" not in link.pointer and link.pointer in identifiers(document)
        return _without_hash(link) if forgotten else _no_such_file(file)
    if not target.identifier or os.path.isdir(file):  # noqa: PTH112
        return None
    same = str(file) == os.path.realpath(document.file)
    known = identifiers(document) if same else identifiers_in(file)
    if known is None:
        return None
    return _no_such_id(target, link, known, f"in {file.name}", suggest)


def _no_such_id(
    target: Place, link: Link, known: Mapping[str, str], where: str, suggest: bool
) -> _Trouble | None:
    if target.identifier in known or not target.identifier:
        return None
    meant = nearest(target.identifier, known) if suggest else None
    if meant is not None and not is_ncname(meant):
        # The xml:id is the mistake, and told of already.
        return None
    said = f"points to nothing: no element {where} has xml:id “{target.identifier}”"
    if meant is None:
        return NO_SUCH_ID, said, "Mend the pointer, or give the element it means this xml:id."
    before = link.pointer.rpartition("#")[0] if "#" in link.pointer else ""
    suggested = f"{before}#{meant}"
    return (
        NO_SUCH_ID,
        f"{said}; did you mean “{suggested}”?",
        f"Write “{suggested}”, or give the element it means this xml:id.",
    )


def _without_hash(link: Link) -> _Trouble:
    return (
        NO_SUCH_FILE,
        f"points to a file that is not there; did you mean “#{link.pointer}”?",
        f"Write “#{link.pointer}”: a pointer to an xml:id begins with #.",
    )


def _impossible_file(name: str) -> _Trouble:
    return (
        NO_SUCH_FILE,
        f"points to a file that cannot be: no file can be called “{shortened(name)}”",
        "Write the name of a file of the edition, or the address of a web page.",
    )


def _names_beside(file: Path) -> list[str]:
    try:
        return sorted(other.name for other in file.parent.iterdir())
    except OSError:
        return []


def _no_such_file(file: Path) -> _Trouble:
    said = f"points to a file that is not there: {file.name}"
    meant = nearest(file.name, _names_beside(file))
    if meant is None:
        return NO_SUCH_FILE, said, "Mend the pointer, or put the file in its place."
    return (
        NO_SUCH_FILE,
        f"{said}; did you mean “{meant}”?",
        f"Write “{meant}”, or put the file in its place.",
    )
