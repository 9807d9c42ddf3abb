"""What stays the same about a finding when the lines of its file are moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from toolkit.diagnostics.diagnostic import Diagnostic
from toolkit.diagnostics.sources import Sources


def place(d: Diagnostic, sources: Sources) -> str:
    """Return what stands at the place of the finding, white space made one space."""
    return " ".join(sources.content(d).split())


def fingerprints(
    diagnostics: Sequence[Diagnostic], files: Sequence[str], sources: Sources
) -> list[str]:
    """Return a fingerprint of each finding: of its file, code and content, and of its number.

    The number tells findings apart that agree in all else.

    Args:
        diagnostics: the findings, in their order.
        files: the name of the file of each, as it is to be written.
        sources: the texts of the files.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for d, file in zip(diagnostics, files, strict=True):
        key = (file, d.code, place(d, sources))
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        found.append(hashlib.sha256(text.encode()).hexdigest())
    return found
