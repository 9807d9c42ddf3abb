"""revisionDesc: what was done to the document (TEI Guidelines, 2.6)."""

from __future__ import annotations

from toolkit.convert.header.context import Context
from toolkit.convert.tree import Element, Words, element


def revision_description(context: Context) -> Element:
    """Return the revisionDesc element: the conversion, to which an editor adds.

    It holds no date, so that the same transcription always becomes the same file.
    """
    words = f"Converted by rule from the transcription {context.file}."
    return element("revisionDesc", element("change", Words(words), who="#toolkit"))
