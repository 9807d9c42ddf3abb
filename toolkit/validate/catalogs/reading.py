"""Reading one catalog entry file (OASIS XML Catalogs 1.1, section 6.5)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, urljoin
from xml.parsers import expat

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.files import path_of_uri, read_bytes
from toolkit.tei.names import XML_NAMESPACE

BAD_CATALOG = Kind(
    "V194",
    "bad-catalog",
    Severity.WARNING,
    "A catalog, or an entry of it, cannot be used, so an address may mean another file than it "
    "should, or none.",
)

NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"

_BASE = f"{XML_NAMESPACE}}}base"
_TEXT = frozenset({"catalog", "group"})
# What each entry matches, and what that leads to.
_ENTRIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "public": ("publicId", "uri"),
        "system": ("systemId", "uri"),
        "rewriteSystem": ("systemIdStartString", "rewritePrefix"),
        "systemSuffix": ("systemIdSuffix", "uri"),
        "delegatePublic": ("publicIdStartString", "catalog"),
        "delegateSystem": ("systemIdStartString", "catalog"),
        "uri": ("name", "uri"),
        "rewriteURI": ("uriStartString", "rewritePrefix"),
        "uriSuffix": ("uriSuffix", "uri"),
        "delegateURI": ("uriStartString", "catalog"),
        "nextCatalog": ("", "catalog"),
    }
)
# What may stand in a URI (RFC 3986); anything else is encoded before URIs are compared (6.3).
_IN_URIS = "%:/?#[]@!$&'()*+,;=-._~"


class Entry(NamedTuple):
    """An entry: what it matches, the absolute address that this leads to, and where it stands."""

    matches: str
    target: str
    position: Position


@dataclass(frozen=True)
class Catalog:
    """A catalog entry file: its entries by the name of their elements, and what is wrong in it."""

    entries: Mapping[str, tuple[Entry, ...]]
    findings: tuple[Diagnostic, ...] = ()

    def of(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries whose element has this name, in order."""
        return self.entries.get(kind, ())


@lru_cache(maxsize=64)
def read_catalog(file: Path) -> Catalog:
    """Return the catalog in a file. What cannot be read is left out, and told of."""
    try:
        content = read_bytes(file)
    except DiagnosticError as error:
        found = error.diagnostics[0]
        hint = "Mend the reference to the catalog, or put the catalog there."
        said = BAD_CATALOG.at(
            Position(str(file)), f"this catalog cannot be read: {found.message}", hint
        )
        return Catalog({}, (said,))
    return _Reader(file).read(content)


def forget_catalogs() -> None:
    """Read catalogs anew from now on."""
    read_catalog.cache_clear()


def normalised(uri: str) -> str:
    """Return a URI as it is compared with others (section 6.3)."""
    return quote(uri, safe=_IN_URIS)


def normalised_public(identifier: str) -> str:
    """Return a public identifier as it is compared with others (section 6.2)."""
    return " ".join(identifier.split())


def local_catalog(address: str) -> Path | None:
    """Return the file of a catalog that an entry names, None if it is not local."""
    return path_of_uri(address)


class _Reader:
    """One reading by expat: the bases in force, and the entries so far."""

    def __init__(self, file: Path) -> None:
        self._file = str(file)
        base = Path(os.path.abspath(file)).as_uri()  # noqa: PTH100 (links are not followed)
        self._bases = [base]
        self._foreign = 0
        self._entries: dict[str, list[Entry]] = {}
        self._findings: list[Diagnostic] = []
        self._scanner = expat.ParserCreate(namespace_separator="}")

    def read(self, content: bytes) -> Catalog:
        scanner = self._scanner
        scanner.StartElementHandler = self._start
        scanner.EndElementHandler = self._end
        try:
            scanner.Parse(content, True)
        except expat.ExpatError as error:
            self._tell(
                f"the catalog is not well-formed: {expat.errors.messages[error.code]}",
                "Mend the catalog; what stands before this place is used.",
                Position(self._file, error.lineno, error.offset + 1),
            )
        entries = {kind: tuple(found) for kind, found in self._entries.items()}
        return Catalog(MappingProxyType(entries), tuple(self._findings))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, kind = name.rpartition("}")
        is_root = len(self._bases) == 1
        self._bases.append(urljoin(self._bases[-1], attributes.get(_BASE, "")))
        if self._foreign or namespace != NAMESPACE or (is_root and kind != "catalog"):
            if is_root:
                self._tell(
                    f"this is no catalog: the outermost element is `<{kind}>` of “{namespace}”",
                    f'A catalog begins with <catalog xmlns="{NAMESPACE}">.',
                )
            self._foreign += 1
        elif kind in _ENTRIES:
            self._enter(kind, attributes)
        elif kind not in _TEXT:
            self._tell(
                f"a catalog has no element `<{kind}>`",
                f"Possible: {', '.join(_ENTRIES)} and group.",
            )

    def _end(self, _name: str) -> None:
        self._bases.pop()
        self._foreign = max(0, self._foreign - 1)

    def _enter(self, kind: str, attributes: Mapping[str, str]) -> None:
        wanted = [name for name in _ENTRIES[kind] if name]
        missing = [name for name in wanted if not attributes.get(name)]
        if missing:
            self._tell(f"`<{kind}>` lacks the attribute {missing[0]}", f"Add {missing[0]}.")
            return
        matches, target = _ENTRIES[kind]
        value = attributes.get(matches, "")
        compared = normalised_public(value) if "ublic" in kind else normalised(value)
        address = urljoin(self._bases[-1], attributes[target])
        if target == "catalog" and local_catalog(address) is None:
            self._tell(
                f"the catalog {address} is not a local file, so it is not asked",
                "Nothing is fetched: keep a copy of it, and name that.",
            )
            return
        self._entries.setdefault(kind, []).append(Entry(compared, address, self._here()))

    def _here(self) -> Position:
        scanner = self._scanner
        return Position(self._file, scanner.CurrentLineNumber, scanner.CurrentColumnNumber + 1)

    def _tell(self, message: str, hint: str, where: Position | None = None) -> None:
        self._findings.append(BAD_CATALOG.at(where or self._here(), message, hint))
