"""JSON-LD in the terms of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.registers.entry import RegisterEntry, entry_kinds
from toolkit.registers.exports import Published
from toolkit.tei.authorities import authorities

# As they are, these could end a script element that the JSON is put into, or a line of JavaScript.
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def export(entries: Sequence[RegisterEntry], published: Published) -> str:
    """Return the entries as a graph."""
    graph = [_node(entry, published) for entry in entries]
    data = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(data, ensure_ascii=False, indent=2).translate(_ESCAPED) + "\n"


def _node(entry: RegisterEntry, published: Published) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": published.page_of(entry),
        "@type": entry_kinds()[entry.kind].type,
        "name": entry.name,
        "alternateName": list(entry.variants),
        "familyName": entry.surname,
        "givenName": entry.forename,
        "birthDate": entry.birth,
        "deathDate": entry.death,
        "startDate" if entry.kind == "event" else "datePublished": entry.date,
        "description": entry.note,
        "sameAs": list(_addresses(entry)),
    }
    if entry.author:
        node["author"] = {"@type": "Person", "name": entry.author}
    if entry.latitude:
        node["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": entry.latitude,
            "longitude": entry.longitude,
        }
    return {name: value for name, value in node.items() if value}


def _addresses(entry: RegisterEntry) -> Iterator[str]:
    for type_, number in entry.numbers:
        if type_ in authorities():
            yield authorities()[type_].uri(number)
        elif number.startswith(("https://", "http://")):
            yield number
