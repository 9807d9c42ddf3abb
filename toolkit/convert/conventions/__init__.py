"""Convention profiles: how transcriptions are written, as data in ``schemas/conventions``."""

from toolkit.convert.conventions.load import (
    convention_names,
    find_convention,
    load_convention,
)
from toolkit.convert.conventions.model import Convention

__all__ = ["Convention", "convention_names", "find_convention", "load_convention"]
