"""Fonts: no character is lost, and each script is set in one family."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from toolkit.publish import Publication, print_settings, publish_document
from toolkit.publish.coverage import absent_characters, covered
from toolkit.publish.font_choice import choose_fonts
from toolkit.publish.fonts import OWN_FONTS, FontSet, fonts_in, installed_fonts, preferences
from toolkit.publish.glyphs import describe_missing
from toolkit.publish.print_settings import TEXT_FONT
from toolkit.tei.parse import ParsedDocument, parse

SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>A title</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"
)
PLAIN_HEBREW = "שָׁלוֹם"
WITH_ACCENTS = "בְּרֵאשִׁ֖ית"


def document(body: str) -> ParsedDocument:
    return parse("test.xml", SHELL.format(body=body).encode())


def font_of(family: str, characters: str, file: Path, *, alike: bool = False) -> None:
    """Write a font with a box for each character, each of another size unless ``alike``."""
    names = {ord(character): f"u{ord(character):X}" for character in characters}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    glyphs: dict[str, Any] = {".notdef": TTGlyphPen(None).glyph()}
    for number, name in enumerate(names.values()):
        pen = TTGlyphPen(None)
        width = 500 if alike else 400 + number
        pen.moveTo((0, 0))
        pen.lineTo((0, 700))
        pen.lineTo((width, 700))
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    names_of_font = {"familyName": family, "styleName": "Regular", "fullName": family}
    builder.setupNameTable({**names_of_font, "psName": family.replace(" ", "")})
    builder.setupOS2()
    builder.setupPost()
    builder.save(file)


def families(text: str, fonts: FontSet | None = None) -> list[str]:
    return [family.name for family in choose_fonts(text, fonts or installed_fonts()).families]


def fonts_of_pdf(pdf: bytes) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"]).partition("+")[2].partition("-")[0]
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }


def test_calls_of_notes_are_raised_in_a_font_that_raises_lining_figures_only() -> None:
    publication = Publication("E", print=print_settings({"fonts": ["Cardo"]}))
    tree = document('<p>1<note resp="#ed">Said.</note></p>')
    pdf = publish_document("pdf", "test", tree, publication).files["test.pdf"]
    runs: list[object] = []
    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(
        visitor_operand_before=lambda operator, operands, _cm, _tm: (
            runs.append(operands[0]) if operator == b"Tj" else None
        )
    )
    figure, call, number, page_number = runs
    assert call == number != figure == page_number


def test_the_fonts_that_come_with_the_toolkit_are_there() -> None:
    assert {"Cardo", "Noto Serif", "Frank Ruhl Libre", "Amiri"} <= set(installed_fonts().families)


@pytest.mark.parametrize(
    "text",
    [
        "ꝑ ꝓ ꝗ ꝛ ꝝ ꝰ ꝯ ⁊ ſ ꜵ ꜷ \ue8bf",
        "aͤ oͤ uͦ m̄ q̃",
        "μῆνιν ἄειδε θεὰ Ἀχιλῆος ᾽",
        "сѣверъ ꙋ ꙗ҆́ ѩ",
        PLAIN_HEBREW,
        WITH_ACCENTS,
        "السَّلَامُ عَلَيْكُمْ ١٢٣،",
    ],
    ids=["medieval", "marks", "greek", "cyrillic", "hebrew", "accents", "arabic"],
)
def test_the_scripts_of_european_editions_are_covered(text: str) -> None:
    assert absent_characters(text, installed_fonts()) == frozenset()


def test_latin_letters_stay_in_the_family_of_the_text() -> None:
    assert families("ꝑſona dñs")[0] == TEXT_FONT


def test_a_script_is_set_in_the_first_family_that_has_all_its_characters() -> None:
    assert families(PLAIN_HEBREW)[0] == "Frank Ruhl Libre"
    assert families(WITH_ACCENTS)[0] == "Cardo"
    assert families("Письмо")[0] == TEXT_FONT
    assert families("Письмо ꙋ")[0] == "Noto Serif"


def test_a_word_does_not_change_its_font_in_the_middle() -> None:
    body = f'<p>(<foreign xml:lang="he">{WITH_ACCENTS}</foreign>)</p>'
    made = publish_document("pdf", "t", document(body), Publication(title="E"))
    assert made.diagnostics == ()
    assert fonts_of_pdf(made.files["t.pdf"]) == {"LibertinusSerif", "Cardo"}


def test_the_edition_may_ask_for_another_family_of_the_text(tmp_path: Path) -> None:
    font_of("Our Face", "äöü", tmp_path / "our.ttf")
    chosen = choose_fonts("äöü", fonts_in((tmp_path,)), ("Our Face",))
    assert [family.name for family in chosen.families][:2] == ["Our Face", TEXT_FONT]


def test_a_glyph_that_stands_for_many_characters_is_a_placeholder(tmp_path: Path) -> None:
    runes = "ᚠᚢᚦᚨᚱᚲᚷᚹ"
    font_of("Boxes", runes, tmp_path / "boxes.ttf", alike=True)
    fonts = fonts_in((tmp_path,))
    assert "Boxes" in fonts.families
    assert covered("Boxes", frozenset(runes), fonts) == frozenset()
    assert absent_characters(runes, fonts) == frozenset(runes)
    (tmp_path / "real").mkdir()
    font_of("Runes", runes, tmp_path / "real" / "runes.ttf")
    folders = (tmp_path, tmp_path / "real")
    chosen = choose_fonts(runes, FontSet(folders, ("Boxes", "Runes")))
    assert chosen.absent == frozenset()
    boxes = next(family for family in chosen.families if family.name == "Boxes")
    assert boxes.covers.startswith("^")


def test_a_character_that_stands_for_another_needs_no_glyph_of_its_own() -> None:
    angstrom, cjk = "\u212b", "\uf900"
    assert absent_characters(angstrom + cjk, fonts_in(())) == {cjk}


def test_east_asian_fonts_are_chosen_by_language(tmp_path: Path) -> None:
    folder = tmp_path / OWN_FONTS
    folder.mkdir()
    for family in ("Noto Serif JP", "Noto Serif TC"):
        font_of(family, "中國直", folder / f"{family}.ttf")
    body = '<p>中 <foreign xml:lang="zh-Hant-TW">中</foreign></p>'
    publication = Publication(title="E", custom_stylesheets=tmp_path)
    made = publish_document("pdf", "t", document(body), publication)
    assert made.diagnostics == ()
    assert {"NotoSerifJP", "NotoSerifTC"} <= fonts_of_pdf(made.files["t.pdf"])


@pytest.mark.parametrize(
    ("character", "advice"),
    [
        ("中", "tei-toolkit[cjk]"),
        ("、", "tei-toolkit[cjk]"),
        ("ท", "fontpkg-noto-sans-thai"),
        ("ᚢ", "Noto Sans Runic (SIL OFL) into the folder “fonts”"),
        ("⸎", "Put a font that has it"),
    ],
)
def test_a_character_without_glyph_is_told_with_the_package_that_has_it(
    character: str, advice: str
) -> None:
    tree = document(f"<p>a</p>\n<p>{character}</p>")
    (found,) = describe_missing(tree, character, fonts_in(()))
    assert (found.code, found.file, found.line) == ("P101", "test.xml", 2)
    assert f"U+{ord(character):04X}" in found.message
    assert advice in (found.hint or "")


def test_characters_that_one_package_has_are_told_together_with_their_places() -> None:
    tree = document("<p>ท\n&#x4E2D;国</p>\n<p>日中ᚢ</p>")
    thai, chinese, runes = sorted(describe_missing(tree, "中国日ทᚢ", fonts_in(())))
    assert [each.line for each in (thai, chinese, runes)] == [1, 2, 3]
    assert "3 characters: “中” (U+4E2D, line 2), “国” (U+56FD, line 2), “日” (U+65E5, line 3)" in (
        chinese.message
    )
    assert "U+0E17 THAI CHARACTER THO THAHAN" in thai.message
    assert "pip install 'tei-toolkit[cjk]'" in chinese.hint


def test_full_width_signs_come_with_the_letters_they_stand_among() -> None:
    tree = document("<p>中，国</p>")
    (found,) = describe_missing(tree, "中，国（）", fonts_in(()))
    assert "these 3 characters" in found.message


def test_of_many_characters_without_glyph_the_first_are_named() -> None:
    (found,) = describe_missing(
        document("<p>" + "".join(map(chr, range(0x4E00, 0x4E64))) + "</p>"),
        map(chr, range(0x4E00, 0x4E64)),
        fonts_in(()),
    )
    assert "these 100 characters: “一” (U+4E00, line 1)" in found.message
    assert found.message.endswith("and 88 more")


def test_every_script_has_families() -> None:
    entries = preferences().scripts
    assert all(entry.families for entry in entries)
    listed = {family for entry in entries for family in entry.families}
    assert set(preferences().languages.values()) <= listed
