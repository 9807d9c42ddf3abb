"""Images on sites that the edition names (``image-hosts``): pages show them from there.

Unless an edition names sites, its pages ask nothing of any. Images of a IIIF server (IIIF Image API
2 and 3) are asked for in a size for reading first, and whole when a reader comes nearer.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

_INFO = "/info.json"
_REQUEST = re.compile(
    r"(?P<image>https://.+)/(?:full|square|(?:pct:)?[\d.,]+)/[^/]+/!?[\d.]+/"
    r"(?:default|native|color|gray|bitonal)\.\w+"
)
_FOR_READING = "/full/!1600,1600/0/default.jpg"
_WHOLE = "/full/max/0/default.jpg"
_SAFE = re.compile(r"[^\x00-\x20\x7f<>\"'\\^`{|}]+")


@dataclass(frozen=True, slots=True)
class HostedImage:
    """Where pages show an image from; ``nearer`` is a larger one of it, or empty."""

    address: str
    nearer: str = ""


def hosted_image(url: str, hosts: Collection[str]) -> HostedImage | None:
    """Return where the image of an address is shown from, or None if it is on no site named.

    ``hosts`` are origins (``https://iiif.example.org``).
    """
    if not hosts or not _SAFE.fullmatch(url) or origin_of(url) not in hosts:
        return None
    if url.endswith(_INFO):
        image = url.removesuffix(_INFO)
        return HostedImage(f"{image}{_FOR_READING}", f"{image}{_WHOLE}")
    request = _REQUEST.fullmatch(url)
    return HostedImage(url, f"{request['image']}{_WHOLE}" if request else "")


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address; "" if it is none on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme == "https" else ""
