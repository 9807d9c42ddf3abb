"""Measure Schematron: megabytes a second, against a plain copy by Saxon in the same run.

Reads letters and plays in the folder that TEI_TOOLKIT_DATA names. Each document is taken from the
parsed tree to its findings, as validation does; the plain copy is an identity transformation of the
same documents, serialised. Schemas: the toolkit's own rules, the rules of DraCor, and those
embedded in the TEI schema.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lxml import etree

from toolkit.resources import SCHEMAS
from toolkit.tei.parse import ParsedDocument, parse_file
from toolkit.validate.schematron import Rules, findings, load_rules
from toolkit.xslt import Stylesheet, transform

_IDENTITY = Stylesheet(
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    '<xsl:mode on-no-match="shallow-copy"/></xsl:stylesheet>'
)
_ROUNDS = 5


def main() -> int:
    """Print the figures."""
    folder = os.environ.get("TEI_TOOLKIT_DATA")
    if not folder:
        print("TEI_TOOLKIT_DATA is not set", file=sys.stderr)
        return 2
    data = Path(folder)
    schemas = (
        SCHEMAS / "schematron" / "edition.sch",
        data / "schemas" / "dracor_1.6.0.sch",
        data / "schemas" / "tei_all_4.12.0.rng",
    )
    transform(_IDENTITY, "<a/>")
    compiled = []
    for schema in schemas:
        begin = time.process_time()
        compiled.append(load_rules(schema))
        print(f"{schema.name}\tcompiled in\t{time.process_time() - begin:.3f} s")
    for corpus in ("schnitzler-briefe", "dracor-ger"):
        documents = [parse_file(f) for f in sorted((data / "corpora" / corpus).rglob("*.xml"))]
        size = sum(len(document.content) for document in documents) / 1e6
        print(f"{corpus}\t{len(documents)} documents\t{size:.2f} MB")
        print(f"plain copy\t{size / _seconds(documents, copy):.1f} MB/s")
        for rules in compiled:
            rate = size / _seconds(documents, partial(validate, rules))
            print(f"{rules.file.name}\t{rate:.1f} MB/s")
    return 0


def copy(document: ParsedDocument) -> None:
    """Copy a document by Saxon."""
    transform(_IDENTITY, str(etree.tostring(document.root, encoding="unicode")))


def validate(rules: Rules, document: ParsedDocument) -> None:
    """Validate a document."""
    list(findings(rules, document))


def _seconds(documents: list[ParsedDocument], work: Callable[[ParsedDocument], None]) -> float:
    """Return the processor time of the best of some rounds over all documents."""
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = time.process_time()
        for document in documents:
            work(document)
        best = min(best, time.process_time() - begin)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
