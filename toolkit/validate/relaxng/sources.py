"""The files a schema is made of: local ones only, remembered for the cache."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from toolkit.diagnostics import DiagnosticError
from toolkit.files import decode, digest, read_bytes
from toolkit.validate.bearings import Bearings, Located
from toolkit.validate.relaxng.problems import reference_error, rule_error
from toolkit.validate.relaxng.syntax.compact import read_compact
from toolkit.validate.relaxng.syntax.node import Node
from toolkit.validate.relaxng.syntax.xml import read_xml


class Sources:
    """Reads the main file of a schema and those it refers to."""

    def __init__(self, main: Path, content: bytes, bearings: Bearings) -> None:
        self._main = main
        self._content = content
        self._bearings = bearings
        self.digests: dict[str, str] = {}

    def main(self) -> Node:
        """Return the tree of the main file.

        Raises:
            DiagnosticError: it breaks the syntax.
        """
        return parse(self._main, self._content, base=self._bearings.base)

    def referred(self, node: Node) -> Node:
        """Return the tree of the file that ``href`` of an externalRef or include names.

        Raises:
            DiagnosticError: the reference has a fragment identifier (section 4.5), is not local,
                or the file cannot be read or breaks the syntax.
        """
        href = node.attributes["href"].strip()
        if "#" in href:
            raise rule_error(
                node.place,
                "4.5",
                f"the reference “{href}” has a fragment identifier",
                "Refer to a whole file.",
            )
        path, base = self._located(node, href)
        try:
            content = read_bytes(path)
        except DiagnosticError as error:
            raise reference_error(
                node.place,
                f"“{href}”: {error.diagnostics[0].message}",
                "Mend the reference, or put the file there.",
            ) from None
        self.digests[str(path)] = digest(content)
        return parse(path, content, node.namespace, base)

    def _located(self, node: Node, href: str) -> Located:
        try:
            address = urljoin(quote(node.base) if node.base == node.place.file else node.base, href)
            target = urlsplit(address)
        except ValueError as error:
            raise reference_error(
                node.place, f"“{href}” is no address: {error}", "Mend the reference."
            ) from None
        path = Path(unquote(target.path))
        found = self._bearings.locate(address if target.scheme else _uri(path))
        if found is not None:
            return found
        if target.scheme not in ("", "file") or target.netloc:
            raise reference_error(
                node.place,
                f"“{href}” is not a local file",
                "Nothing is fetched unasked: tei schema add takes in a schema with all it refers "
                "to. Or keep a copy beside the schema and refer to it.",
            )
        return Located(path)


def parse(path: Path, content: bytes, namespace: str = "", base: str = "") -> Node:
    """Return the tree of a schema; the suffix ``.rnc``, else the content, tells the syntax.

    ``base`` is the address that references start from, if it is not that of the file.

    Raises:
        DiagnosticError: it breaks the syntax (V181), or is not text.
    """
    if path.suffix.lower() == ".rnc" or not _looks_like_xml(content):
        return read_compact(decode(path, content).text, str(path), namespace, base)
    return read_xml(content, str(path), namespace, base)


def _uri(path: Path) -> str:
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 (links are not followed)


def _looks_like_xml(content: bytes) -> bool:
    start = content[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")
