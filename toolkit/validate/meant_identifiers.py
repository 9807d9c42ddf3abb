"""Identifiers that elements were meant to have: in ``id`` as in TEI P4, in ``xml:ID``, or lost."""

from __future__ import annotations

from toolkit.tei.identifiers import normalised
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, XML_NAMESPACE, is_ncname, local_name
from toolkit.tei.parse import ParsedDocument, of_document
from toolkit.validate.links import links
from toolkit.validate.survey import survey


@of_document
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


@of_document
def lost_identifier(document: ParsedDocument) -> str | None:
    """Return the identifier that the one element with a bad or repeated xml:id should have.

    It is the only one of all that pointers of the document look for in vain.
    """
    given = [normalised(attribute.value) for attribute in survey(document).identifiers]
    used = set(given)
    if len(given) - len(used) + sum(not is_ncname(each) for each in used) != 1:
        return None
    pointed = {link.pointer[1:] for link in links(document) if link.pointer.startswith("#")}
    lost = [each for each in pointed - used if is_ncname(each)]
    return lost[0] if len(lost) == 1 else None


def _is_nearly_xml_id(name: str) -> bool:
    namespace = name.rpartition("}")[0]
    if name == XML_ID or namespace not in ("", f"{{{XML_NAMESPACE}"):
        return False
    return local_name(name).lower() == "id"
