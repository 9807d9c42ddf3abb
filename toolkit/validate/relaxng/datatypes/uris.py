"""URI references (XML Schema Part 2, section 3.2.17; XLink section 5.4; RFC 3986)."""

from __future__ import annotations

import re

_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*")
_AUTHORITY_OR_PATH = re.compile(r"[/?#]")


def is_uri(value: str) -> bool:
    """Tell whether ``value`` is a URI reference once the characters XLink allows are escaped.

    So nearly every character may stand; percent signs, the one fragment identifier and the
    scheme must be well-formed.
    """
    if _BAD_ESCAPE.search(value) or value.count("#") > 1:
        return False
    before_colon, colon, rest = value.partition(":")
    if not colon or _AUTHORITY_OR_PATH.search(before_colon):
        return True
    return _SCHEME.fullmatch(before_colon) is not None and bool(rest.partition("#")[0])
