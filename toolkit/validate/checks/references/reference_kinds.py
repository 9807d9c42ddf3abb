"""A person's name points to a person, a speech to who speaks, a reading to a witness."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.tei.names import local_name
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.tei.registers import register_types
from toolkit.validate.context import Context
from toolkit.validate.grammar.words import shortened, tag
from toolkit.validate.kinds import TargetKind, kinds
from toolkit.validate.links import Link, identifiers, identifiers_in, is_below, links, place

WRONG_KIND = Kind(
    "V404",
    "wrong-kind-of-entry",
    Severity.WARNING,
    "A pointer leads to something of another kind than its element or attribute is for: a person's "
    "name to a place, for example.",
)


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield the pointers that lead to something of another kind."""
    told: set[tuple[str, str]] = set()
    for link in links(document):
        kind = _kind(link)
        if kind is None:
            continue
        found = _target(link, document, context)
        if found is None or found in kind.targets or not _is_known(link, found):
            continue
        if link.attribute != "ref" and (link.attribute, link.pointer) in told:
            continue
        told.add((link.attribute, link.pointer))
        yield WRONG_KIND.at(
            positions(document).attribute_of(link.number, link.attribute),
            f'`{link.attribute}="{shortened(link.pointer)}"` on {tag(link.element)} points to a '
            f"{tag(found)}, not to {kind.words}",
            _advice(link, kind),
        )


def _kind(link: Link) -> TargetKind | None:
    if link.attribute == "ref":
        return kinds().elements.get(local_name(link.element))
    return kinds().attributes.get(link.attribute)


def _is_known(link: Link, found: str) -> bool:
    """Tell whether ``found`` is something that the pointer could be mistaken about."""
    return link.attribute != "ref" or found in register_types().entries


def _target(link: Link, document: ParsedDocument, context: Context) -> str | None:
    """Return the local name of the element that a pointer leads to."""
    target = place(link, document)
    if target is None or not target.identifier:
        return None
    if target.file is None:
        return identifiers(document).get(target.identifier)
    known = identifiers_in(target.file) if is_below(target.file, context) else None
    return None if known is None else known.get(target.identifier)


def _advice(link: Link, kind: TargetKind) -> str:
    if link.attribute == "ref":
        return f"Point to {kind.words}, or use the element for a name of that kind."
    return f"Point to {kind.words}, or use another attribute."
