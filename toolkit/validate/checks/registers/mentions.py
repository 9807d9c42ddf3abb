"""Every entry of a register is mentioned somewhere in the edition.

Some editions prepare a register before they tag names, so this is only a note. Of entries that only
names mention which wait for an editor nothing is said: ``tei review`` asks about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Severity
from toolkit.files import version
from toolkit.tei.names import XML_ID
from toolkit.tei.parse import ParsedDocument, open_file
from toolkit.tei.positions import positions
from toolkit.tei.registers import entries_of, register_files
from toolkit.validate.context import Context
from toolkit.validate.links import links, place

if TYPE_CHECKING:
    from lxml import etree

NOT_MENTIONED = Kind(
    "V406",
    "entries-not-mentioned",
    Severity.NOTE,
    "Entries of a register are mentioned in no document of the edition: readers find them in the "
    "register, but without a place in the text.",
)

_MOST_NAMED = 20
_ATTRIBUTE_VALUE = re.compile(r"""=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_PREFIXED = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^/]")


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield that entries of a register are mentioned nowhere in the edition."""
    if not context.references:
        return
    documents = _documents(context)
    if not documents:
        return
    entries = [entry for entry in entries_of(document.root) if entry.get(XML_ID)]
    # What waits for an editor is not tagged yet, but may well be a mention.
    mentioned = _mentioned_in(documents, document, context) | context.awaited
    unmentioned = [entry for entry in entries if not _is_mentioned(entry, mentioned)]
    if unmentioned:
        yield NOT_MENTIONED.at(
            positions(document).element(unmentioned[0]),
            _said(unmentioned, len(entries)),
            "Tag their names in the documents (tei annotate finds them), or take the entries out.",
        )


def _is_mentioned(entry: etree._Element, mentioned: frozenset[str]) -> bool:
    """Tell whether an entry is, or one within it, as a town is within its country."""
    return any(each.get(XML_ID) in mentioned for each in entry.iter("{*}*"))


def _said(unmentioned: list[etree._Element], entries: int) -> str:
    names = [f"“{entry.get(XML_ID)}”" for entry in unmentioned]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    which = ", ".join(names[:_MOST_NAMED]) + more
    if len(names) == 1:
        return f"the entry {which} is mentioned in no document"
    if len(names) == entries:
        return f"none of the {entries} entries is mentioned in a document: {which}"
    return f"{len(names)} of {entries} entries are mentioned in no document: {which}"


def _documents(context: Context) -> tuple[Path, ...]:
    """Return the documents of the edition without its registers."""
    if context.documents is None:
        return ()
    files = (path.resolve() for path in register_files(context.documents))
    return tuple(file for file in files if file not in context.register_files)


def _mentioned_in(
    documents: tuple[Path, ...], register: ParsedDocument, context: Context
) -> frozenset[str]:
    """Return what may be an id of an entry in the pointers of the edition."""
    here = Path(register.file).resolve()
    others = (file for file in context.register_files if file != here)
    return frozenset().union(
        _mentions(register, is_register=True),
        *(_in_register(file, version(file)) for file in others),
        *(_in_document(file, version(file)) for file in documents),
    )


@lru_cache(maxsize=64)
def _in_register(file: Path, _version: tuple[int, int] | None) -> frozenset[str]:
    return _mentions_of(file, is_register=True)


@lru_cache(maxsize=4096)
def _in_document(file: Path, _version: tuple[int, int] | None) -> frozenset[str]:
    return _mentions_of(file, is_register=False)


def _mentions_of(file: Path, *, is_register: bool) -> frozenset[str]:
    try:
        return frozenset(_mentions(open_file(file), is_register=is_register))
    except DiagnosticError:
        return frozenset()  # told of where the file itself is validated


def _mentions(document: ParsedDocument, *, is_register: bool) -> set[str]:
    """Return all that may be an id in attributes: too much does no harm, too little would.

    Editions point by ``#id``, by ``prefix:id`` and by ``key``; in a register, where every entry
    has its own id as an attribute, only the first two count.
    """
    found: set[str] = set()
    text = document.utf8.decode()
    for match in _ATTRIBUTE_VALUE.finditer(text):
        for part in (match[1] or match[2] or "").split():
            signs = max(part.rfind("#"), part.rfind(":"))
            if signs >= 0 or not is_register:
                found.add(unquote(part[signs + 1 :]))
    if "prefixDef" in text:
        found.update(_declared(document))
    return found


def _declared(document: ParsedDocument) -> Iterator[str]:
    """Yield the ids that pointers with declared prefixes lead to."""
    for link in links(document):
        if _PREFIXED.match(link.pointer):
            target = place(link, document)
            if target is not None and target.identifier:
                yield target.identifier
