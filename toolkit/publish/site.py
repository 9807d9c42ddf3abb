"""What the pages of an edition share: its description for stylesheets, assets, and safety."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.publish.outputs import output_info, volumes
from toolkit.publish.prepare import xml_safe
from toolkit.publish.publication import Publication, Register, RegisterHeading
from toolkit.resources import SCHEMAS, XSLT
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, local_name, tei

PUBLICATION_NAMESPACE = "urn:tei-toolkit:publication"

_STYLE = re.compile(r'<style id="ed:note-positions">(.*?)</style>', re.DOTALL)
_HEAD = re.compile(
    r"\A\s*(?:<!DOCTYPE[^>]*>)?(?:\s|<!--.*?-->)*<html(?:\s[^>]*)?>(?:\s|<!--.*?-->)*<head(?:\s[^>]*)?>"
    r"\s*(?:<meta\s+charset=[^>]*>)?",
    re.DOTALL | re.IGNORECASE,
)
_POLICY = (
    "default-src 'none'; style-src 'self' file:{style}; script-src 'self' file:; "
    "img-src 'self' file:{hosts}; base-uri 'none'; form-action 'none'"
)


UNSECURED = Kind(
    "P005",
    "page-unsecured",
    Severity.ERROR,
    "The page has no head to put its content security policy into, so it is not published. The "
    "policy keeps a page from running or loading anything but what lies beside it.",
)


def pub(name: str) -> str:
    """Return the name of an element of the publication vocabulary in Clark notation."""
    return f"{{{PUBLICATION_NAMESPACE}}}{name}"


@lru_cache(maxsize=4)
def publication_xml(publication: Publication) -> str:
    """Return ``publication`` as the ``pub:publication`` document that stylesheets read."""
    root = etree.Element(pub("publication"), nsmap={"pub": PUBLICATION_NAMESPACE})
    for name, value in (
        ("title", publication.title),
        ("language", publication.language),
        ("publisher", publication.publisher),
        ("licence-name", publication.licence_name),
        ("licence-url", publication.licence_url),
        ("description", publication.description),
        ("views", " ".join(publication.views)),
        ("address", publication.address),
    ):
        root.set(name, xml_safe(value))
    for editor in publication.editors:
        etree.SubElement(root, pub("editor")).text = xml_safe(editor)
    for output in publication.outputs:
        suffix, _ = output_info()[output]
        if suffix not in ("", "html"):
            etree.SubElement(root, pub("form"), suffix=suffix)
        if output in volumes():
            etree.SubElement(root, pub("volume"), path=volumes()[output])
    for entry in publication.documents:
        element = etree.SubElement(root, pub("document"))
        for name, value in vars(entry).items():
            element.set(name.replace("_", "-"), xml_safe(str(value)))
    for name, neighbour in (("earlier", publication.earlier), ("later", publication.later)):
        if neighbour is not None:
            element = etree.SubElement(root, pub(name))
            for key in ("stem", "title", "date"):
                element.set(key, xml_safe(str(getattr(neighbour, key))))
    for register in publication.registers:
        heading = register_heading(register)
        element = etree.SubElement(root, pub("register"), stem=register.stem)
        element.set("title", heading.title)
        element.set("kind", heading.kind)
        element.set("entries", str(heading.entries))
    return str(etree.tostring(root, encoding="unicode"))


def register_heading(register: Register) -> RegisterHeading:
    """Return what pages say of ``register``."""
    if register.heading is not None:
        return register.heading
    root = register.document.root
    title = root.find(f".//{{{TEI_NAMESPACE}}}titleStmt/{{{TEI_NAMESPACE}}}title")
    types = _entry_kinds()
    kinds = Counter(
        types[local_name(str(e.tag))] for e in root.iter(*map(tei, types)) if e.get(XML_ID)
    )
    said = "" if title is None else " ".join("".join(map(str, title.itertext())).split())
    return RegisterHeading(
        title=register.stem if title is None else said,
        kind=next(iter(kinds)) if len(kinds) == 1 else "",
        entries=sum(kinds.values()),
    )


@cache
def _entry_kinds() -> dict[str, str]:
    """Return the kind of each element that is an entry of a register (schemas/registers.json)."""
    data = json.loads((SCHEMAS / "registers.json").read_text(encoding="utf-8"))
    types = {**data["entries"], **data["listed"]}
    short = {"organisation": "org"}
    return {name: short.get(type_["kind"], type_["kind"]) for name, type_ in types.items()}


def assets(publication: Publication) -> dict[str, bytes]:
    """Return the files all pages use, by path; the edition's own ``assets/`` come last.

    A file ``edition.css`` of the edition's own replaces the toolkit's.
    """
    folders = [XSLT / "assets"]
    if publication.custom_stylesheets is not None:
        folders.append(publication.custom_stylesheets / "assets")
    return {
        f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for folder in folders
        for path in _files(folder)
    }


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def stylesheet(name: str, publication: Publication) -> Path:
    """Return the edition's own stylesheet ``name`` if it has one, else the toolkit's."""
    if publication.custom_stylesheets is not None:
        own = publication.custom_stylesheets / name
        if own.is_file():
            return own
    return XSLT / name


def secured(page: str, file: str = "", image_hosts: Sequence[str] = ()) -> str:
    """Return the HTML ``page`` with a content security policy as its first instruction.

    The policy (W3C, Content Security Policy Level 3) lets a page load style, scripts and images
    from beside itself, over HTTP or from a disk, images from ``image_hosts`` too, and nothing else;
    no script within the page runs.
    The one style sheet allowed within a page is that of the note positions, by its digest.

    Raises:
        DiagnosticError: the page, made by stylesheets of the edition's own, has no head (P005).
    """
    head = _HEAD.match(page)
    if not head:
        raise DiagnosticError(
            UNSECURED.at(
                Position(file),
                "the page does not begin with <html> and <head>, so it cannot be made safe",
                "Let the edition's own html.xsl call the template h:page, or write <html> with a "
                "<head> itself.",
            )
        )
    style = _STYLE.search(page)
    allowed = ""
    if style:
        digest = hashlib.sha256(style[1].encode()).digest()
        allowed = f" 'sha256-{base64.b64encode(digest).decode()}'"
    hosts = "".join(f" {host}" for host in image_hosts)
    policy = _POLICY.format(style=allowed, hosts=hosts)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"{page[: head.end()]}{meta}{page[head.end() :]}"
