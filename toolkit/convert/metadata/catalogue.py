"""Metadata in blocks: in order at the head of a file, and in the catalogue entry at its end."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.convert.conventions.model import FieldBlock, Footer
from toolkit.convert.metadata.fields import Reading, named_parts, value_of
from toolkit.convert.text.blocks import Block, Line
from toolkit.dates import normalise


def read_first_blocks(
    text: str, blocks: list[Block], rules: Sequence[FieldBlock], language: str, reading: Reading
) -> list[Block]:
    """Read the blocks that hold metadata by their order; return the blocks that are left."""
    left = list(blocks)
    for rule in rules:
        if left and _matches(text, left[0], rule, language):
            _read(text, left.pop(0), rule, reading)
        elif not rule.optional:
            break
    return left


def read_footer(
    text: str, blocks: list[Block], rules: Footer, language: str, reading: Reading
) -> list[Block]:
    """Read the catalogue entry after the marker; return the blocks before it."""
    index = next(
        (i for i in range(len(blocks) - 1, -1, -1) if _marker_line(text, blocks[i], rules)), None
    )
    if index is None:
        return blocks
    marker = _marker_line(text, blocks[index], rules)
    assert marker is not None  # noqa: S101 (index was chosen so)
    before = blocks[:index] + _part(blocks[index], 0, marker.start)
    reading.delimiter(marker.start, marker.end, rules.marker.pattern)
    after = _part(blocks[index], marker.end, blocks[index].end) + blocks[index + 1 :]
    _read_entries(text, after, rules, reading)
    summary = rules.summary
    if summary and len(before) > 1 and _matches(text, before[-1], summary, language):
        _read(text, before.pop(), summary, reading)
    return before


def _marker_line(text: str, block: Block, rules: Footer) -> Line | None:
    return next(
        (line for line in block.lines if rules.marker.fullmatch(text, line.start, line.end)), None
    )


def _part(block: Block, start: int, end: int) -> list[Block]:
    kept = tuple(line for line in block.lines if start <= line.start and line.end <= end)
    return [Block(kept[0].start, kept[-1].end, kept)] if kept else []


def _read_entries(text: str, blocks: list[Block], rules: Footer, reading: Reading) -> None:
    label = ""
    for block in blocks:
        for entry in _by_label(text, block, rules):
            words = text[entry.start : entry.end]
            if words in rules.labels:
                label = words
                reading.delimiter(entry.start, entry.end, "catalogue label")
            else:
                _read_entry(text, entry, label, rules, reading)


def _by_label(text: str, block: Block, rules: Footer) -> list[Block]:
    parts: list[list[Line]] = [[]]
    for line in block.lines:
        if text[line.start : line.end] in rules.labels:
            parts += [[line], []]
        else:
            parts[-1].append(line)
    return [Block(part[0].start, part[-1].end, tuple(part)) for part in parts if part]


def _read_entry(text: str, block: Block, label: str, rules: Footer, reading: Reading) -> None:
    for rule in rules.blocks:
        taken = rule.once and rule.field in reading.fields
        words = text[block.start : block.end]
        differs = rule.same_as and all(
            v.text != words for v in reading.fields.get(rule.same_as, ())
        )
        if not taken and not differs and rule.pattern.fullmatch(text, block.start, block.end):
            _read(text, block, rule, reading)
            return
    value = value_of(text, block.start, block.end)
    if rules.labels.get(label):
        reading.add(rules.labels[label], value)
    else:
        reading.unknown.append((label, value))


def _matches(text: str, block: Block, rule: FieldBlock, language: str) -> bool:
    if rule.one_line and len(block.lines) > 1:
        return False
    if rule.has_date and normalise(text[block.start : block.end], language) is None:
        return False
    return rule.pattern.fullmatch(text, block.start, block.end) is not None


def _read(text: str, block: Block, rule: FieldBlock, reading: Reading) -> None:
    found = rule.pattern.fullmatch(text, block.start, block.end)
    parts = list(named_parts(found)) if found else []
    if not parts:
        reading.add(rule.field, value_of(text, block.start, block.end))
        return
    at = block.start
    for name, start, end in parts:
        reading.delimiter(at, start, rule.name)
        reading.add(name, value_of(text, start, end))
        at = end
    reading.delimiter(at, block.end, rule.name)
