"""Measure prepared TEI and web pages: megabytes a second, against a plain copy by Saxon.

Reads letters, plays, novels, inscriptions and minutes in the folder that TEI_TOOLKIT_DATA names.
The plain copy is an identity transformation of the same documents in the same run; all three are
taken from text to text. The last column says how many times as long as the copy the two stages take
together.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from toolkit.publish import Publication
from toolkit.publish.prepare import prepare, xml_text
from toolkit.publish.site import publication_xml
from toolkit.resources import XSLT
from toolkit.tei.parse import parse_file
from toolkit.xslt import ParameterValue, Stylesheet, Xml, compile_stylesheet, transform

_IDENTITY = Stylesheet(
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    '<xsl:mode on-no-match="shallow-copy"/></xsl:stylesheet>'
)
_CORPORA = ("schnitzler-briefe", "dracor-ger", "eltec-por", "isicily", "frus-history")
_LARGEST = 700_000
_ROUNDS = 3


def main() -> int:
    """Print the figures."""
    folder = os.environ.get("TEI_TOOLKIT_DATA")
    if not folder:
        print("TEI_TOOLKIT_DATA is not set", file=sys.stderr)
        return 2
    transform(_IDENTITY, "<a/>")
    for name in ("prepare.xsl", "html.xsl"):
        begin = time.process_time()
        compile_stylesheet(XSLT / name)
        print(f"{name}\tcompiled in\t{time.process_time() - begin:.3f} s")
    for corpus in _CORPORA:
        measure(Path(folder) / "corpora" / corpus)
    return 0


def measure(corpus: Path) -> None:
    """Print the figures of the documents of one corpus."""
    publication = Publication(title="Pages")
    parameters: dict[str, ParameterValue] = {
        "publication": Xml(publication_xml(publication)),
        "stem": "page",
    }
    files = [file for file in sorted(corpus.rglob("*.xml")) if file.stat().st_size < _LARGEST]
    documents = [parse_file(file) for file in files[:25]]
    prepared = [prepare(document, publication) for document in documents]
    size = sum(len(document.content) for document in documents) / 1e6

    def copies() -> None:
        for document in documents:
            transform(_IDENTITY, xml_text(document))

    def preparations() -> None:
        for document in documents:
            prepare(document, publication)

    def pages() -> None:
        for text in prepared:
            transform(XSLT / "html.xsl", text, parameters)

    copy, first, second = (_seconds(work) for work in (copies, preparations, pages))
    print(
        f"{corpus.name}\t{size:.2f} MB\tcopy {size / copy:.1f}\tprepare {size / first:.1f}"
        f"\thtml {size / second:.1f} MB/s\t{(first + second) / copy:.1f} times"
    )


def _seconds(work: Callable[[], None]) -> float:
    """Return the processor time of the best of some rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
