"""Namespaces and qualified names."""

from __future__ import annotations

import re
from functools import cache

from toolkit.expressions import expression

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


# Name, and NCName without the colon: XML 1.0 (fifth edition), productions 4 and 4a.
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_REST = "-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ASCII_NCNAME = expression(r"[A-Z_a-z][-.0-9A-Z_a-z]*")


@cache
def _ncname() -> re.Pattern[str]:
    return re.compile(f"[{_NAME_START}][{_NAME_REST}{_NAME_START}]*")


def is_ncname(text: str) -> bool:
    """Tell whether ``text`` is a name without a colon, as an xml:id has to be."""
    # Few names need the long pattern, which takes as long to make ready as a small file to check.
    return (_ASCII_NCNAME.fullmatch(text) or _ncname().fullmatch(text)) is not None
