"""Values of attributes as XML text."""

from __future__ import annotations

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def quoted(value: str) -> str:
    """Return the value of an attribute, escaped and in quotation marks (XML 1.0, 2.3).

    The standard library has it too (``xml.sax.saxutils``), with all that speaks HTTP, which takes
    longer to load than a short file to publish.
    """
    escaped = value.translate(_ESCAPES)
    if '"' not in escaped:
        return f'"{escaped}"'
    return f"'{escaped}'" if "'" not in escaped else '"' + escaped.replace('"', "&quot;") + '"'
