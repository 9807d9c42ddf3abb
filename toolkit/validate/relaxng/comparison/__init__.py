"""Comparing two schemas: whether they accept the same documents, and in what they differ."""

from toolkit.validate.relaxng.comparison.compare import compare
from toolkit.validate.relaxng.comparison.differences import (
    Comparison,
    Difference,
    Finding,
    NotCompared,
    Occurrence,
)

__all__ = ["Comparison", "Difference", "Finding", "NotCompared", "Occurrence", "compare"]
