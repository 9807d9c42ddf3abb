"""PDF: pages of print quality, accessible (PDF/UA-1) and fit for archives (PDF/A-3)."""

from __future__ import annotations

from toolkit.publish.apparatus.passes import typeset_keyed
from toolkit.publish.font_choice import choose_fonts
from toolkit.publish.fonts import fingerprint, fonts_for
from toolkit.publish.glyphs import describe_missing, unset_texts
from toolkit.publish.images import ImageAddresses, image_inputs
from toolkit.publish.messages import message_findings
from toolkit.publish.overfull import describe_cut
from toolkit.publish.own_check import own_functions
from toolkit.publish.pdf_text import read_pdf
from toolkit.publish.printing import (
    image_files,
    images_not_shown,
    incomplete,
    print_document,
)
from toolkit.publish.publication import Publication, Published
from toolkit.publish.revision import last_revision
from toolkit.publish.typesetting import (
    Job,
    tei_attachment,
    tei_text,
)
from toolkit.tei.parse import ParsedDocument

SUFFIX = "pdf"
LABEL = "PDF"
_RAISED = frozenset({"added", "superscript", "subscript"})


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return the PDF of ``document`` and what is amiss with it.

    Words lost (P010) and characters no font has (P101) are errors. Words are looked for in the
    finished file, on its pages; only those with characters that are told by P101 are not expected.
    Images that cannot be shown are warnings (P020).

    Raises:
        DiagnosticError: a stylesheet failed (X101) or the typesetter stopped (P102, P110).
    """
    own = own_functions(publication)
    printed = print_document(stem, document, publication)
    fonts = fonts_for(publication)
    chosen = choose_fonts(printed.xml, fonts, publication.print.layout.fonts)
    done = typeset_keyed(
        Job(
            document.file,
            printed.xml,
            fonts,
            last_revision(document),
            images=image_files(document, printed.xml),
            chosen=chosen,
            attachments=(tei_attachment(stem, tei_text(document)),),
            layout=publication.print.layout,
            own=own.functions,
        ),
        publication.print.notes,
    )
    shown = read_pdf(done.pdf)
    found = (
        *incomplete(
            document,
            printed,
            shown.texts,
            name=LABEL,
            borders=_RAISED,
            unreadable=chosen.absent | frozenset("".join(done.unset)),
            spaces_are_sure=False,
            advice=own.advice,
        ),
        *describe_missing(document, chosen.absent, fonts),
        *unset_texts(document, done.unset),
        *describe_cut(document.file, shown),
        *done.diagnostics,
        *own.diagnostics,
        *images_not_shown(document, printed.xml),
        *message_findings(printed.messages, document.file),
    )
    return Published({f"{stem}.{SUFFIX}": done.pdf}, found)


def further_inputs(images: ImageAddresses) -> tuple[str, ...]:
    """Return what the PDF depends on beside the TEI and the publication: images and fonts."""
    return (*image_inputs(images), fingerprint())
