"""Names that brackets or the end of a line interrupt are found; brackets stay in their pairs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.annotate.test_annotation import TEI, body_of, document, short
from toolkit.annotate import Registers, annotate, read_registers, remove
from toolkit.annotate.interruptions import without_interruptions
from toolkit.annotate.source import Source
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

ENTRIES = """
<listPerson>
  <person xml:id="ws">
    <persName><forename>Winston</forename> <surname>Churchill</surname></persName></person>
  <person xml:id="cb">
    <persName><forename>Clara</forename> <surname>Brook</surname></persName></person>
</listPerson>
<listPlace>
  <place xml:id="n"><placeName>North Korea</placeName></place>
  <place xml:id="k"><placeName>Korea</placeName></place>
  <place xml:id="lon"><placeName>Lon</placeName></place>
  <place xml:id="london"><placeName>London</placeName></place>
  <place xml:id="w"><placeName>Washington</placeName></place>
  <place xml:id="kb"><placeName>Königsberg</placeName></place>
  <place xml:id="ob"><placeName>Ober</placeName></place>
</listPlace>
"""


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    (folder / "r.xml").write_text(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{ENTRIES}</body></text></TEI>',
        encoding="utf-8",
    )
    return read_registers(register_files(folder), folder)


@pytest.mark.parametrize(
    ("written", "tagged"),
    [
        ("in [North] Korea.", "[North] Korea"),
        ("in ⟨North⟩ Korea.", "⟨North⟩ Korea"),
        ("in [<hi>North</hi>] Korea.", "[<hi>North</hi>] Korea"),
        ("in Lon[don].", "Lon[don]"),
        ("in [Lon]don.", "[Lon]don"),
        ("in [London].", "London"),
        ("in Lond[on]!", "Lond[on]"),
        ("in LON[DON].", "LON[DON]"),
        ("in K(önigs)berg.", "K(önigs)berg"),
        ("in Ko\u0308[nigs]berg.", "Ko\u0308[nigs]berg"),
        ("with [Winston] Churchill.", "[Winston] Churchill"),
        ("with W[inston] C[hurchill].", "W[inston] C[hurchill]"),
        ("with Cla[ra] Br[oo]k.", "Cla[ra] Br[oo]k"),
        ("[with Winston Churchill].", "Winston Churchill"),
        ("in Wash-<lb/>ington.", "Wash-<lb/>ington"),
        ("in Wash-\n  ington.", "Wash-\n  ington"),
        ("in Wash\u00adington.", "Wash\u00adington"),
        ("in Wash¬<lb/>ington.", "Wash¬<lb/>ington"),
    ],
)
def test_a_name_that_is_interrupted_is_tagged_whole(
    registers: Registers, written: str, tagged: str
) -> None:
    body, _result = body_of(registers, f"<p>{written}</p>")
    (inside,) = re.findall(r"<(?:pers|place)Name [^>]*>(.*?)</(?:pers|place)Name>", body, re.DOTALL)
    assert inside == tagged


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Korea [North]", "<placeName k>Korea</placeName> [North]"),
        ("London [sic]", "<placeName london>London</placeName> [sic]"),
        ("London[?]", "<placeName london>London</placeName>[?]"),
        ("London[1]", "<placeName london>London</placeName>[1]"),
        ("London[sic]", "<placeName london>London</placeName>[sic]"),
        ("London (Canada)", "<placeName london>London</placeName> (Canada)"),
        ("Korea[Paris]", "<placeName k>Korea</placeName>[Paris]"),
        ("Lon[don]ers", "Lon[don]ers"),
        ("Lon[gish] Kor(e)an", "Lon[gish] Kor(e)an"),
        ("Wash- ington", "Wash- ington"),
        ("Ober-<lb/>und Nieder-", "<placeName ob>Ober</placeName>-<lb/>und Nieder-"),
    ],
)
def test_what_is_no_part_of_a_name_stays_outside(
    registers: Registers, written: str, expected: str
) -> None:
    body, _result = body_of(registers, f"<p>{written}</p>")
    assert short(body) == f"<p>{expected}</p>"


def test_a_bracket_that_holds_more_than_the_name_parts_it(registers: Registers) -> None:
    body, _result = body_of(registers, "<p>Winston [Churchill said] that</p>")
    assert not re.search(r"<persName [^>]*>[^<]*\[", body)


def test_forms_are_learned_without_brackets() -> None:
    assert without_interruptions("Cla[ra] Br[oo]k") == "Clara Brook"
    assert without_interruptions("Clara [sic] Brook") == "Clara [sic] Brook"


_WORDS = ["North", "Korea", "Lon", "don", "Winston", "Churchill", "Wash", "ington", "<lb/>"]
_PIECES = st.sampled_from([*_WORDS, "<hi>é</hi>", *"[]()⟨⟩ -\n1?\u0308"])


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_brackets_keep_their_pairs_and_no_character_changes(
    registers: Registers, written: str
) -> None:
    source = parse("x.xml", document(f"<p>{written}</p>").encode())
    once = annotate(source, registers, "reg")
    again = annotate(parse("x.xml", once.content), registers, "reg")
    assert again.content == once.content
    before, after = Source(source.utf8), Source(once.content)
    assert before.text == after.text
    assert remove(parse("x.xml", once.content)).content == source.content
    pairs = [m.span() for m in re.finditer(r"\[[^][()⟨⟩]*\]", after.text)]
    for tag in after.elements:
        if tag.name in ("persName", "placeName"):
            for start, end in pairs:
                assert (tag.first <= start < tag.last) == (tag.first <= end - 1 < tag.last)
