"""The images of a document: which of its addresses are files that an output may show.

Images are never fetched: an address on the network is a link. A file is taken only from below the
folder of the document or of its edition (the nearest folder above with an ``edition.toml``),
symbolic links resolved, so that a document cannot publish what lies elsewhere on the machine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.files import digest
from toolkit.publish.hosted_images import HostedImage, hosted_image, origin_of
from toolkit.publish.safety import is_safe_svg
from toolkit.tei.names import tei
from toolkit.tei.parse import ParsedDocument

IMAGE_NOT_SHOWN = Kind(
    "P020",
    "image-not-shown",
    Severity.WARNING,
    "The document names an image that is not in the published output: there is no such file, it "
    "lies outside the edition, its type is not known, or it is on another site, from which nothing "
    "is fetched.",
)

IMAGE_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""Media types of the images that are shown, by the suffix of the file in lower case."""

EDITION_FILE = "edition.toml"

_NO_FILE = "there is no such file"
_MOST_TOLD = 3  # images of one trouble that are told each by itself
_MOST_NAMED = 4

_REMOTE = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class ImageAddresses:
    """The addresses of the images of a document, each with its line, and the document's file."""

    file: str
    addresses: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Image:
    """An address as written, the line it stands in, and its file or what is amiss."""

    url: str
    line: int
    file: Path | None = None
    amiss: str = ""
    hint: str = ""


def local_images(document: ParsedDocument) -> dict[str, Path]:
    """Return the images of ``document`` that may be shown: by the address as written, the file.

    Addresses are those of ``graphic/@url`` and ``media/@url``, and of ``pb/@facs`` where they are
    no pointers within the document, without white space around them. They are relative to the
    document (TEI Guidelines, 14.2; percent-encoding is undone). Files are resolved, exist, have a
    suffix of :data:`IMAGE_TYPES`, and lie below the folder of the document or of its edition.
    """
    found = _images(image_addresses(document))
    return {image.url: image.file for image in found if image.file is not None}


def hosted_images(document: ParsedDocument, hosts: Collection[str]) -> dict[str, HostedImage]:
    """Return the images of ``document`` that are shown from the sites named, by their address."""
    addresses = image_addresses(document).addresses if hosts else ()
    found = {url: hosted_image(url, hosts) for url, _line in addresses}
    return {url: image for url, image in found.items() if image is not None}


def unshown_images(
    document: ParsedDocument,
    only: Collection[str] | None = None,
    hosts: Collection[str] = (),
) -> tuple[Diagnostic, ...]:
    """Return a warning (P020) for each image of ``document`` that outputs cannot show.

    ``only`` are the addresses an output would show if it could, where these are not all; ``hosts``
    are the sites from which it shows images.
    """
    hosted = hosted_images(document, hosts)
    unshown = [
        image
        for image in _images(image_addresses(document))
        if image.file is None and image.url not in hosted and (only is None or image.url in only)
    ]
    alike: dict[tuple[str, str], list[_Image]] = {}
    for image in unshown:
        alike.setdefault((image.amiss, image.hint), []).append(image)
    return tuple(
        found
        for images in alike.values()
        for found in (
            [_not_shown(document.file, image) for image in images]
            if len(images) <= _MOST_TOLD
            else [_none_shown(document.file, images)]
        )
    )


def tells_of_missing_file(found: Diagnostic) -> bool:
    """Tell whether a finding (P020) is about images whose files are not there."""
    return found.code == IMAGE_NOT_SHOWN.code and _NO_FILE in found.message


def _not_shown(file: str, image: _Image) -> Diagnostic:
    return IMAGE_NOT_SHOWN.at(
        Position(file, image.line),
        f"the image “{image.url}” is not shown: {image.amiss}",
        image.hint,
    )


def _none_shown(file: str, images: list[_Image]) -> Diagnostic:
    """Return one finding for many images that have the same trouble."""
    named = ", ".join(f"“{image.url}”" for image in images[:_MOST_NAMED])
    more = f" and {len(images) - _MOST_NAMED:,} more" if len(images) > _MOST_NAMED else ""
    return IMAGE_NOT_SHOWN.at(
        Position(file, images[0].line),
        f"{len(images):,} images are not shown, {named}{more}: {images[0].amiss}",
        images[0].hint,
    )


def image_addresses(document: ParsedDocument) -> ImageAddresses:
    """Return the addresses of the images of ``document``, each with the line it first stands in."""
    found: dict[str, int] = {}
    for url, line in _addresses(document.root):
        found.setdefault(url, line)
    return ImageAddresses(document.file, tuple(found.items()))


def _images(images: ImageAddresses) -> tuple[_Image, ...]:
    if not images.addresses:
        return ()
    folders = _folders(images.file)
    return tuple(_image(url, line, folders) for url, line in images.addresses)


def _addresses(root: etree._Element) -> Iterator[tuple[str, int]]:
    for element in root.iter(tei("graphic"), tei("media"), tei("pb")):
        if element.tag == tei("pb"):
            urls = [url for url in element.get("facs", "").split() if not url.startswith("#")]
        else:
            urls = [url for url in [" ".join(element.get("url", "").split())] if url]
        line: object = element.sourceline
        for url in urls:
            yield url, line if isinstance(line, int) and line > 0 else 1


def _folders(file: str) -> tuple[Path, ...]:
    """Return the folder of the document and that of the edition it belongs to, if any."""
    own = Path(file).resolve().parent
    edition = next((up for up in (own, *own.parents) if (up / EDITION_FILE).is_file()), own)
    return tuple(dict.fromkeys((own, edition)))


def _image(url: str, line: int, folders: tuple[Path, ...]) -> _Image:
    if _REMOTE.match(url):
        return _Image(
            url,
            line,
            amiss="it lies on another site, and nothing is fetched",
            hint="To show it, put a copy beside the document and name that; or let web pages show "
            f"it from there: image-hosts = [“{origin_of(url.strip()) or 'https://…'}”] in "
            "edition.toml.",
        )
    if _SCHEME.match(url):
        return _Image(
            url,
            line,
            amiss="this is no address of a file",
            hint="Name the file by its path from the document.",
        )
    file = _file(url, folders[0])
    if file is None:
        return _Image(
            url,
            line,
            amiss=_NO_FILE,
            hint="Put the file there, or mend its path; it is read from the document's folder.",
        )
    return _checked(url, line, file, folders)


def _file(url: str, folder: Path) -> Path | None:
    """Return the file that ``url`` names, an encoded address or a plain path, if there is one."""
    bare = re.split("[?#]", url, maxsplit=1)[0]
    for path in dict.fromkeys((unquote(bare), bare, url)):
        try:
            file = (folder / path).resolve()
            if path and file.is_file():
                return file
        except (OSError, ValueError):
            continue  # no file can have such a name
    return None


def _checked(url: str, line: int, file: Path, folders: tuple[Path, ...]) -> _Image:
    if not any(file.is_relative_to(folder) for folder in folders):
        return _Image(
            url,
            line,
            amiss="it lies outside the edition",
            hint=f"Copy it to a place below {folders[-1].name or 'the folder of the edition'}.",
        )
    if file.suffix.lower() not in IMAGE_TYPES:
        known = ", ".join(sorted(suffix[1:] for suffix in IMAGE_TYPES))
        return _Image(
            url,
            line,
            amiss=f"its type, “{file.suffix}”, is none that pages can show",
            hint=f"Convert it to one of these: {known}.",
        )
    if file.suffix.lower() == ".svg" and not is_safe_svg(file):
        return _Image(
            url,
            line,
            amiss="it holds scripts, links or a document type declaration, or is no good SVG",
            hint="Save it as plain SVG, or as PNG.",
        )
    return _Image(url, line, file)


def image_inputs(images: ImageAddresses) -> tuple[str, ...]:
    """Return what tells whether the images of a document are still the same."""
    return tuple(
        _not_shown(images.file, image).message
        if image.file is None
        else f"{image.url} {digest(image.file.read_bytes())}"
        for image in _images(images)
    )
