"""Web pages: one for each document, and those about the edition as a whole.

The pages are static. They read well without scripts, ask nothing of other sites, work from a disk,
and cannot be made to run what a document says (``xslt/html.xsl``, ``toolkit/publish/site.py``).
"""

from __future__ import annotations

from dataclasses import replace

from toolkit.publish.about import about_pages
from toolkit.publish.citation import citation_files
from toolkit.publish.describe import describe_document
from toolkit.publish.earlier import Earlier
from toolkit.publish.images import ImageAddresses, image_inputs
from toolkit.publish.mentions import mentions_in
from toolkit.publish.page import make_page
from toolkit.publish.passages import passages_in
from toolkit.publish.publication import Publication, Published
from toolkit.publish.record import DocumentRecord
from toolkit.publish.search import parts_of, text_files, words_of
from toolkit.publish.site import assets
from toolkit.tei.parse import ParsedDocument

SUFFIX = "html"
LABEL = "web page"


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return the page of ``document``, its TEI and images, and what the pages share.

    Raises:
        DiagnosticError: a stylesheet failed (X101) or made a page without a head (P005).
    """
    publication = _including(stem, document, publication)
    made = make_page(stem, document, publication)
    files = {f"{stem}.html": made.html.encode(), **made.files}
    if publication.linked is None:  # else they come with the pages about the edition
        files |= assets(publication)
    if publication.title:
        entry = next(entry for entry in publication.documents if entry.stem == stem)
        files |= citation_files(entry, publication)
    passages = passages_in(made.tree)
    if publication.linked is not None:
        files |= text_files(stem, passages)
    record = DocumentRecord(mentions_in(made), words_of(passages), parts_of(passages))
    return Published(files, made.diagnostics, record)


def further_inputs(images: ImageAddresses) -> tuple[str, ...]:
    """Return what the page depends on beside the TEI and the publication: its images."""
    return image_inputs(images)


def publish_edition(publication: Publication, earlier: Earlier) -> Published:
    """Return the start page, the pages of the registers, and what all pages share.

    Raises:
        DiagnosticError: a stylesheet failed (X101) or made a page without a head (P005).
    """
    return about_pages(publication, earlier)


def _including(stem: str, document: ParsedDocument, publication: Publication) -> Publication:
    """Return the publication with ``document`` among its documents and a language to speak."""
    own = next((entry for entry in publication.documents if entry.stem == stem), None)
    if own and publication.language:
        return publication
    entry = own or describe_document(stem, document)
    return replace(
        publication,
        documents=publication.documents if own else (*publication.documents, entry),
        language=publication.language or entry.language,
    )
