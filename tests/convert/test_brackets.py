"""Brackets of real transcriptions: each encoded by a rule or reported, and a sample seen by eye.

``expected/brackets.json`` names a hundred brackets by file and offset, with the rule that reads
each and the element it becomes; an editor has looked at every one of them. An empty rule is a
bracket that stays as it is written: reported, or verbatim in a field of the header.
"""

import json
import os
from bisect import bisect_right
from collections import Counter
from pathlib import Path

import pytest

from toolkit.convert import Conversion, Publication, convert, load_convention
from toolkit.convert.ledger import Tile, TileKind
from toolkit.diagnostics import SourceText
from toolkit.files import read_text

PROFILES = {
    "dfat": "dfat",
    "jfk-russia": "soviet-telegrams",
    "wilson": "wilson-center",
    "military-lots": "default",
}
MOST_UNKNOWN = 0.03


def _convert(path: Path) -> tuple[SourceText, Conversion]:
    source = read_text(path)
    convention = load_convention(PROFILES[path.parent.name])
    return source, convert(source, convention, Publication("", ""))


def _tile(conversion: Conversion, offset: int) -> Tile:
    starts = [tile.start for tile in conversion.ledger.tiles]
    return conversion.ledger.tiles[bisect_right(starts, offset) - 1]


@pytest.mark.parametrize("folder", PROFILES)
def test_every_bracket_is_encoded_or_reported_and_few_are_unknown(
    data_folder: Path, folder: str
) -> None:
    fates: Counter[str] = Counter()
    for path in sorted((data_folder / "transcriptions" / folder).iterdir()):
        if path.suffix == ".docx":
            continue
        source, conversion = _convert(path)
        told = {(found.line, found.column) for found in conversion.diagnostics}
        for offset in (i for i, character in enumerate(source.text) if character in "[{⟦⟨"):
            where = source.position(offset)
            is_text = _tile(conversion, offset).kind is TileKind.TEXT
            reported = (where.line, where.column) in told
            assert reported or not is_text, f"{where}: neither encoded nor reported"
            fates["unknown" if is_text else "encoded"] += 1
    assert fates["unknown"] <= MOST_UNKNOWN * max(fates.total(), 1)


def test_a_sample_of_a_hundred_brackets_is_encoded_as_an_editor_saw_it(
    data_folder: Path, repository: Path
) -> None:
    file = repository / "tests" / "convert" / "expected" / "brackets.json"
    sample = json.loads(file.read_text(encoding="utf-8"))
    found = []
    converted: dict[str, Conversion] = {}
    for bracket in sample:
        name = bracket["file"]
        if name not in converted:
            converted[name] = _convert(data_folder / name)[1]
        tile = _tile(converted[name], bracket["offset"])
        convention = load_convention(PROFILES[Path(name).parent.name])
        elements = {rule.name: rule.tei.element for rule in convention.notation}
        elements |= {rule.name: rule.tei.element for rule in convention.footnotes}
        rule = tile.rule if tile.at < 0 else ""
        found.append({**bracket, "rule": rule, "element": elements.get(rule, "")})
    if os.environ.get("UPDATE_EXPECTED"):
        lines = ",\n".join(json.dumps(bracket, ensure_ascii=False) for bracket in found)
        file.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    assert len(sample) == 100
    assert found == sample
