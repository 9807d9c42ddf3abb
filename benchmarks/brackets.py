"""Counts the brackets of real transcriptions: encoded by a rule, reported, or neither.

    python benchmarks/brackets.py PROFILE FILE... [--show]

A bracket counts as encoded if its opening sign is a sign of notation, furniture or metadata in
the ledger; as reported if a finding stands at its place; as silent if it is neither. With --show,
those that are not encoded are printed with their places.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from toolkit.convert import Conversion, Publication, convert, load_convention
from toolkit.convert.ledger import TileKind
from toolkit.diagnostics import DiagnosticError, SourceText
from toolkit.files import read_text

OPENING = "[{⟦⟨"


def brackets(source: SourceText, conversion: Conversion) -> Iterator[tuple[int, str]]:
    """Yield the offset of each opening bracket, and what became of it."""
    tiles = conversion.ledger.tiles
    starts = [tile.start for tile in tiles]
    told = {(found.line, found.column) for found in conversion.diagnostics}
    for offset, character in enumerate(source.text):
        if character not in OPENING:
            continue
        tile = tiles[bisect_right(starts, offset) - 1]
        where = source.position(offset)
        if tile.kind is not TileKind.TEXT:
            yield offset, "encoded"
        elif (where.line, where.column) in told:
            yield offset, "reported"
        else:
            yield offset, "silent"


def main(profile: str, files: list[str], *, show: bool) -> None:
    """Print the counts for ``files`` under ``profile``."""
    convention = load_convention(profile)
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for file in files:
        source = read_text(Path(file))
        try:
            conversion = convert(source, convention, Publication("", ""))
        except DiagnosticError as error:
            counts["refused"] += 1
            sys.stdout.write(f"{error}\n")
            continue
        codes.update(found.code for found in conversion.diagnostics)
        for offset, fate in brackets(source, conversion):
            counts[fate] += 1
            if show and fate != "encoded":
                excerpt = " ".join(source.text[max(0, offset - 25) : offset + 50].split())
                sys.stdout.write(f"{fate:9} {source.position(offset)}: {excerpt}\n")
    total = sum(counts[fate] for fate in ("encoded", "reported", "silent"))
    unknown = 100 * (total - counts["encoded"]) / total if total else 0.0
    sys.stdout.write(
        f"{profile}: {len(files)} files, {total} brackets, {dict(counts)}, "
        f"{unknown:.1f} in 100 not encoded; findings {dict(sorted(codes.items()))}\n"
    )


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--show"]
    main(arguments[0], arguments[1:], show="--show" in sys.argv)
