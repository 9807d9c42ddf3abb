"""Reading all metadata of a source, and finding the blocks of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.convert.conventions.model import Convention
from toolkit.convert.ledger import TileKind
from toolkit.convert.metadata.catalogue import read_first_blocks, read_footer
from toolkit.convert.metadata.fields import Reading, Sign
from toolkit.convert.metadata.front_matter import read_front_matter, read_unfenced
from toolkit.convert.metadata.sources import read_in_text, read_sources, split_people
from toolkit.convert.text.blocks import Block, blocks
from toolkit.convert.text.characters import BYTE_ORDER_MARK
from toolkit.diagnostics import SourceText

_TAG = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")


def read_metadata(source: SourceText, convention: Convention) -> Reading:
    """Return the metadata of ``source`` and the blocks of its text."""
    text = source.text
    reading = Reading()
    start = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    if start:
        reading.signs.append(Sign(0, 1, TileKind.WHITESPACE, "byte order mark"))
    fenced = read_front_matter(source, start, convention.metadata, reading)
    if fenced == start:
        fenced = read_unfenced(source, start, convention.metadata, reading)
    start = fenced
    language = language_tag(reading.text("language"), convention) or convention.language or "und"
    left = _blocks(text, start, convention, reading)
    left = read_first_blocks(text, left, convention.metadata.first_blocks, language, reading)
    footer = convention.metadata.footer
    reading.body = read_footer(text, left, footer, language, reading) if footer else left
    read_in_text(text, convention.metadata, reading)
    read_sources(text, convention.metadata, reading)
    split_people(text, convention.metadata, reading)
    return reading


def language_tag(said: str, convention: Convention) -> str:
    """Return the BCP 47 tag for a language given as a tag or by name; nothing if unknown."""
    if said.casefold() in convention.language_names:
        return said.casefold()
    for tag, name in convention.language_names.items():
        if name.casefold() == said.strip().casefold():
            return tag
    primary = said.partition("-")[0]
    return said if _TAG.fullmatch(said) and len(primary) < 4 else ""


def original_languages(reading: Reading, convention: Convention) -> Iterator[str]:
    """Yield the languages of the original, as far as the source line tells them."""
    for reference in reading.sources:
        values = [reference.whole] if reference.whole else [value for _, value in reference.parts]
        said = " ".join(value.text for value in values if value)
        for rule in convention.original_languages:
            if rule.pattern.search(said):
                yield rule.value


def _blocks(text: str, start: int, convention: Convention, reading: Reading) -> list[Block]:
    rules = convention.furniture

    def is_furniture(a: int, b: int) -> bool:
        for rule in rules:
            if rule.pattern.fullmatch(text, a, b):
                reading.signs.append(Sign(a, b, TileKind.FURNITURE, rule.name))
                return True
        return False

    return list(blocks(text, start, len(text), is_furniture if rules else None))
