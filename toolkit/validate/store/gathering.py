"""A schema with all that it refers to: from files and from the web."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree

from toolkit.diagnostics import DiagnosticError, Position
from toolkit.files import path_of_uri, read_bytes
from toolkit.tei.parse import parse
from toolkit.validate.bearings import Bearings, Located
from toolkit.validate.relaxng.problems import SCHEMA_REFERENCE
from toolkit.validate.relaxng.reading import read_schema
from toolkit.validate.store.fetching import fetch

RELAX_NG, SCHEMATRON = "RELAX NG", "Schematron"

_SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
_INCLUDING = (f"{_SCHEMATRON}include", f"{_SCHEMATRON}extends")
_MOST = 500


@dataclass(frozen=True, slots=True)
class Gathered:
    """A file of a schema.

    Attributes:
        content: what is in it.
        path: where it was read from; None if it was fetched.
        address: the address that it was fetched from; "" if it was not.
        location: where that address led to, if it led on.
    """

    content: bytes
    path: Path | None
    address: str = ""
    location: str = ""

    @property
    def base(self) -> str:
        """The address that references in it start from; "" for that of the file."""
        return self.location or self.address


@dataclass(frozen=True, slots=True)
class GatheredSchema:
    """A schema with all that it refers to, the file to start from first."""

    language: str
    files: tuple[Gathered, ...]


def is_address(source: str) -> bool:
    """Tell whether a source is an address on the web; else it is a file."""
    return source.lower().startswith(("https://", "http://"))


def gather(source: str) -> GatheredSchema:
    """Return the schema at ``source``, an address or a file, with all that it refers to.

    Raises:
        DiagnosticError: a file cannot be read (F0xx) or fetched (V196), or is not a schema that
            can be used (V18x, V190, X0xx).
    """
    with tempfile.TemporaryDirectory(prefix="tei-schema-") as aside:
        gathering = _Gathering(Path(aside))
        with gathering.named_as_given(source):
            if not is_address(source):
                source = os.path.abspath(source)  # noqa: PTH100 (links are not followed)
            main = gathering.take(source)
            content = gathering.files[source].content
            if _is_schematron(content):
                gathering.follow_schematron(source)
                language = SCHEMATRON
            else:
                base = gathering.files[source].base
                read_schema(main, content, Bearings(base, gathering.locate))
                language = RELAX_NG
        return GatheredSchema(language, tuple(gathering.files.values()))


@dataclass
class _Gathering:
    """The files so far, by address or path, and copies of those that were fetched."""

    aside: Path
    files: dict[str, Gathered] = field(default_factory=dict)
    _copies: dict[str, Path] = field(default_factory=dict)

    def take(self, source: str) -> Path:
        """Take in a file, and return where it, or a copy of it, can be read."""
        if source not in self.files:
            self._refuse_too_many(source)
            if is_address(source):
                content, location = fetch(source)
                led_on = location if location != source else ""
                self.files[source] = Gathered(content, None, source, led_on)
                copy = self.aside / str(len(self.files)) / _name(location)
                copy.parent.mkdir()
                copy.write_bytes(content)
                self._copies[source] = copy
            else:
                path = Path(source)
                self.files[source] = Gathered(read_bytes(path), path)
        return self._copies.get(source, Path(source))

    def locate(self, address: str) -> Located | None:
        """Take in a file that the schema refers to by an absolute address."""
        if is_address(address):
            path = self.take(address)
            return Located(path, self.files[address].base)
        path_or_none = path_of_uri(address)
        if path_or_none is None or not os.path.isfile(path_or_none):  # noqa: PTH113
            return None  # the engine tells of it
        return Located(self.take(str(path_or_none)))

    def follow_schematron(self, source: str) -> None:
        """Take in what a Schematron schema includes: beside it, by relative references."""
        pending = [source]
        while pending:
            here = pending.pop()
            for href, where in self._included(here):
                there = self._seen_from(here, href, where)
                if there not in self.files:
                    self.take(there)
                    pending.append(there)

    def _included(self, source: str) -> Iterator[tuple[str, Position]]:
        document = parse(source, self.files[source].content)
        for element in document.root.iter(*_INCLUDING):
            href = element.get("href", "").partition("#")[0]
            if href:
                line = element.sourceline
                yield href, Position(source, line if isinstance(line, int) else 1)

    def _seen_from(self, source: str, href: str, where: Position) -> str:
        if urlsplit(href).scheme or href.startswith("/"):
            raise DiagnosticError(
                SCHEMA_REFERENCE.at(
                    where,
                    f"“{href}” is not relative to the file that refers to it",
                    "A Schematron schema can be kept only if what it includes is named relative "
                    "to it: mend the reference.",
                )
            )
        if is_address(source):
            return urljoin(self.files[source].base, href)
        return os.path.normpath(Path(source).parent / href)

    def _refuse_too_many(self, source: str) -> None:
        if len(self.files) >= _MOST:
            raise DiagnosticError(
                SCHEMA_REFERENCE.at(
                    Position(source),
                    f"the schema refers to more than {_MOST} files",
                    "Add a schema that is made of fewer files.",
                )
            )

    @contextmanager
    def named_as_given(self, source: str) -> Iterator[None]:
        """Name files in errors as they were given: those that were fetched by their addresses."""
        try:
            yield
        except DiagnosticError as error:
            names = {str(copy): address for address, copy in self._copies.items()}
            names[os.path.abspath(source)] = source  # noqa: PTH100
            raise DiagnosticError(
                *(replace(d, file=names.get(d.file, d.file)) for d in error.diagnostics)
            ) from None


def _name(address: str) -> str:
    """Return a file name for a copy; the suffix tells the syntax."""
    return Path(urlsplit(address).path).name or "schema"


def _is_schematron(content: bytes) -> bool:
    try:
        parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True)
        parser.feed(content)
        for _event, element in parser.read_events():
            return isinstance(element, etree._Element) and str(element.tag).startswith(_SCHEMATRON)
    except etree.XMLSyntaxError:
        pass  # in compact syntax, or a mistake that those who read it will tell of
    return False
