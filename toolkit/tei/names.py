"""Namespaces and qualified names."""

from __future__ import annotations

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

NAMESPACES = {"tei": TEI_NAMESPACE, "xml": XML_NAMESPACE}

XML_ID = f"{{{XML_NAMESPACE}}}id"
XML_LANG = f"{{{XML_NAMESPACE}}}lang"
XML_SPACE = f"{{{XML_NAMESPACE}}}space"


def tei(local_name: str) -> str:
    """Return the name of a TEI element in Clark notation, ``{namespace}local``."""
    return f"{{{TEI_NAMESPACE}}}{local_name}"


def local_name(qualified_name: str) -> str:
    """Return the part of a name after its namespace."""
    return qualified_name.rpartition("}")[2]
