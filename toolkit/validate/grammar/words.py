"""Names and lists as an editor reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE, local_name

if TYPE_CHECKING:
    from lxml import etree

_SHOWN = 8


def tag(name: str) -> str:
    """Return an element's name as a tag in backquotes."""
    return f"`<{local_name(name)}>`"


def attribute(name: str, element: etree._Element | None = None) -> str:
    """Return an attribute's name as it is written: with a prefix if it is in a namespace."""
    if name.startswith(f"{{{XML_NAMESPACE}}}"):
        return f"xml:{local_name(name)}"
    uri = namespace(name)
    if uri and element is not None:
        prefix = next((p for p, known in element.nsmap.items() if p and known == uri), None)
        return f"{prefix}:{local_name(name)}" if prefix else local_name(name)
    return local_name(name)


def namespace(name: str) -> str:
    """Return the namespace of a name in Clark notation."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def tags(names: Iterable[str], conjunction: str = "or", shown: int = _SHOWN) -> str:
    """Return elements as a list in words: ``<a>``, ``<b>`` or ``<c>``."""
    return listed([tag(name) for name in names], conjunction, shown)


def listed(items: Sequence[str], conjunction: str = "or", shown: int = _SHOWN) -> str:
    """Return a list in words; a long one is cut and its length told."""
    items = list(dict.fromkeys(items))
    if len(items) > shown:
        return f"{', '.join(items[: shown - 1])} … ({len(items)} in all)"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def shortened(value: str) -> str:
    """Return a value short enough for a message."""
    return value if len(value) <= 60 else f"{value[:59]}…"


def has_content(element: etree._Element) -> bool:
    """Tell whether an element holds text or elements."""
    return bool((element.text or "").strip()) or len(element) > 0


def is_tei(name: str) -> bool:
    """Tell whether a name is in the namespace of the TEI."""
    return namespace(name) == TEI_NAMESPACE
