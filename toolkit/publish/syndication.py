"""What tells machines on the web of the edition: a sitemap and a feed.

Both need the address of the edition, and are made only if it states one. Their dates are those of
the documents' own records of revision, never those of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from toolkit.publish.citation import address_of
from toolkit.publish.publication import DocumentEntry, Publication

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ATOM = "http://www.w3.org/2005/Atom"
_MOST_NEWS = 50
_MOST_ADDRESSES = 50_000


def sitemap(publication: Publication, pages: Iterable[str]) -> bytes:
    """Return the sitemap (sitemaps.org, 0.9): the pages about the edition, then the documents.

    Args:
        publication: the edition, with its address.
        pages: the stems of the pages about the edition.
    """
    root = etree.fromstring(f'<urlset xmlns="{_SITEMAP}"/>')
    revised = {entry.stem: entry.revised for entry in publication.documents}
    for stem in [*pages, *revised][:_MOST_ADDRESSES]:
        element = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        address = publication.address if stem == "index" else address_of(stem, publication)
        etree.SubElement(element, f"{{{_SITEMAP}}}loc").text = address
        if revised.get(stem):
            etree.SubElement(element, f"{{{_SITEMAP}}}lastmod").text = revised[stem]
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def feed(publication: Publication) -> bytes:
    """Return an Atom feed (RFC 4287) of the documents revised last; nothing if none has a date."""
    revised = [entry for entry in publication.documents if entry.revised]
    news = sorted(revised, key=lambda entry: (entry.revised, entry.stem), reverse=True)[:_MOST_NEWS]
    if not news:
        return b""
    root = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    _add(root, "id", publication.address)
    _add(root, "title", publication.title)
    _add(root, "updated", _moment(news[0].revised))
    etree.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=f"{publication.address}feed.xml")
    etree.SubElement(root, f"{{{_ATOM}}}link", href=publication.address)
    author = etree.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", ", ".join(publication.editors) or publication.title)
    for entry in news:
        _add_entry(root, entry, publication)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add_entry(root: etree._Element, entry: DocumentEntry, publication: Publication) -> None:
    element = etree.SubElement(root, f"{{{_ATOM}}}entry")
    address = address_of(entry.stem, publication)
    _add(element, "id", address)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.revised))
    etree.SubElement(element, f"{{{_ATOM}}}link", href=address)
    if entry.abstract:
        _add(element, "summary", entry.abstract)


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _moment(date: str) -> str:
    return f"{date}T00:00:00Z"
