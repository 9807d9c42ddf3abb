"""When a document was last revised: the one date that outputs may carry.

The clock must not be in a file that is to be the same whenever it is made.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from toolkit.publish.query import elements
from toolkit.tei.parse import ParsedDocument

_DATED = (
    "tei:teiHeader/tei:revisionDesc//tei:change",
    "tei:teiHeader/tei:revisionDesc//tei:date",
    "tei:teiHeader/tei:fileDesc/tei:publicationStmt/tei:date",
    "tei:teiHeader/tei:fileDesc/tei:editionStmt//tei:date",
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands for a document without date: the beginning of time for ZIP archives."""


def last_revision(document: ParsedDocument) -> datetime:
    """Return the latest date in the header's record of revisions or publication, at midnight UTC.

    Sources: ``revisionDesc``, then ``publicationStmt`` and ``editionStmt`` (TEI Guidelines, 2.6
    and 2.2.4). Dates before 1980 are not the dates of a file.
    """
    for path in _DATED:
        dates = [
            date
            for element in elements(document.root, path)
            if (date := _date(element.get("when", ""))) and date >= UNDATED
        ]
        if dates:
            return max(dates)
    return UNDATED


def _date(value: str) -> datetime | None:
    match = _DATE.match(value)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
