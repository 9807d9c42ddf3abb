"""Which version of a schema a file is."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from toolkit.expressions import expression
from toolkit.validate.bundled import bundled_with_grammar

# What the TEI Stylesheets write at the top of every schema that they make of an ODD; one of the
# spaces is a no-break space.
_OF_TEI = expression(r"TEI Edition:\s+(?:P5\s+)?Version\s+(\d+(?:\.\d+)+\w*)")
_TOP = 1 << 14
_SHOWN = 12


@lru_cache(maxsize=32)
def version_of(file: Path) -> str:
    """Return the TEI release that a schema says it is of, and the beginning of its SHA-256.

    It is empty if the file cannot be read: who validates with it will be told.
    """
    known = bundled_with_grammar(file)
    if known is not None:
        return known.version
    try:
        content = file.read_bytes()
    except OSError:
        return ""
    return version_in(content)


def version_in(content: bytes) -> str:
    """Return the version of a schema with this content."""
    found = _OF_TEI.search(content[:_TOP].decode(errors="replace"))
    digest = f"sha256 {hashlib.sha256(content).hexdigest()[:_SHOWN]}"
    return f"TEI P5 {found[1]}, {digest}" if found else digest
