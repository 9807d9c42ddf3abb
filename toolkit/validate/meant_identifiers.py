"""Identifiers in attributes that were meant to be xml:id: ``id`` as in TEI P4, ``xml:ID``."""

from __future__ import annotations

from functools import lru_cache

from toolkit.tei.identifiers import normalised
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, XML_NAMESPACE, local_name
from toolkit.tei.parse import ParsedDocument


@lru_cache(maxsize=1)
def meant_identifiers(document: ParsedDocument) -> frozenset[str]:
    """Return the values of attributes of TEI elements whose names are nearly xml:id."""
    if document.utf8.lower().count(b"id=") == document.utf8.count(b"xml:id="):
        return frozenset()
    return frozenset(
        normalised(str(value))
        for element in document.root.iter(f"{{{TEI_NAMESPACE}}}*")
        for name, value in element.attrib.items()
        if _is_nearly_xml_id(str(name))
    )


def _is_nearly_xml_id(name: str) -> bool:
    namespace = name.rpartition("}")[0]
    if name == XML_ID or namespace not in ("", f"{{{XML_NAMESPACE}"):
        return False
    return local_name(name).lower() == "id"
