"""Plain transcriptions to TEI, by conventions that are data; no character lost or invented."""

from toolkit.convert.conventions import Convention, convention_names, load_convention
from toolkit.convert.conversion import Conversion, convert
from toolkit.convert.ledger import Ledger
from toolkit.convert.proof import streams
from toolkit.convert.publication import Publication

__all__ = [
    "Convention",
    "Conversion",
    "Ledger",
    "Publication",
    "convention_names",
    "convert",
    "load_convention",
    "streams",
]
