"""The law of diagnosis: a document has findings if, and only if, the engine calls it invalid."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.examples import examples
from tests.letter import LETTER
from toolkit.tei.names import XML_ID, tei
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.tei.positions import positions
from toolkit.validate.context import BUNDLED_SCHEMA
from toolkit.validate.grammar.diagnosis import diagnose
from toolkit.validate.grammar.findings import Finding
from toolkit.validate.grammar.marks import Marks
from toolkit.validate.grammar.model import Model
from toolkit.validate.relaxng import Violation, ViolationKind
from toolkit.validate.schemas import schema_at

NAMES = [
    *map(tei, ("p", "div", "head", "opener", "closer", "hi", "choice", "sic", "list", "item")),
    *map(tei, ("date", "note", "lb", "gap", "gi")),
]
ATTRIBUTES = ("type", "when", "ref", "rend", "cert", "target", "n", "quantity", "rendition")
VALUES = ("", "a", "a b", "1901-02-30", "1901-02-03", "#clara", "12", "high")


@cache
def model() -> Model:
    return Model(schema_at(BUNDLED_SCHEMA))


def violations(document: ParsedDocument) -> tuple[Violation, ...]:
    return schema_at(BUNDLED_SCHEMA).validate(document.content, document.file)


def refused(document: ParsedDocument) -> bool:
    return any(map(is_for_diagnosis, violations(document)))


def diagnosed(document: ParsedDocument) -> list[Finding]:
    marks = Marks(positions(document), violations(document))
    return list(diagnose(model(), document.root, marks))


def is_for_diagnosis(violation: Violation) -> bool:
    """Identifiers have a check of their own."""
    return violation.kind is not ViolationKind.DUPLICATE_ID and violation.name != XML_ID


def spoil(root: etree._Element, chance: random.Random) -> None:
    """Change one thing in the document, as a careless editor might."""
    elements = list(root.iter(etree.Element))
    if len(elements) == 1:
        return
    element = chance.choice(elements[1:])
    parent = element.getparent()
    assert parent is not None
    match chance.randrange(6):
        case 0:
            element.tag = chance.choice(NAMES)
        case 1:
            parent.remove(element)
        case 2:
            element.append(etree.Element(chance.choice(NAMES)))
        case 3:
            element.text = (element.text or "") + chance.choice(("x", " ", "1901"))
        case 4:
            element.set(chance.choice(ATTRIBUTES), chance.choice(VALUES))
        case _:
            parent.insert(
                chance.randrange(len(parent)),
                parse("", etree.tostring(element, with_tail=False)).root,
            )


@settings(max_examples=examples(100), deadline=None)
@given(st.randoms(use_true_random=False), st.integers(min_value=1, max_value=4))
def test_there_are_findings_exactly_where_the_engine_refuses(
    chance: random.Random, changes: int
) -> None:
    root = parse("letter.xml", LETTER.encode()).root
    for _ in range(changes):
        spoil(root, chance)
    document = parse("letter.xml", etree.tostring(root))
    found = diagnosed(document)
    assert bool(found) == refused(document), etree.tostring(root).decode()


def test_the_law_holds_for_real_files(data_folder: Path) -> None:
    for folder in ("schnitzler-briefe", "isicily", "frus-history", "tei-test"):
        for file in sorted((data_folder / "corpora" / folder).glob("*.xml"))[::7]:
            document = parse(str(file), file.read_bytes())
            found = diagnosed(document)
            assert bool(found) == refused(document), file
