"""Asking catalogs for an address (OASIS XML Catalogs 1.1, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.diagnostics import Diagnostic
from toolkit.files import digest, path_of_uri
from toolkit.validate.catalogs.reading import (
    Catalog,
    Entry,
    local_catalog,
    normalised,
    normalised_public,
    read_catalog,
)

_PUBLIC_URN = "urn:publicid:"
# How public identifiers are written in URNs (RFC 3151); the order matters.
_IN_URN = (
    ("+", " "),
    (":", "//"),
    (";", "::"),
    ("%2B", "+"),
    ("%3A", ":"),
    ("%2F", "/"),
    ("%3B", ";"),
    ("%27", "'"),
    ("%3F", "?"),
    ("%23", "#"),
    ("%25", "%"),
)


class _Names(NamedTuple):
    """The entries that concern one sort of identifier; "" where there are none of a kind."""

    exact: str
    rewrite: str
    suffix: str
    delegate: str


_URI = _Names("uri", "rewriteURI", "uriSuffix", "delegateURI")
_SYSTEM = _Names("system", "rewriteSystem", "systemSuffix", "delegateSystem")
_PUBLIC = _Names("public", "", "", "delegatePublic")


def resolve(address: str, catalogs: Sequence[Path]) -> str | None:
    """Return the address that catalogs put in the place of an absolute one, None if they do not.

    The entries for URIs are asked first. Many catalogs know schemas by system identifier only, so
    these entries are asked next. A ``urn:publicid:`` stands for a public identifier.
    """
    if address.lower().startswith(_PUBLIC_URN):
        return _search(catalogs, _public_identifier(address), _PUBLIC, set())
    wanted = normalised(address)
    found = _search(catalogs, wanted, _URI, set())
    return found if found is not None else _search(catalogs, wanted, _SYSTEM, set())


def named_in(value: str) -> tuple[Path, ...]:
    """Return the catalogs that a variable names: files or file: URIs, with spaces between them."""
    return tuple(path_of_uri(each) or Path(each) for each in value.split())


def check_catalogs(catalogs: Iterable[Path]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with catalogs, and with those that they lead to."""
    found: list[Diagnostic] = []
    for file, named_by in _reached(catalogs):
        # A catalog that is not there is a mistake of the one that names it.
        where = named_by.position if named_by and not file.is_file() else None
        found += (
            replace(finding, file=where.file, line=where.line, column=where.column)
            if where
            else finding
            for finding in read_catalog(file).findings
        )
    return tuple(found)


def content_of(catalogs: Iterable[Path]) -> bytes:
    """Return a digest of all that catalogs say, and those that they lead to."""
    said = (repr(sorted(read_catalog(file).entries.items())) for file, _ in _reached(catalogs))
    return digest(*(each.encode() for each in said)).encode()


def _reached(catalogs: Iterable[Path]) -> Iterator[tuple[Path, Entry | None]]:
    """Yield each catalog, and those that they lead to with the entry that does so, once each."""
    pending: list[tuple[Path, Entry | None]] = [(each, None) for each in catalogs]
    seen: set[Path] = set()
    while pending:
        file, named_by = pending.pop(0)
        if file in seen:
            continue
        seen.add(file)
        yield file, named_by
        catalog = read_catalog(file)
        for kind in ("nextCatalog", "delegateURI", "delegateSystem", "delegatePublic"):
            for entry in catalog.of(kind):
                if (path := local_catalog(entry.target)) is not None:
                    pending.append((path, entry))


def _search(files: Iterable[Path], wanted: str, names: _Names, seen: set[Path]) -> str | None:
    """Ask catalogs in turn, each once: those that name each other in a circle come to an end."""
    pending = list(files)
    while pending:
        file = pending.pop(0)
        if file in seen:
            continue
        seen.add(file)
        catalog = read_catalog(file)
        found = _match(catalog, wanted, names)
        if found is not None:
            return found
        delegates = _delegates(catalog, wanted, names)
        if delegates:
            # These alone decide (7.1.2, step 5; 7.2.2, step 6).
            return _search(delegates, wanted, names, seen)
        further = (local_catalog(entry.target) for entry in catalog.of("nextCatalog"))
        pending[:0] = [path for path in further if path is not None]
    return None


def _match(catalog: Catalog, wanted: str, names: _Names) -> str | None:
    for entry in catalog.of(names.exact):
        if entry.matches == wanted:
            return entry.target
    rewrites = [e for e in catalog.of(names.rewrite) if wanted.startswith(e.matches)]
    if rewrites:
        longest = max(rewrites, key=lambda entry: len(entry.matches))
        return longest.target + wanted[len(longest.matches) :]
    suffixes = [e for e in catalog.of(names.suffix) if wanted.endswith(e.matches)]
    if suffixes:
        return max(suffixes, key=lambda entry: len(entry.matches)).target
    return None


def _delegates(catalog: Catalog, wanted: str, names: _Names) -> list[Path]:
    """Return the catalogs that are responsible, those for the longest beginning first."""
    found = [e for e in catalog.of(names.delegate) if wanted.startswith(e.matches)]
    ranked = sorted(found, key=lambda entry: -len(entry.matches))
    paths = (local_catalog(entry.target) for entry in ranked)
    return list(dict.fromkeys(path for path in paths if path is not None))


def _public_identifier(urn: str) -> str:
    identifier = urn[len(_PUBLIC_URN) :]
    for written, meant in _IN_URN:
        identifier = identifier.replace(written, meant).replace(written.lower(), meant)
    return normalised_public(identifier)
