"""Every xml:id is a name, and used once in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.tei.identifiers import free_id, normalised, repeated_ids
from toolkit.tei.names import XML_ID, is_ncname
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.validate.context import Context
from toolkit.validate.survey import survey

BAD_ID = Kind(
    "V202",
    "bad-id",
    Severity.ERROR,
    "An xml:id must be a name: it begins with a letter or an underscore and has no spaces, colons "
    "or other signs (NCName, Namespaces in XML).",
)


def check(document: ParsedDocument, _context: Context) -> Iterator[Diagnostic]:
    """Yield the ids that are no names, and those used twice."""
    attributes = survey(document).identifiers
    given = [normalised(attribute.value) for attribute in attributes]
    used = set(given)
    wrong = [each for each in attributes if not is_ncname(normalised(each.value))]
    if not wrong and len(used) == len(given):
        return
    # Few documents have any, and those without need not know their pointers.
    from toolkit.validate.meant_identifiers import lost_identifier

    lost = lost_identifier(document)
    dangling = [p for p in _pointed_to(document) if p not in used] if wrong else []
    for attribute in wrong:
        identifier = normalised(attribute.value)
        proposed = free_id(_as_name(identifier), used)
        yield BAD_ID.at(
            positions(document).attribute_of(attribute.number, XML_ID),
            f"“{identifier}” cannot be an xml:id: {_why(identifier)}",
            f"Write a name, such as “{_meant(identifier, dangling) or lost or proposed}”, in the "
            "pointers to it too.",
        )
    if len(used) < len(given):
        for _element, finding in repeated_ids(document):
            hint = f"Give one of the two another, such as “{lost}”, which pointers look for."
            yield replace(finding, hint=hint) if lost else finding


def _pointed_to(document: ParsedDocument) -> list[str]:
    from toolkit.validate.links import links

    return [link.pointer[1:] for link in links(document) if link.pointer.startswith("#")]


def _meant(identifier: str, dangling: list[str]) -> str | None:
    """Return the id that pointers use for an element whose xml:id is no name."""
    from toolkit.validate.grammar.likeness import nearest

    return nearest(identifier, [pointer for pointer in dangling if is_ncname(pointer)])


def _why(identifier: str) -> str:
    if not identifier:
        return "it is empty"
    if any(c.isspace() for c in identifier):
        return "it has a space"
    if not is_ncname(identifier[0]):
        return f"it begins with “{identifier[0]}”, not with a letter"
    wrong = next((c for c in identifier if not is_ncname(f"a{c}")), "")
    return f"it has the sign “{wrong}”"


def _as_name(identifier: str) -> str:
    kept = "".join(c if is_ncname(f"a{c}") else "-" for c in identifier)
    kept = re.sub(r"--+", "-", kept).strip("-")
    return kept if is_ncname(kept) else f"id-{kept}".rstrip("-")
