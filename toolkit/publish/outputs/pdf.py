"""PDF: pages of print quality, accessible (PDF/UA-1) and fit for archives (PDF/A-2a)."""

from __future__ import annotations

from toolkit.publish.fonts import installed_fonts
from toolkit.publish.printing import image_files, incomplete, print_document
from toolkit.publish.publication import Publication, Published
from toolkit.publish.revision import last_revision
from toolkit.publish.typesetting import typeset
from toolkit.tei.parse import ParsedDocument

SUFFIX = "pdf"


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return the PDF of ``document`` and what is amiss with it.

    Words lost (P010) and characters no font has (P101) are errors.

    Raises:
        DiagnosticError: a stylesheet failed (X101) or the typesetter stopped (P102).
    """
    printed = print_document(stem, document, publication)
    done = typeset(
        document,
        printed,
        installed_fonts(),
        images=image_files(document, printed),
        date=last_revision(document),
    )
    lost = incomplete(document, printed, name="PDF")
    return Published({f"{stem}.{SUFFIX}": done.pdf}, (*lost, *done.diagnostics))
