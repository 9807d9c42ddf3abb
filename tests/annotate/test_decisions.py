"""What editors have decided about names holds, and what is not decided waits for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.annotate.test_annotation import TEI, document
from toolkit.annotate import Decision, Decisions, Place, Registers, annotate, read_registers
from toolkit.annotate.annotation import Annotation
from toolkit.annotate.open_names import Reason
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

PERSONS = (
    '<listPerson><person xml:id="anna"><persName>Clara Brook</persName></person>'
    '<person xml:id="berta"><persName>Clara Brook</persName></person></listPerson>'
)
BROOK = "I saw the house of the old miller where Clara Brook stood beside the pear tree in May."
FILE = "letter.xml"
AROUND = Place(FILE, "house of the old miller where", "stood beside the pear tree in")


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder: Path = tmp_path_factory.mktemp("registers")
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{PERSONS}</body></text></TEI>'
    (folder / "r.xml").write_text(text, encoding="utf-8")
    return read_registers(register_files(folder), folder)


def annotated(registers: Registers, text: str, *decisions: Decision) -> Annotation:
    content = document(f"<p>{text}</p>").encode()
    return annotate(
        parse(FILE, content), registers, "reg", name=FILE, decisions=Decisions(decisions)
    )


def test_a_form_of_two_entries_is_left_open_with_both(registers: Registers) -> None:
    (waiting,) = annotated(registers, BROOK).open_names
    assert (waiting.form, waiting.reason) == ("Clara Brook", Reason.SEVERAL_ENTRIES)
    assert [(c.entry, c.score) for c in waiting.candidates] == [
        ("r.xml#anna", 0.5),
        ("r.xml#berta", 0.5),
    ]
    assert waiting.place == AROUND


@pytest.mark.parametrize(
    "text",
    [
        BROOK,
        f"New words. {BROOK}",
        BROOK.replace("in May", "at night").replace("house of", "barn,"),
        BROOK.replace("stood", "stood there once again in the rain,"),
        BROOK.replace("where", "where, so the people say, our neighbour"),
        *(BROOK.replace(word, "otherwise") for word in ("where", "stood", "miller", "pear")),
    ],
)
def test_a_decision_holds_at_its_place_when_the_text_elsewhere_changes(
    registers: Registers, text: str
) -> None:
    result = annotated(registers, text, Decision("Clara Brook", "r.xml#berta", AROUND))
    assert b'ref="reg/r.xml#berta"' in result.content
    assert result.open_names == ()


def test_a_decision_about_one_place_says_nothing_of_another(registers: Registers) -> None:
    other = "Nobody here has ever met Clara Brook; letters from her are lost, it seems."
    result = annotated(registers, other, Decision("Clara Brook", "r.xml#berta", AROUND))
    assert b"<persName" not in result.content
    assert len(result.open_names) == 1


HEADER = """<profileDesc><correspDesc>
<correspAction type="sent"><persName resp="#toolkit">Clara Brook{}</persName></correspAction>
<correspAction type="received"><persName resp="#toolkit">Clara Brook</persName></correspAction>
</correspDesc></profileDesc>"""


def in_header(registers: Registers, office: str, *decisions: Decision) -> Annotation:
    content = document("<p>Nothing.</p>").replace(
        "</fileDesc>", f"</fileDesc>{HEADER.format(office)}"
    )
    return annotate(
        parse(FILE, content.encode()), registers, "reg", name=FILE, decisions=Decisions(decisions)
    )


@pytest.mark.parametrize("office", ["", ", the Prime Minister of Ruritania", ", Prime Minister"])
def test_a_decision_about_a_field_of_the_header_holds_when_words_beside_the_name_change(
    registers: Registers, office: str
) -> None:
    place = Place(FILE, "<correspAction sent>", ", the Minister of Ruritania")
    result = in_header(registers, office, Decision("Clara Brook", "r.xml#berta", place))
    assert result.without_place == ()
    assert b'"sent"><persName resp="#toolkit" ref="reg/r.xml#berta"' in result.content


def test_a_decision_about_a_field_of_the_header_that_is_gone_is_told(registers: Registers) -> None:
    gone = Decision("Clara Brook", "r.xml#berta", Place(FILE, "<author>", ""))
    held = Decision("Clara Brook", "r.xml#anna", Place(FILE, "<correspAction received>", ""))
    result = in_header(registers, "", gone, held)
    assert result.without_place == (gone,)
    assert b"berta" not in result.content
    assert b'<correspAction type="received"><persName resp="#toolkit" ref="reg/r.xml#anna"' in (
        result.content
    )


def test_a_decision_about_one_of_two_like_places_is_not_about_the_other(
    registers: Registers,
) -> None:
    text = f"{BROOK.replace('pear', 'plum')} {BROOK}"
    (waiting,) = annotated(registers, text, Decision("Clara Brook", None, AROUND)).open_names
    assert "plum" in waiting.after


@pytest.mark.parametrize("entry", ["r.xml#anna", None])
def test_a_decision_about_a_form_holds_wherever_it_stands(
    registers: Registers, entry: str | None
) -> None:
    result = annotated(registers.with_decisions({"Clara Brook": entry}), f"{BROOK} {BROOK}")
    tagged = result.content.count(b'ref="reg/r.xml#anna"')
    assert tagged == (2 if entry else 0)
    assert result.open_names == ()


def test_of_two_decisions_about_the_same_the_later_holds() -> None:
    first = Decision("Clara Brook", "r.xml#anna", AROUND)
    later = Decision("Clara Brook", None, AROUND)
    assert Decisions((first,)).with_decision(later).at("Clara Brook", AROUND) == later
    assert Decisions((first, later)).at("Clara Brook", AROUND) == later


def test_an_inflected_name_is_shown_as_it_stands_and_decided_at_its_place(
    registers: Registers,
) -> None:
    text = "Im Mai war ich mit Clara Brooks Tochter am See."
    content = document(f'<p xml:lang="de">{text}</p>').encode()

    def decided(*decisions: Decision) -> Annotation:
        known = Decisions(decisions)
        return annotate(parse(FILE, content), registers, "reg", name=FILE, decisions=known)

    (waiting,) = decided().open_names
    assert f"{waiting.before}{waiting.form}{waiting.after}" == text
    result = decided(Decision("Clara Brook", "r.xml#anna", waiting.place))
    assert b'cert="high">Clara Brooks</persName>' in result.content
    assert result.open_names == ()
