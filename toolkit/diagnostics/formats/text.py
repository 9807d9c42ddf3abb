"""For people: position, message, the line of the source with a caret, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.diagnostics.diagnostic import Diagnostic
from toolkit.diagnostics.sources import Sources

_WIDTH = 96


def render(diagnostics: Sequence[Diagnostic], sources: Sources) -> str:
    """Return one block of text a diagnostic."""
    return "".join(_block(d, sources) for d in diagnostics)


def _block(d: Diagnostic, sources: Sources) -> str:
    where = f"{_printable(d.file)}:{d.line}:{d.column}"
    lines = [f"{where}: {d.severity} {d.code}: {_printable(d.message)}"]
    lines += _excerpt(d, sources)
    if d.hint:
        lines.append(f"  = {_printable(d.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(d: Diagnostic, sources: Sources) -> list[str]:
    line = sources.line(d.file, d.line)
    if not line.strip() or d.column > len(line) + 1:
        return []
    start = max(0, d.column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    window = _printable(line[start : start + _WIDTH]).replace("\t", " ")
    gutter = f"{d.line} | "
    return ["  " + gutter + window, "  " + " " * len(gutter) + " " * (d.column - 1 - start) + "^"]


def _printable(text: str) -> str:
    """Replace control characters, so that a document cannot send commands to the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\t" else "�" for c in text)
