"""Plain transcriptions to TEI, by conventions that are data; no character lost or invented."""

from toolkit.convert.conventions import Convention, convention_names, load_convention
from toolkit.convert.conventions.describe import check, describe, list_conventions
from toolkit.convert.conversion import Conversion, convert
from toolkit.convert.embedded import transcribe
from toolkit.convert.formats import Transcription, read_transcription, suffixes
from toolkit.convert.ledger import Ledger
from toolkit.convert.publication import Publication
from toolkit.convert.texts import read_texts

__all__ = [
    "Convention",
    "Conversion",
    "Ledger",
    "Publication",
    "Transcription",
    "check",
    "convention_names",
    "convert",
    "describe",
    "list_conventions",
    "load_convention",
    "read_texts",
    "read_transcription",
    "suffixes",
    "transcribe",
]
