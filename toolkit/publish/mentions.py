"""Where a document names register entries: as items of the lists on the pages of registers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape

from toolkit.publish.page import Page
from toolkit.publish.record import DocumentRecord, Mention

_ITEM = re.compile(
    r'<template data-register="([^"]*)" data-entry="([^"]*)">(.*?)</template>', re.DOTALL
)
_LIST = re.compile(r'<ul data-entry="([^"]*)"></ul>')


def mentions_in(page: Page) -> tuple[Mention, ...]:
    """Return an item for each register entry that the document of the ``page`` names."""
    return tuple(
        Mention(unescape(register), unescape(entry), item)
        for register, entry, item in _ITEM.findall(page.mentions)
    )


def items_by_entry(register: str, records: Iterable[DocumentRecord]) -> Mapping[str, list[str]]:
    """Return the items of the entries of ``register``, by entry, in the order of ``records``."""
    found: dict[str, list[str]] = {}
    for record in records:
        for mention in record.mentions:
            if mention.register == register:
                found.setdefault(mention.entry, []).append(mention.item)
    return found


def with_items(page: str, items: Mapping[str, list[str]]) -> str:
    """Return the ``page`` of a register with its lists of places filled in."""
    return _LIST.sub(lambda found: f"<ul>{''.join(items.get(unescape(found[1]), ()))}</ul>", page)
