"""What the pages about an edition need of one document, kept beside its page.

The pages of registers and the search are put together from these records, so that after a change
only the document that changed is read again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

RECORDS = ".tei-build"
"""The folder of the records in the output folder; nothing links there."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The places where a document names one register entry, as an item of a list on its page."""

    register: str
    entry: str
    item: str


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the pages about an edition need of one document.

    ``words`` says of each word where it stands, ``parts`` which passages begin a file of their
    texts (:mod:`toolkit.publish.search`).
    """

    mentions: tuple[Mention, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[int, ...] = ()

    def to_json(self) -> bytes:
        """Return the record as JSON in UTF-8."""
        data = {
            "mentions": [asdict(mention) for mention in self.mentions],
            "words": self.words,  # asdict would copy each of them
            "parts": self.parts,
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def record_path(stem: str) -> str:
    """Return where the record of a document lies below the output folder."""
    return f"{RECORDS}/documents/{stem}.json"


def record_from(content: bytes) -> DocumentRecord:
    """Return the record that ``content`` holds; an empty one if that is none."""
    try:
        data = json.loads(content)
        words = data["words"]
        if not set(map(type, words.values())) <= {str}:
            return DocumentRecord()
        mentions = tuple(Mention(**mention) for mention in data["mentions"])
        return DocumentRecord(mentions, words, tuple(map(int, data["parts"])))
    except (ValueError, TypeError, KeyError, AttributeError):
        return DocumentRecord()
