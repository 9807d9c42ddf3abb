"""The marks that git leaves in a file where two versions could not be merged."""

from __future__ import annotations

from toolkit.diagnostics import Position, SourceText
from toolkit.expressions import expression

MESSAGE = "a merge has left both versions here, between <<<<<<< and >>>>>>>"
HINT = "Keep what holds of both, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."

_BEGINNING = expression(r"(?m)^<{7}(?= |\r?$)")
_END = expression(r"(?m)^>{7}(?= |\r?$)")


def first_merge_mark(source: SourceText) -> Position | None:
    """Return where the first passage that was not merged begins (git-merge, conflict markers)."""
    beginning = _BEGINNING.search(source.text)
    if beginning is None or not _END.search(source.text, beginning.end()):
        return None
    return source.position(beginning.start())
