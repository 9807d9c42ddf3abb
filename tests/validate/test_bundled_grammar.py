"""The bundled grammar is TEI P5, release 4.12.0: it accepts what the official schema accepts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.letter import LETTER, Findings
from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.bundled import bundled_schemas
from toolkit.validate.context import BUNDLED_SCHEMA, Context
from toolkit.validate.relaxng import load_schema
from toolkit.validate.relaxng.comparison import Difference, compare
from toolkit.validate.relaxng.nameclass import expanded, local_of
from toolkit.validate.relaxng.syntax.compact import read_compact
from toolkit.validate.relaxng.syntax.node import Node
from toolkit.validate.schemas import schema_at

EDITION_PROFILE = bundled_schemas()["tei-edition"].grammar


def test_the_bundled_grammar_accepts_the_documents_that_the_official_one_accepts(
    data_folder: Path,
) -> None:
    official = schema_at(data_folder / "schemas" / "tei_all_4.12.0.rng")
    result = compare(schema_at(BUNDLED_SCHEMA), official)
    assert result.findings == ()
    assert result.not_compared == ()
    assert result.same


def test_real_editions_get_the_official_verdict(data_folder: Path) -> None:
    official = schema_at(data_folder / "schemas" / "tei_all_4.12.0.rng")
    ours = schema_at(BUNDLED_SCHEMA)
    verdicts = []
    for corpus in ("dracor-ger", "frus-history", "isicily", "schnitzler-briefe", "tei-exemplars"):
        for file in sorted((data_folder / "corpora" / corpus).iterdir()):
            content = file.read_bytes()
            valid = not ours.validate(content, str(file))
            assert valid == (not official.validate(content, str(file))), file
            verdicts.append(valid)
    assert any(verdicts)
    assert not all(verdicts)


STRICTER = {
    (Difference.OPTIONAL, ("cRef", "target"), ("ptr", "ref")),
    (Difference.OPTIONAL, (expanded(XML_NAMESPACE, "id"),), ("org", "person", "place")),
    (Difference.OPTIONAL, ("reason",), ("gap",)),
    (Difference.OPTIONAL, ("type",), ("correspAction",)),
}


def test_the_edition_profile_is_stricter_at_the_places_it_names_and_nowhere_laxer() -> None:
    result = compare(schema_at(EDITION_PROFILE), schema_at(BUNDLED_SCHEMA))
    assert result.first_within_second
    found = set()
    for each in result.findings:
        elements = tuple(sorted({local_of(place.path[-1]) for place in each.places}))
        if elements != ("choice",):
            found.add((each.kind, each.subject, elements))
    assert found == STRICTER


def test_the_sample_edition_follows_the_edition_profile(repository: Path) -> None:
    schema = schema_at(EDITION_PROFILE)
    files = sorted((repository / "tei").rglob("*.xml"))
    assert len(files) > 5
    for file in files:
        assert schema.validate(file.read_bytes(), str(file)) == ()


@pytest.mark.parametrize(
    ("inside", "valid"),
    [
        ("<sic>a</sic><corr>b</corr>", True),
        ("<expan>a</expan><abbr>b</abbr><abbr>c</abbr>", True),
        ("<unclear>a</unclear><unclear>b</unclear>", True),
        ("<sic>a</sic><reg>b</reg>", False),
        ("<corr>a</corr><corr>b</corr>", False),
    ],
)
def test_the_readings_of_a_choice_are_of_one_kind_in_an_edition(inside: str, valid: bool) -> None:
    document = LETTER.replace("much", f"<choice>{inside}</choice>").encode()
    assert (schema_at(EDITION_PROFILE).validate(document, "a.xml") == ()) is valid
    assert schema_at(BUNDLED_SCHEMA).validate(document, "a.xml") == ()


STRICTLY = {
    "<gap/>": ('<gap reason="lost"/>', "needs the attribute `reason`", 'Add reason="…"'),
    "<ref>a</ref>": (
        '<ref target="#clara">a</ref>',
        "needs the attribute `cRef` or `target`",
        'Add to the tag cRef="…" (a text) or target="…" (a URI',
    ),
}


@pytest.mark.parametrize("written", STRICTLY)
def test_what_the_edition_profile_asks_for_is_told_with_what_to_do(
    findings: Findings, written: str
) -> None:
    profile = Context(schema=EDITION_PROFILE)
    mended, said, hint = STRICTLY[written]
    (found,) = findings(LETTER.replace("much", written), profile)
    assert said in found.message
    assert found.hint.startswith(hint)
    assert findings(LETTER.replace("much", mended), profile) == ()


def test_the_grammar_is_read_in_a_moment() -> None:
    start = time.process_time()
    load_schema(BUNDLED_SCHEMA)
    assert time.process_time() - start < 5


def nodes(file: Path) -> Iterator[Node]:
    """Yield everything that is written in a schema and the files it includes."""
    pending = [read_compact(file.read_text(encoding="utf-8"), str(file))]
    while pending:
        node = pending.pop()
        yield node
        pending += node.children
        if node.kind == "include":
            included = file.parent / node.attributes["href"]
            yield from nodes(included)


def test_no_pattern_is_unused_or_undefined() -> None:
    written = list(nodes(BUNDLED_SCHEMA))
    defined = {node.name for node in written if node.kind == "define"}
    referred = {node.name for node in written if node.kind == "ref"}
    assert defined == referred


def test_an_element_is_defined_under_its_own_name() -> None:
    defined = [node for node in nodes(BUNDLED_SCHEMA) if node.kind == "define"]
    for definition in defined:
        pattern = definition.children[0]
        if pattern.kind == "element" and definition.name != "foreign.element":
            assert pattern.children[0].text == definition.name
