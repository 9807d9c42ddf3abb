"""Why a pointer leads nowhere, and where it was meant to lead."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.diagnostics import Kind, Severity
from toolkit.expressions import expression
from toolkit.tei.names import is_ncname
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.context import Context
from toolkit.validate.grammar.likeness import likeness, nearest
from toolkit.validate.grammar.words import shortened
from toolkit.validate.inclusions import inclusions
from toolkit.validate.links import (
    Fault,
    Link,
    Place,
    identifiers,
    identifiers_in,
    is_below,
    place,
    prefixes,
)
from toolkit.validate.meant_identifiers import lost_identifier, meant_identifiers
from toolkit.validate.pointer_attributes import pointer_attributes

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
PREFIX_NOT_MATCHED = Kind(
    "V305",
    "prefix-not-matched",
    Severity.WARNING,
    "A pointer has a declared prefix, but what follows is not what the prefixDef asks for.",
)
NOT_FOLLOWED = Kind(
    "V306",
    "pointer-not-followed",
    Severity.NOTE,
    "A pointer leads into a file that is not well-formed, so what it names may be there or not.",
)
BAD_ADDRESS = Kind(
    "V307",
    "bad-address",
    Severity.ERROR,
    "A pointer looks like an address on the web or an XPointer, but is written wrongly.",
)

_DIGITS = expression(r"\d+")
_FILES = frozenset(("graphic", "media", "binaryObject"))
_HOST = expression(r"(?:[\w\-]+\.)+(\w+)(?:[/:?#].*)?")
_MAIL = expression(r"[^@/\s#:]+@[\w\-]+(?:\.[\w\-]+)+")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a pointer: ``said`` goes on after the pointer and its element.

    ``meant`` is the pointer that was probably meant. ``missing`` is what files that are not there
    have in common: their folder, or that theirs is not there either; it is empty where more can be
    said of one.
    """

    kind: Kind
    said: str
    hint: str
    meant: str = ""
    forgotten_hash: bool = False
    missing: str = ""


def trouble(
    link: Link, document: ParsedDocument, context: Context, *, suggest: bool
) -> Trouble | None:
    """Return what is wrong with a pointer, or None; what was meant is told if ``suggest``."""
    if link.before == "#" and is_ncname(link.pointer):
        # Told of at the # before it.
        return None
    if link.before.startswith("#") and _joined(link.before, link.pointer, document):
        # Told of at its first half.
        return None
    target = place(link, document)
    if target is None:
        return None
    if target.fault is not None:
        return _faulty(target, link, document, context)
    if link.pointer == "#":
        return _lone_hash(link, identifiers(document))
    if target.file is None:
        return _in_document(target, link, document, suggest)
    return _in_other_file(target, link, document, context, suggest)


def _faulty(
    target: Place, link: Link, document: ParsedDocument, context: Context
) -> Trouble | None:
    match target.fault:
        case Fault.UNKNOWN_PREFIX:
            return _unknown_prefix(target.name, link.pointer, document)
        case Fault.PREFIX_NOT_MATCHED:
            return Trouble(
                PREFIX_NOT_MATCHED,
                f"is not of the form that `<prefixDef>` gives for “{target.name}”",
                "Correct the pointer, or the matchPattern of the prefix in the header.",
            )
        case Fault.BAD_XPOINTER:
            return Trouble(
                BAD_ADDRESS,
                f"points to nothing: “{shortened(target.name)}” is neither an xml:id nor an "
                "XPointer",
                "Write # and an xml:id, which has no parentheses.",
            )
        case Fault.INCOMPLETE_ADDRESS:
            meant = re.sub(r"^([A-Za-z]+):/*", r"\1://", link.pointer)
            return _meant(BAD_ADDRESS, "is not a complete address", meant)
        case Fault.ON_THIS_MACHINE:
            return Trouble(
                OUTSIDE,
                "is a path of one computer",
                "Put the file into the folder of the edition, and write its path from this file.",
            )
        case _:
            return None if context.root is None else _impossible_file(target.name)


def _unknown_prefix(prefix: str, pointer: str, document: ParsedDocument) -> Trouble:
    rest = pointer[len(prefix) + 1 :]
    if rest.startswith("//"):
        meant = nearest(prefix, ("https", "http", "ftp"))
        if meant is not None:
            return _meant(BAD_ADDRESS, "is not an address of the web", f"{meant}:{rest}")
    declared = nearest(prefix, prefixes(document))
    said = f"has the prefix “{prefix}”, which is not declared"
    if declared is not None:
        return _meant(UNKNOWN_PREFIX, said, f"{declared}:{rest}")
    return Trouble(UNKNOWN_PREFIX, said, "Declare it with `<prefixDef>` in the header.")


def _meant(kind: Kind, said: str, meant: str) -> Trouble:
    return Trouble(kind, f"{said}; did you mean “{meant}”?", f"Write “{meant}”.", meant)


# Within the document


def _lone_hash(link: Link, known: Mapping[str, str]) -> Trouble:
    said = "points to nothing: no xml:id follows the #"
    if link.behind in known:
        return _meant(NO_SUCH_ID, said, f"#{link.behind}")
    return Trouble(NO_SUCH_ID, said, "Write the xml:id behind the #, or take the attribute out.")


def _joined(pointer: str, behind: str, document: ParsedDocument) -> str | None:
    """Return the id that two pointers are which a space parts by mistake."""
    known = identifiers(document)
    if not pointer.startswith("#") or not behind or behind in known or "#" in behind:
        return None
    tried = (f"{pointer[1:]}{sign}{behind}" for sign in ("", "-", "_"))
    return next((joined for joined in tried if joined in known), None)


def _in_document(
    target: Place, link: Link, document: ParsedDocument, suggest: bool
) -> Trouble | None:
    known = identifiers(document)
    joined = _joined(link.pointer, link.behind, document)
    if joined and target.identifier not in known:
        return _meant(NO_SUCH_ID, "points to nothing: an xml:id has no spaces", f"#{joined}")
    found = _no_such_id(target, link, known, "in this file", suggest)
    if found is not None and (
        target.identifier in meant_identifiers(document)
        or (not found.meant and target.identifier == lost_identifier(document))
    ):
        # The misspelt attribute or the bad xml:id is the mistake, and told of already.
        return None
    # What is included may have it.
    return None if inclusions(document) else found


def _no_such_id(
    target: Place, link: Link, known: Collection[str], where: str, suggest: bool
) -> Trouble | None:
    wanted = [target.identifier] if target.identifier else target.others
    missing = next((identifier for identifier in wanted if identifier not in known), None)
    if missing is None:
        return None
    meant = _near_miss(missing, link, known) if suggest else None
    if meant is not None and not is_ncname(meant):
        # The xml:id is the mistake, and told of already.
        return None
    said = f"points to nothing: no element {where} has xml:id “{missing}”"
    if meant is None or not target.identifier:
        return Trouble(
            NO_SUCH_ID, said, "Mend the pointer, or give the element it means this xml:id."
        )
    before = link.pointer.rpartition("#")[0] if "#" in link.pointer else ""
    suggested = f"{before}#{meant}"
    return Trouble(
        NO_SUCH_ID,
        f"{said}; did you mean “{suggested}”?",
        f"Write “{suggested}”, or give the element it means this xml:id.",
        suggested,
    )


def _near_miss(identifier: str, link: Link, known: Collection[str]) -> str | None:
    """Return the id that was probably meant, if it is clearly one.

    Ids that differ in numbers are those of other things, not misspelt ones.
    """
    beside = {pointer.rpartition("#")[2] for pointer in (link.before, link.behind)}
    others = [
        other
        for other in known
        if other not in beside and (_DIGITS.sub("0", other) != _DIGITS.sub("0", identifier))
    ]
    meant = nearest(identifier, others)
    if meant is None or meant.lower() == identifier.lower():
        return meant
    again = nearest(identifier, [other for other in others if other != meant])
    ambiguous = again is not None and likeness(identifier, again) >= likeness(identifier, meant)
    return None if ambiguous else meant


# In other files


def _in_other_file(
    target: Place, link: Link, document: ParsedDocument, context: Context, suggest: bool
) -> Trouble | None:
    file = target.file
    if file is None:
        return None
    if context.root is None:
        return _outside_editions(file, link, document)
    if not is_below(file, context):
        return Trouble(
            OUTSIDE,
            "leads out of the folder of the edition",
            "Put the file into the folder of the edition, or write its address on the web.",
        )
    if not _exists(file):
        return _missing(file, link, document, context.root)
    wanted = bool(target.identifier or target.others)
    if os.path.isdir(file):  # noqa: PTH112
        is_file = wanted or link.element.rpartition("}")[2] in _FILES
        return _folder(file) if is_file else None
    if not wanted:
        return None
    same = str(file) == os.path.realpath(document.file)
    if same:
        return _no_such_id(target, link, identifiers(document), f"in {file.name}", suggest)
    known = identifiers_in(file)
    if known is None:
        return None
    found = _no_such_id(target, link, known, f"in {file.name}", suggest)
    if found is not None and not known.complete:
        return Trouble(
            NOT_FOLLOWED,
            f"cannot be followed: {file.name} is not well-formed",
            f"Mend {file.name} first.",
        )
    return found


def _outside_editions(file: Path, link: Link, document: ParsedDocument) -> Trouble | None:
    """Return that the # was forgotten: of a single file, the files beside it may be elsewhere."""
    forgotten = _is_bare_identifier(link.pointer, document) and not _exists(file)
    return _without_hash(link.pointer) if forgotten else None


def _is_bare_identifier(pointer: str, document: ParsedDocument) -> bool:
    return "#" not in pointer and pointer in identifiers(document)


def _exists(file: Path) -> bool:
    return os.path.exists(file)  # noqa: PTH110 (Path.exists raises where it may not look)


def _folder(file: Path) -> Trouble:
    return Trouble(
        NO_SUCH_FILE,
        f"points to a folder, {file.name}, not to a file",
        "Write the name of the file behind that of the folder.",
    )


def _missing(file: Path, link: Link, document: ParsedDocument, root: Path) -> Trouble:
    pointer = link.pointer
    if _is_bare_identifier(pointer, document):
        return _without_hash(pointer)
    if "://" in link.before:
        joined = f"{link.before}%20{pointer}"
        return _meant(BAD_ADDRESS, "is a part of an address with a space in it", joined)
    host = _HOST.fullmatch(pointer)
    if pointer.startswith("www.") or (host and host[1] in pointer_attributes().domains):
        return _meant(BAD_ADDRESS, "is taken for a file", f"https://{pointer}")
    if _MAIL.fullmatch(pointer):
        return _meant(BAD_ADDRESS, "is taken for a file", f"mailto:{pointer}")
    if "\\" in pointer:
        return _meant(
            NO_SUCH_FILE, "points to a file that is not there", pointer.replace("\\", "/")
        )
    return _no_such_file(file, link, document, root)


def _without_hash(pointer: str) -> Trouble:
    return Trouble(
        NO_SUCH_FILE,
        f"points to a file that is not there; did you mean “#{pointer}”?",
        f"Write “#{pointer}”: a pointer to an xml:id begins with #.",
        f"#{pointer}",
        forgotten_hash=True,
    )


def _impossible_file(name: str) -> Trouble:
    return Trouble(
        NO_SUCH_FILE,
        f"points to a file that cannot be: no file can be called “{shortened(name)}”",
        "Write the name of a file of the edition, or the address of a web page.",
    )


def _names_beside(file: Path) -> list[str]:
    try:
        return sorted(other.name for other in file.parent.iterdir())
    except OSError:
        return []


def _are_alike(name: str, other: str) -> bool:
    """Tell whether two files are of the same kind by their names: a .jpg is no .xml."""
    suffixes = [Path(each).suffix.lower()[:3] for each in (name, other)]
    return suffixes[0] == suffixes[1]


def _no_such_file(file: Path, link: Link, document: ParsedDocument, root: Path) -> Trouble:
    said = f"points to a file that is not there: {file.name}"
    near = nearest(file.name, [n for n in _names_beside(file) if _are_alike(n, file.name)])
    path, sign, fragment = link.pointer.partition("#")
    meant = near
    if path.endswith(file.name):
        elsewhere = None if near else _elsewhere(file, document, root)
        changed = f"{path.removesuffix(file.name)}{near}" if near else elsewhere
        meant = f"{changed}{sign}{fragment}" if changed else None
    if meant is None:
        hint = "Mend the pointer, or put the file in its place."
        return Trouble(NO_SUCH_FILE, said, hint, missing=_group(file.parent))
    return Trouble(
        NO_SUCH_FILE,
        f"{said}; did you mean “{meant}”?",
        f"Write “{meant}”, or put the file in its place.",
        meant,
    )


def _group(folder: Path) -> str:
    return str(folder) if _exists(folder) else "no folder"


def _elsewhere(file: Path, document: ParsedDocument, root: Path) -> str | None:
    """Return the path to the one file of this name in another folder of the edition.

    Looked at are the folder of the edition and those directly in it.
    """
    try:
        folders = [root, *(each for each in root.iterdir() if each.is_dir())]
        found = [folder / file.name for folder in folders if (folder / file.name).is_file()]
    except OSError:
        return None
    start = Path(document.file).parent
    return os.path.relpath(found[0], start).replace(os.sep, "/") if len(found) == 1 else None
