"""The names that annotation has added to a document, to compare one annotation with another."""

from __future__ import annotations

from collections import Counter

from toolkit.annotate.flows import is_added
from toolkit.annotate.reading import read_source
from toolkit.annotate.scope import scope
from toolkit.tei.parse import parse


def added_names(file: str, content: bytes) -> Counter[tuple[str, str]]:
    """Return how often annotation has tagged each text with each reference.

    Raises:
        DiagnosticError: the content cannot be parsed (X0xx).
    """
    source = read_source(file, parse(file, content).utf8)
    inline = scope()
    return Counter(
        (element.attributes["ref"], " ".join(source.text_of(element).split()))
        for element in source.elements
        if is_added(element, inline)
    )
