"""What the pages of an edition share: its description for stylesheets, assets, and safety."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from lxml import etree

from toolkit.publish.publication import Publication, Register
from toolkit.resources import XSLT
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, local_name

PUBLICATION_NAMESPACE = "urn:tei-toolkit:publication"

_KINDS = {
    "person": "person",
    "personGrp": "person",
    "place": "place",
    "org": "org",
    "bibl": "work",
    "biblStruct": "work",
    "event": "event",
}
_STYLE = re.compile(r'<style id="ed:note-positions">(.*?)</style>', re.DOTALL)
_CHARSET = '<meta charset="utf-8">'
_POLICY = (
    "default-src 'none'; style-src 'self' file:{style}; script-src 'self' file:; "
    "img-src 'self' file:; base-uri 'none'; form-action 'none'"
)


def pub(name: str) -> str:
    """Return the name of an element of the publication vocabulary in Clark notation."""
    return f"{{{PUBLICATION_NAMESPACE}}}{name}"


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
    ):
        root.set(name, _xml_safe(value))
    for editor in publication.editors:
        etree.SubElement(root, pub("editor")).text = _xml_safe(editor)
    for suffix in _other_suffixes(publication.outputs):
        etree.SubElement(root, pub("form")).set("suffix", suffix)
    for entry in publication.documents:
        element = etree.SubElement(root, pub("document"))
        for name, value in vars(entry).items():
            element.set(name.replace("_", "-"), _xml_safe(str(value)))
    for register in publication.registers:
        root.append(_register(register))
    return str(etree.tostring(root, encoding="unicode"))


def _other_suffixes(outputs: Sequence[str]) -> list[str]:
    modules = (import_module(f"toolkit.publish.outputs.{name}") for name in outputs)
    return [str(module.SUFFIX) for module in modules if module.SUFFIX != "html"]


def _register(register: Register) -> etree._Element:
    root = etree.fromstring(register.text.encode())
    title = root.find(f".//{{{TEI_NAMESPACE}}}titleStmt/{{{TEI_NAMESPACE}}}title")
    kinds = Counter(
        _KINDS[local_name(str(e.tag))]
        for e in root.iter(etree.Element)
        if e.get(XML_ID) and local_name(str(e.tag)) in _KINDS
    )
    element = etree.Element(pub("register"))
    element.set("stem", register.stem)
    element.set(
        "title",
        " ".join("".join(map(str, title.itertext())).split())
        if title is not None
        else register.stem,
    )
    element.set("kind", next(iter(kinds)) if len(kinds) == 1 else "")
    element.set("entries", str(sum(kinds.values())))
    return element


def _xml_safe(text: str) -> str:
    """Return ``text`` without the control characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


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


def secured(page: str) -> str:
    """Return the HTML ``page`` with a content security policy as its first instruction.

    The policy (W3C, Content Security Policy Level 3) lets a page load style, scripts and images
    from beside itself, over HTTP or from a disk, and nothing else; no script within the page runs.
    The one style sheet allowed within a page is that of the note positions, by its digest.
    """
    style = _STYLE.search(page)
    allowed = ""
    if style:
        digest = hashlib.sha256(style[1].encode()).digest()
        allowed = f" 'sha256-{base64.b64encode(digest).decode()}'"
    policy = _POLICY.format(style=allowed)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace(_CHARSET, f"{_CHARSET}{meta}", 1)
