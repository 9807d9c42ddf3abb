"""What a list of documents tells of one document, read from its header."""

from __future__ import annotations

import json
import re
from functools import cache

from lxml import etree

from toolkit.publish.publication import DocumentEntry
from toolkit.publish.query import elements, text_of
from toolkit.publish.revision import UNDATED, last_revision
from toolkit.resources import SCHEMAS
from toolkit.tei.names import XML_LANG, tei
from toolkit.tei.parse import ParsedDocument

_TITLE = (
    "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title[@level='a'][@type='main']",
    "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title[@level='a'][not(@type='sub')]",
    "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title"
    "[@type='main'][not(@level='s' or @level='j')]",
    "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title"
    "[not(@type='sub') and not(@level='s' or @level='j')]",
    "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title",
    "tei:text//tei:titlePart",
    "tei:text//tei:head",
)
_AUTHOR = "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:author"
_SENT = "tei:teiHeader/tei:profileDesc/tei:correspDesc/tei:correspAction[@type='sent']"
_RECEIVED = "tei:teiHeader/tei:profileDesc/tei:correspDesc/tei:correspAction[@type='received']"
_DATE = (
    f"{_SENT}/tei:date",
    "tei:teiHeader/tei:profileDesc/tei:creation//tei:date",
    "tei:teiHeader/tei:fileDesc/tei:sourceDesc//tei:origDate",
    "tei:teiHeader/tei:fileDesc/tei:sourceDesc//tei:date",
)
_BEGINNINGS = ("when", "from", "notBefore", "to", "notAfter", "when-iso", "from-iso")
_ENDS = ("to", "notAfter", "to-iso")
_W3C_DATE = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")
_PARTIES = "tei:persName|tei:orgName|tei:name|tei:rs"
_PARTS_OF_BODY = (
    "tei:text/tei:body/*[not(self::tei:head or self::tei:pb or self::tei:milestone"
    " or self::tei:fw)]"
)
_ABSTRACT = ("tei:teiHeader/tei:profileDesc/tei:abstract",)


def describe_document(stem: str, document: ParsedDocument) -> DocumentEntry:
    """Return title, date, correspondents, genre and abstract of ``document``.

    What the header does not say is empty; a document without any title is called by its stem. The
    sources are the title statement, the correspondence description (TEI Guidelines, 2.4.6), the
    creation and the source description.
    """
    root = document.root
    date, date_end, date_text = _date(root)
    return DocumentEntry(
        stem=stem,
        title=_first_text(root, _TITLE) or stem,
        date=date,
        date_end=date_end,
        kind=_kind(root),
        sender=_parties(root, _SENT),
        recipient=_parties(root, _RECEIVED),
        place=_first_text(root, (f"{_SENT}/tei:placeName", f"{_SENT}/tei:settlement")),
        date_text=date_text,
        abstract=_first_text(root, _ABSTRACT),
        language=_language(root),
        sender_ids=_pointers(root, _SENT),
        recipient_ids=_pointers(root, _RECEIVED),
        revised=_revised(document),
        author=_authors(root),
    )


def _first_text(root: etree._Element, paths: tuple[str, ...]) -> str:
    texts = (text_of(element) for path in paths for element in elements(root, path))
    return next((text for text in texts if text), "")


def _date(root: etree._Element) -> tuple[str, str, str]:
    """Return the date, the end of the time if it is one, and the words of the header."""
    for path in _DATE:
        for element in elements(root, path):
            date = _w3c_date(element, _BEGINNINGS)
            if date:
                end = "" if element.get("when") else _w3c_date(element, _ENDS)
                return date, "" if end == date else end, text_of(element) or date
    return "", "", next((text_of(e) for path in _DATE for e in elements(root, path)), "")


def _w3c_date(element: etree._Element, names: tuple[str, ...]) -> str:
    found = (_W3C_DATE.match(element.get(name, "")) for name in names)
    return next((match[0] for match in found if match), "")


def _parties(root: etree._Element, action: str) -> str:
    path = "|".join(f"{action}/{name}" for name in _PARTIES.split("|"))
    return "; ".join(text for text in (text_of(e) for e in elements(root, path)) if text)


def _authors(root: etree._Element) -> str:
    """Return the authors, without what stands beside their names (numbers of authority files)."""
    names = " or ".join(f"self::{name}" for name in _PARTIES.split("|"))
    found = (elements(author, f"*[{names}]") or [author] for author in elements(root, _AUTHOR))
    texts = (text_of(name) for named in found for name in named)
    return "; ".join(text for text in texts if text)


def _revised(document: ParsedDocument) -> str:
    date = last_revision(document)
    return "" if date == UNDATED else date.date().isoformat()


def _pointers(root: etree._Element, action: str) -> str:
    """Return the pointers to the register entries of the parties, if each of them has one."""
    path = "|".join(f"{action}/{name}" for name in _PARTIES.split("|"))
    found = [element.get("ref", element.get("key", "")) for element in elements(root, path)]
    return " ".join(sorted(found)) if all(found) else ""


def _kind(root: etree._Element) -> str:
    terms = elements(root, "tei:teiHeader/tei:profileDesc/tei:textClass//tei:term[@type='genre']")
    if terms:
        return text_of(terms[0])
    parts = elements(root, _PARTS_OF_BODY)
    kind = parts[0].get("type", "") if len(parts) == 1 and parts[0].tag == tei("div") else ""
    return "" if kind in _types_of_parts() else kind


@cache
def _types_of_parts() -> frozenset[str]:
    """Return the types of divisions that are no genre."""
    data = json.loads((SCHEMAS / "divisions.json").read_text(encoding="utf-8"))
    return frozenset(data["parts"])


def _language(root: etree._Element) -> str:
    texts = elements(root, "tei:text")
    own = texts[0].get(XML_LANG) if texts else None
    return own or root.get(XML_LANG) or ""
