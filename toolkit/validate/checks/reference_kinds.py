"""A person's name points to a person, a place's name to a place."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.tei.names import local_name
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.tei.registers import register_types
from toolkit.validate.context import Context
from toolkit.validate.grammar.words import tag
from toolkit.validate.kinds import kinds
from toolkit.validate.links import identifiers, identifiers_in, is_below, links, place

WRONG_KIND = Kind(
    "V404",
    "wrong-kind-of-entry",
    Severity.WARNING,
    "A name points to an entry of another kind: a person's name to a place, for example.",
)


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield the names whose ref leads to an entry of another kind."""
    if not context.references:
        return
    known = kinds()
    for link in links(document):
        name = local_name(link.element)
        if link.attribute != "ref" or name not in known.targets:
            continue
        target = place(link, document)
        if target is None or not target.identifier:
            continue
        if target.file is None:
            found = identifiers(document).get(target.identifier)
        elif is_below(target.file, context):
            found = (identifiers_in(target.file) or {}).get(target.identifier)
        else:
            found = None
        if found is None or found not in register_types().entries or found in known.targets[name]:
            continue
        yield WRONG_KIND.at(
            positions(document).attribute_of(link.number, "ref"),
            f'`ref="{link.pointer}"` on {tag(name)} points to a {tag(found)}, '
            f"not to {known.words[name]}",
            f"Point to {known.words[name]}, or use the element for a name of that kind.",
        )
