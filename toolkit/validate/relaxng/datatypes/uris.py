"""URI references (XML Schema Part 2, section 3.2.17; XLink, section 5.4; RFC 2396 and 2732)."""

from __future__ import annotations

import re

from toolkit.expressions import expression

_BAD_ESCAPE = expression(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = expression(r"[A-Za-z][A-Za-z0-9+.\-]*")
_HIERARCHY = expression(r"[/?#]")
_ADDRESS = expression(r"(?:[^\[\]@]*@)?\[(?P<address>[0-9A-Fa-f:.]+)\](?::\d*)?", re.ASCII)


def is_uri(value: str) -> bool:
    """Tell whether ``value`` is a URI reference once the characters XLink allows are escaped.

    So nearly every character may stand; percent signs, the one fragment identifier, the scheme
    and square brackets (an IPv6 address, a query, a fragment identifier) must be well-formed.
    """
    if _BAD_ESCAPE.search(value) or value.count("#") > 1:
        return False
    reference = value.partition("#")[0]
    scheme, colon, rest = reference.partition(":")
    if not colon or _HIERARCHY.search(scheme):
        return _is_hierarchical(reference, value)
    if _SCHEME.fullmatch(scheme) is None or not rest:
        return False
    # What follows a scheme other than by a slash has no structure: mailto:, urn:.
    return not rest.startswith("/") or _is_hierarchical(rest, value)


def _is_hierarchical(rest: str, value: str) -> bool:
    path = rest.partition("?")[0]
    if path.startswith("//"):
        if value.endswith("//") and rest == "//":
            return False
        authority, _, path = path[2:].partition("/")
        if ("[" in authority or "]" in authority) and not _has_address(authority):
            return False
    return "[" not in path and "]" not in path


def _has_address(authority: str) -> bool:
    from ipaddress import AddressValueError, IPv6Address

    found = _ADDRESS.fullmatch(authority)
    if found is None:
        return False
    try:
        IPv6Address(found["address"])
    except AddressValueError:
        return False
    return True
