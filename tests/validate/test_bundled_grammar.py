"""The bundled grammar is TEI P5, release 4.12.0: it accepts what the official schema accepts."""

from __future__ import annotations

import time
from pathlib import Path

from lxml import etree

from toolkit.validate.context import BUNDLED_SCHEMA
from toolkit.validate.relaxng import load_schema
from toolkit.validate.relaxng.comparison import compare

RNG = "{http://relaxng.org/ns/structure/1.0}"


def joined(path: Path) -> etree._Element:
    """Return a schema in one tree: included files in place, annotations and prefixes left out."""
    root = etree.parse(path).getroot()
    for node in list(root.iter()):
        parent = node.getparent()
        if parent is not None and not str(node.tag).startswith(RNG):
            parent.remove(node)
    for node in root.iter(f"{RNG}attribute"):
        if node.get("name"):
            node.set("name", str(node.get("name")).rpartition(":")[2])
    for include in list(root.iter(f"{RNG}include")):
        assert len(include) == 0, "nothing overrides an included definition"
        parent = include.getparent()
        assert parent is not None
        included = list(joined(path.parent / str(include.get("href"))))
        parent[parent.index(include) : parent.index(include) + 1] = included
    return root


def test_the_bundled_grammar_accepts_the_documents_that_the_official_one_accepts(
    data_folder: Path,
) -> None:
    official = load_schema(data_folder / "schemas" / "tei_all_4.12.0.rng")
    result = compare(load_schema(BUNDLED_SCHEMA), official)
    assert result.findings == ()
    assert result.not_compared == ()
    assert result.same


def test_real_editions_get_the_official_verdict(data_folder: Path) -> None:
    official = load_schema(data_folder / "schemas" / "tei_all_4.12.0.rng")
    ours = load_schema(BUNDLED_SCHEMA)
    verdicts = []
    for corpus in ("dracor-ger", "frus-history", "isicily", "schnitzler-briefe", "tei-exemplars"):
        for file in sorted((data_folder / "corpora" / corpus).iterdir()):
            content = file.read_bytes()
            valid = not ours.validate(content, str(file))
            assert valid == (not official.validate(content, str(file))), file
            verdicts.append(valid)
    assert any(verdicts)
    assert not all(verdicts)


def test_the_grammar_is_read_in_a_moment() -> None:
    start = time.process_time()
    load_schema(BUNDLED_SCHEMA)
    assert time.process_time() - start < 5


def test_no_pattern_is_unused_or_undefined() -> None:
    root = joined(BUNDLED_SCHEMA)
    defined = [d.get("name") for d in root.iter(f"{RNG}define")]
    referred = {r.get("name") for r in root.iter(f"{RNG}ref")}
    assert len(defined) == len(set(defined))
    assert set(defined) == referred
