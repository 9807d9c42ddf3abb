"""The example of every explanation: before has the finding, after has not."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from tests.letter import LETTER
from toolkit.annotate import annotate, read_decisions, read_registers, read_review
from toolkit.catalogue import kinds
from toolkit.convert import Publication, check, convert, load_convention, read_transcription
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.diagnostics.explanation import EXPLANATIONS, Explanation, explanation, names
from toolkit.edition import load_edition
from toolkit.files import read_bytes
from toolkit.registers import entries_of_table
from toolkit.registers.formats import read_table
from toolkit.tei.parse import parse_file
from toolkit.validate import Context, validate
from toolkit.validate.catalogs import check_catalogs
from toolkit.validate.relaxng import load_schema

REGISTER = re.sub(r"(?s)<profileDesc>.*</profileDesc>", "", LETTER)
REGISTER = REGISTER.replace(' ref="#clara"', "").replace(
    "<text>", "<standOff><listPerson>{entries}</listPerson></standOff><text>"
)
# Commands and stylesheets, what only publishing finds, and a document too long to be shown whole.
NOT_RUN = (".sh", ".xsl")
FOUND_ELSEWHERE = {"E104", "P020", "X003"}


def explanations() -> list[Explanation]:
    found = [explanation(code) for code in names()]
    return [each for each in found if each]


RUN = [
    each
    for each in explanations()
    if each.example and not each.example.file.endswith(NOT_RUN) and each.code not in FOUND_ELSEWHERE
]


def test_every_kind_has_an_explanation_of_its_name() -> None:
    assert dict(names()) == {kind.code: kind.name for kind in kinds()}


def test_explanations_follow_their_schema(repository: Path) -> None:
    schema = json.loads((repository / "schemas" / "explanation.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    for path in EXPLANATIONS.iterdir():
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        assert [error.message for error in validator.iter_errors(said)] == [], path.name


def test_most_explanations_have_an_example_that_is_run() -> None:
    of_documents = {each.code for each in explanations() if each.code[0] in "VX"}
    assert len(RUN) > 50
    # No document has these by the toolkit's own grammar and rules, or they are no one's fault, or
    # come with the store.
    assert of_documents - {each.code for each in RUN} <= {
        "X003",
        "X101",
        "V190",
        "V195",
        "V196",
        "V197",
        "V199",
    }


@pytest.mark.parametrize("said", RUN, ids=lambda each: each.code)
def test_the_example_has_the_finding_and_mended_has_not(said: Explanation, tmp_path: Path) -> None:
    assert said.example is not None
    find = finder(said.code, said.example.file)
    found = []
    for step, text in (("before", said.example.before), ("after", said.example.after)):
        folder = tmp_path / step
        for name, beside in said.example.beside.items():
            write(folder / name, beside)
        write(folder / said.example.file, text)
        found.append({diagnostic.code for diagnostic in find(folder, said.example.file)})
    assert said.code in found[0]
    assert said.code not in found[1]
    if said.code[0] in "VX":
        assert found[0] == {said.code}, "the example shows one mistake"
        assert not found[1], "nothing is wrong with the mended example"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(completed(path, text), encoding="utf-8")


def completed(path: Path, text: str) -> str:
    """Return the whole document of which an example shows the part in question."""
    if re.fullmatch(r"(<\?xml-model\s[^>]*>\s*)+", text):
        return LETTER.replace("<TEI", f"{text}<TEI")
    if path.suffix != ".xml" or re.match(r"<(\?xml|!DOCTYPE|TEI|years)", text.lstrip()):
        return text
    if path.parent.name == "registers":
        return REGISTER.format(entries=text)
    return LETTER.replace("<p>thank you", f"{text}<p>thank you")


def finder(code: str, file: str) -> Callable[[Path, str], tuple[Diagnostic, ...]]:
    if code[0] == "A" and file.startswith("annotation/"):
        return decided
    if code[0] == "A":
        return annotated
    return {
        ".xml": validated,
        ".txt": converted,
        ".toml": settings,
        ".json": profile,
        ".rng": schema,
        ".sch": rules,
        ".cat": catalog,
        ".csv": table,
    }[Path(file).suffix]


def caught(
    work: Callable[[Path, str], tuple[Diagnostic, ...]],
) -> Callable[[Path, str], tuple[Diagnostic, ...]]:
    def run(folder: Path, file: str) -> tuple[Diagnostic, ...]:
        try:
            return work(folder, file)
        except DiagnosticError as error:
            return error.diagnostics

    return run


@caught
def validated(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    schema = folder / "schema.rng"
    rules = folder / "rules.sch"
    context = Context(
        schema=schema if schema.exists() else None,
        root=folder,
        registers=tuple(folder.glob("registers/*.xml")),
        documents=folder / "tei",
        rules=(rules,) if rules.exists() else (),
    )
    return validate(parse_file(folder / file), context)


@caught
def annotated(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    del file
    registers = read_registers(sorted(folder.glob("registers/*.xml")), folder / "registers")
    done = annotate(parse_file(folder / "letter.xml"), registers, "registers", only_certain=True)
    etree.fromstring(done.content)
    return (*registers.diagnostics, *done.diagnostics)


@caught
def decided(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    if file.endswith(".json"):
        read_review(folder / file)
        return ()
    registers = read_registers(sorted(folder.glob("registers/*.xml")), folder / "registers")
    decisions = read_decisions(folder / file)
    documents = [each.relative_to(folder).as_posix() for each in folder.glob("tei/*.xml")]
    lost = decisions.without_document(documents)
    texts = ((folder / name).read_text("utf-8") for name in documents)
    idle = decisions.without_form(texts) if documents else ()
    return (*decisions.with_entries(registers.by_key)[1], *lost, *idle)


@caught
def converted(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    convention = load_convention("default", ())
    source = read_transcription(folder / file, read_bytes(folder / file)).source
    return convert(source, convention, Publication("", "")).diagnostics


@caught
def settings(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    del file
    load_edition(folder)
    return ()


@caught
def profile(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    return check(folder / file)


@caught
def schema(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    return tuple(load_schema(folder / file).warnings)


@caught
def table(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    content = read_bytes(folder / file)
    return entries_of_table(read_table(folder / file, content), "person").diagnostics


def catalog(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    return check_catalogs([folder / file])


@caught
def rules(folder: Path, file: str) -> tuple[Diagnostic, ...]:
    write(folder / "letter.xml", "")
    context = Context(rules=(folder / file,))
    return validate(parse_file(folder / "letter.xml"), context)
