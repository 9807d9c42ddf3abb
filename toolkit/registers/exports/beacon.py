"""BEACON: which numbers of an authority file the edition has a page for.

https://gbv.github.io/beaconspec/beacon.html; a list for the GND, as most that use BEACON expect.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.registers.entry import RegisterEntry
from toolkit.registers.exports import Published
from toolkit.tei.authorities import authorities

_AUTHORITY = "GND"


def lacking(entries: Sequence[RegisterEntry]) -> str:
    """Return why there would be nothing in the list; "" if there is something."""
    if any(type_ == _AUTHORITY for entry in entries for type_, _ in entry.numbers):
        return ""
    return f"BEACON lists the entries that have a {_AUTHORITY} number, and none has one"


def export(entries: Sequence[RegisterEntry], published: Published) -> str:
    """Return the numbers, each with the address of its entry."""
    lines = [
        "#FORMAT: BEACON",
        "#VERSION: 0.1",
        f"#PREFIX: {authorities()[_AUTHORITY].address}",
        "#RELATION: http://www.w3.org/2000/01/rdf-schema#seeAlso",
    ]
    if published.title:
        lines.append(f"#NAME: {' '.join(published.title.split())}")
    found = {
        number: published.page_of(entry)
        for entry in reversed(entries)
        for type_, number in entry.numbers
        if type_ == _AUTHORITY
    }
    lines += [f"{number}||{page}" for number, page in sorted(found.items())]
    return "\n".join(lines) + "\n"
