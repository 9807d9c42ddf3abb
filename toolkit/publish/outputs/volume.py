"""The volume: the whole edition, or a selection from it, as one PDF.

Each document is made ready by itself (:mod:`toolkit.publish.part`), so that after a change only
that one is; then they are put together and set.
"""

from __future__ import annotations

from toolkit.publish.earlier import Earlier
from toolkit.publish.fonts import fingerprint
from toolkit.publish.images import ImageAddresses, image_inputs
from toolkit.publish.part import make_part, part_path, read_parts
from toolkit.publish.publication import Publication, Published
from toolkit.publish.volume import make_volume
from toolkit.tei.parse import ParsedDocument

SUFFIX = ""
LABEL = "volume"
VOLUME = "edition/volume.pdf"


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return ``document`` as a part of the volume, for :func:`publish_edition`.

    Words lost (P010) and characters no font has (P101) are errors. A document that the settings
    leave out gives nothing.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    if not publication.print.has(stem):
        return Published()
    made = make_part(stem, document, publication)
    return Published(made.files, made.diagnostics)


def publish_edition(publication: Publication, earlier: Earlier) -> Published:
    """Return the volume of all documents that were made ready.

    Raises:
        DiagnosticError: a stylesheet failed (X101) or the typesetter stopped (P102).
    """
    stems = (entry.stem for entry in publication.documents if publication.print.has(entry.stem))
    parts = read_parts(earlier.read(part_path(stem)) for stem in stems)
    if not parts:
        return Published()
    made = make_volume(parts, publication, file=VOLUME, read=earlier.read)
    return Published({VOLUME: made.pdf}, made.diagnostics)


def further_inputs(images: ImageAddresses) -> tuple[str, ...]:
    """Return what the volume depends on beside the TEI and the publication: images and fonts."""
    return (*image_inputs(images), fingerprint())
