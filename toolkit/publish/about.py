"""The pages about the edition as a whole: the start page, the search, the registers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from lxml import etree

from toolkit.diagnostics import Diagnostic
from toolkit.publish.earlier import Earlier, Kept
from toolkit.publish.images import image_addresses, image_inputs
from toolkit.publish.mentions import items_by_entry, with_items
from toolkit.publish.messages import message_findings
from toolkit.publish.page import make_page, transform_page
from toolkit.publish.places import has_places, map_xml
from toolkit.publish.publication import Publication, Published, Register
from toolkit.publish.record import RECORDS, DocumentRecord
from toolkit.publish.search import index_files
from toolkit.publish.site import PUBLICATION_NAMESPACE, assets, pub, publication_xml, secured
from toolkit.publish.syndication import feed, sitemap
from toolkit.xslt import ParameterValue


def about_pages(publication: Publication, earlier: Earlier) -> Published:
    """Return the pages about the edition, and what all pages share.

    Raises:
        DiagnosticError: a stylesheet failed (X101) or made a page without a head (P005).
    """
    records = [earlier.record_of(entry.stem) for entry in publication.documents]
    kept = Kept(earlier)
    sources = {"index": publication_xml(publication), **_sources(publication, records)}
    about = [*sources, *(f"registers/{register.stem}" for register in publication.registers)]
    news = _for_machines(publication, about)
    pages = " ".join(
        [stem.rpartition("/")[2] for stem in sources if stem != "index"]
        + [path.removesuffix(".xml") for path in news]
    )
    files = {**index_files(publication, records), **news, **assets(publication)}
    findings: list[Diagnostic] = []
    for stem, source in sources.items():
        inputs = "\n".join((source, pages, publication_xml(publication)))
        made = kept.get(stem, inputs, partial(_edition_page, stem, source, pages, publication))
        files |= made.files
        findings.extend(made.diagnostics)
    for register in publication.registers:
        items = items_by_entry(register.stem, records)
        made = _register_page(register, publication, items.keys(), kept)
        files |= made.files
        path = f"registers/{register.stem}.html"
        files[path] = with_items(made.files[_unfilled(register)].decode(), items).encode()
        findings.extend(made.diagnostics)
    return Published({**files, **kept.record()}, tuple(findings))


def _sources(publication: Publication, records: Sequence[DocumentRecord]) -> dict[str, str]:
    """Return what the stylesheet makes the pages of that are no registers, by their stems."""
    found = {"search": _named("search"), "chronology": _named("chronology")}
    if any(entry.correspondents for entry in publication.documents):
        found["correspondence"] = _named("correspondence")
    if has_places(publication):
        found["map"] = map_xml(publication, records)
    return {f"edition/{name}": source for name, source in found.items()}


def _for_machines(publication: Publication, pages: Sequence[str]) -> dict[str, bytes]:
    if not publication.address:
        return {}
    files = {"sitemap.xml": sitemap(publication, pages), "feed.xml": feed(publication)}
    return {path: content for path, content in files.items() if content}


def _named(name: str) -> str:
    return f'<pub:{name} xmlns:pub="{PUBLICATION_NAMESPACE}"/>'


def _edition_page(stem: str, source: str, pages: str, publication: Publication) -> Published:
    """Return the page that the stylesheet makes of ``source``, which is no TEI."""
    path = f"{stem}.html"
    root = "../" * stem.count("/")
    parameters: dict[str, ParameterValue] = {"stem": stem, "root": root, "pages": pages}
    made = transform_page(source, publication, parameters, file=path)
    page = secured(made.text, path).encode()
    return Published({path: page}, message_findings(made.messages, path))


def _register_page(
    register: Register, publication: Publication, named: Collection[str], kept: Kept
) -> Published:
    """Return the page of a register, its lists of places still empty, and what goes with it."""
    stems = tuple(entry.stem for entry in publication.documents)
    publication = replace(publication, documents=(), linked=stems)
    occurrences = _occurrences_xml(named)

    def make() -> Published:
        made = make_page(
            f"registers/{register.stem}",
            register.document,
            publication,
            root="../",
            occurrences=occurrences,
        )
        return Published({_unfilled(register): made.html.encode(), **made.files}, made.diagnostics)

    images = image_inputs(image_addresses(register.document))
    inputs = repr((replace(publication, custom_stylesheets=None), register, occurrences, images))
    return kept.get(f"registers/{register.stem}", inputs, make)


def _unfilled(register: Register) -> str:
    return f"{RECORDS}/registers/{register.stem}"


def _occurrences_xml(named: Collection[str]) -> str:
    root = etree.Element(pub("occurrences"), nsmap={"pub": PUBLICATION_NAMESPACE})
    for entry in sorted(named):
        etree.SubElement(root, pub("entry"), id=entry)
    return str(etree.tostring(root, encoding="unicode"))
