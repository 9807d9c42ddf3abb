"""A mistake in an edition's own Typst functions is told once, at its place, in plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.publish import Publication, publish_document
from toolkit.publish.own_functions import TEMPLATES
from toolkit.tei.parse import ParsedDocument, parse

LETTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>A title</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    '</sourceDesc></fileDesc></teiHeader><text><body><p>Some <hi rend="italic">words</hi>.</p>'
    "</body></text></TEI>"
)


def letter() -> ParsedDocument:
    return parse("letter.xml", LETTER.encode())


def set_with(own: str, folder: Path) -> tuple[Diagnostic, ...]:
    (folder / "print.typ").write_text(own, "utf-8")
    publication = Publication(title="E", custom_stylesheets=folder)
    try:
        return publish_document("pdf", "letter", letter(), publication).diagnostics
    except DiagnosticError as error:
        return error.diagnostics


@pytest.mark.parametrize(
    ("own", "line", "column", "message", "hint"),
    [
        ("\n#let stamp(shape, body = 5", 2, 11, "bracket opens is not closed", "Close it"),
        ("#let stamp(shape, body) = rotat(3deg)", 1, 27, "“rotat” is not defined", "Mend the name"),
        ("#let é = 1; #let stamp(a, b) = rotat(b, é)", 1, 32, "“rotat”", "Mend the name"),
        ("#let stamp(body) = body", 1, 6, "fewer parameters", "#let stamp(shape, body) = …"),
        ("#let page-mark(x) = [x]", 1, 6, "a parameter “x”", "#let page-mark() = …"),
        ("#let style-bold(body) = 5", 1, 6, "gives an integer", "#let style-bold(body) = […]"),
        (
            "#let entry-number(lines) = {}\n#let note-number(n) = 1",
            2,
            6,
            "“note-number” gives",
            "[",
        ),
        ("#let style-bold(body) = {}", 1, 6, "gives nothing", "square brackets"),
        ("#let stamp(shape, body) = body + body", 1, 6, "sets 2 times the text", "once"),
        ("#let style-italic(body) = []", 1, 6, "leaves out the text", "Let “body” stand"),
        ("#let stamp = [x]", 1, 6, "“stamp” is a content, but must be a function", "#let stamp("),
        ('#import "gone.typ": x', 1, 9, "there is no file “gone.typ”", "beside print.typ"),
        ('#import "design.typ": stampe', 1, 23, "nothing of this name", "Mend the name"),
        ("#let stamp(a, b) = text(size: 5, b)", 1, 31, "expected length", "A length needs a unit"),
        ('#let stamp(a, b) = text(font: "Nix", b)', 1, 31, "“nix” is not installed", "“fonts”"),
        ("#let contents-entry(it) = it.nix", 1, 30, "", ""),
        ('#import "@preview/cetz:0.2.0"', 1, 9, "nothing is fetched", "beside print.typ"),
    ],
)
def test_a_mistake_is_told_at_its_place(
    own: str, line: int, column: int, message: str, hint: str, tmp_path: Path
) -> None:
    (found,) = set_with(own, tmp_path)
    assert (found.code, found.file) == ("P110", str(tmp_path / "print.typ"))
    assert (found.line, found.column) == (line, column)
    assert message in found.message
    assert hint in found.hint


def test_each_function_that_is_wrong_is_told(tmp_path: Path) -> None:
    own = "#let stamp(body) = body\n#let style-bold(body) = rotat(body)\n#let page-mark() = [|]"
    assert [found.line for found in set_with(own, tmp_path)] == [1, 2]


def test_a_mistake_that_only_a_document_brings_out_is_told_at_its_place_too(tmp_path: Path) -> None:
    own = '#let style-italic(body) = if repr(body).contains("words") { rotat(body) } else { body }'
    (found,) = set_with(own, tmp_path)
    assert (found.code, found.file, found.column) == ("P110", str(tmp_path / "print.typ"), 61)


@pytest.mark.parametrize(
    ("own", "message", "hint"),
    [
        ("#let stemp(shape, body) = body", "“stemp” has no effect", "Did you mean “stamp”?"),
        ("#let style-itallic(body) = body", "no effect", "Did you mean “style-italic”?"),
        ("#let colours = (red: blue)", "“colours” has no effect", "docs/edition.md"),
    ],
)
def test_a_function_that_nothing_calls_is_told_with_the_nearest_name(
    own: str, message: str, hint: str, tmp_path: Path
) -> None:
    (found,) = set_with(own, tmp_path)
    assert (found.code, found.line, found.column) == ("P111", 1, 6)
    assert message in found.message
    assert hint in found.hint


def test_helpers_that_are_used_and_files_beside_are_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "marks.typ").write_text("#let mark(body) = [*#body*]", "utf-8")
    logo = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    (tmp_path / "logo.svg").write_text(logo, "utf-8")
    own = (
        '#import "parts/marks.typ": *\n#import "design.typ" as toolkit\n'
        "#let thin = 0.2pt\n#let style-italic(body) = mark(toolkit.style-italic(body))\n"
        '#let rule-block() = [#image("logo.svg", alt: "x") #line(stroke: thin)]'
    )
    assert set_with(own, tmp_path) == ()


def test_a_word_that_a_function_leaves_out_is_told_with_the_file_to_look_in(tmp_path: Path) -> None:
    own = '#let style-italic(body) = if repr(body).contains("words") { [] } else { body }'
    (found,) = set_with(own, tmp_path)
    assert found.code == "P010"
    assert f"Look in {tmp_path / 'print.typ'} first" in found.hint


def test_the_toolkits_own_functions_pass_the_check(tmp_path: Path) -> None:
    own = (TEMPLATES / "design.typ").read_text("utf-8")
    assert [found for found in set_with(own, tmp_path) if found.code == "P110"] == []


def test_every_function_that_can_be_replaced_is_checked_and_documented(repository: Path) -> None:
    chosen = (TEMPLATES / "chosen.typ").read_text("utf-8")
    block = re.search(r"(?s)#let \((.*?)\) = chosen", chosen)
    assert block is not None
    names = set(re.findall(r"[\w-]+", block[1]))
    check = (TEMPLATES / "check.typ").read_text("utf-8")
    assert names == set(re.findall(r"(?m)^  ([\w-]+): \(", check))
    guide = (repository / "docs" / "edition.md").read_text("utf-8")
    assert [name for name in sorted(names) if not re.search(rf"`{name}[`(]", guide)] == []
