"""Addresses: the street and the number tell the place, and the edition how much is tagged."""

from pathlib import Path

import pytest

from toolkit.annotate import References, Registers, Source, annotate, learn, read_registers
from toolkit.annotate.addresses import AddressBook, streets_in
from toolkit.tei.parse import parse

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPlace>
<place xml:id="home"><placeName>Neulinggasse 26</placeName></place>
<place xml:id="work"><placeName>Bräunerstraße 5</placeName></place>
<place xml:id="wien"><placeName>Wien</placeName></place>
<place xml:id="farm"><placeName>Hinterholz 6</placeName></place>
<place xml:id="village"><placeName>Kirchstetten</placeName></place>
<place xml:id="district"><placeName>XVIII., Währing</placeName>
<location><placeName ref="#wien">Wien</placeName></location></place>
</listPlace></body></text></TEI>"""
HEADER = "<teiHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"


@pytest.fixture
def registers(tmp_path: Path) -> Registers:
    file = tmp_path / "places.xml"
    file.write_text(REGISTER, encoding="utf-8")
    return read_registers([file], tmp_path)


def _document(body: str) -> bytes:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body><p>{body}</p></body></text>'
        "</TEI>"
    ).encode()


def _annotated(registers: Registers, body: str) -> str:
    result = annotate(parse("x.xml", _document(body)), registers, "r")
    return result.content.decode().partition("<p>")[2].partition("</p>")[0]


def _tagged(key: str, text: str) -> str:
    return f'<placeName ref="r/places.xml#{key}" resp="#toolkit" cert="high">{text}</placeName>'


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Neulinggasse 26/14", "26"),
        ("26 Neulinggasse", "26"),
        ("NEULINGGASSE Nr. 26", "26"),
        ("Neulingg. 26", "26"),
        ("Neulingasse", ""),
    ],
)
def test_a_street_is_the_same_however_it_is_written(text: str, number: str) -> None:
    (street,) = streets_in(text)
    (same,) = streets_in("Neulinggasse 26")
    assert (street.name, street.number) == (same.name, number)


@pytest.mark.parametrize(
    "text", ["the Way to St. Pölten", "der Weg nach Rom", "during the spring", "a place of rest"]
)
def test_words_for_streets_alone_are_no_address(text: str) -> None:
    assert (
        AddressBook.of([("Neulinggasse 26", ["home"], 1)]).form_of(
            next(streets_in(text), next(streets_in("Unknown Street")))
        )
        is None
    )


def test_an_address_reaches_as_far_as_one_element_can(registers: Registers) -> None:
    found = _annotated(registers, "<seg>Room 3, 26</seg> <seg>Neulinggasse.</seg>")
    assert found == f"<seg>Room 3, 26</seg> <seg>{_tagged('home', 'Neulinggasse')}.</seg>"


def test_a_town_beside_a_street_that_no_register_has_is_not_certain(registers: Registers) -> None:
    home = '<placeName ref="r/places.xml#home">Neulinggasse 26, Wien</placeName>'
    read = [(Source(_document(f"Write to {home}.")), References(registers, "r"))] * 3
    taught = registers.with_usage(learn(read, registers))
    certain = _tagged("wien", "Wien")
    assert _annotated(taught, "He went to Wien.") == f"He went to {certain}."
    found = _annotated(taught, "He moved to Fillgradegasse 12, Wien.")
    assert found.endswith(f", {certain.replace('high', 'low')}.")


def test_an_address_is_found_however_it_is_written(registers: Registers) -> None:
    found = _annotated(registers, "He lived at Neulingg. 26/14, then at Bräunerstr. 5.")
    assert _tagged("home", "Neulingg. 26/14") in found
    assert _tagged("work", "Bräunerstr. 5") in found


def test_an_address_is_tagged_as_far_as_editors_tag_it(registers: Registers) -> None:
    body = "To 1030 Wien III, Neulinggasse 26."
    town = _tagged("wien", "Wien").replace("high", "low")  # before the number of a district
    parts = f"To 1030 {town} III, {_tagged('home', 'Neulinggasse 26')}."
    assert _annotated(registers, body) == parts
    work = '<placeName ref="r/places.xml#work">1010 Wien I, Bräunerstraße 5</placeName>'
    read = [(Source(_document(f"To {work} then.")), References(registers, "r"))] * 4
    taught = registers.with_usage(learn(read, registers))
    whole = _tagged("home", "1030 Wien III, Neulinggasse 26")
    assert _annotated(taught, body) == f"To {whole}."


def test_an_address_annotated_twice_is_annotated_once(registers: Registers) -> None:
    first = annotate(
        parse("x.xml", _document("Wien, Neulingg. 26/14, 1030 Wien")), registers, "r"
    ).content
    assert annotate(parse("x.xml", first), registers, "r").content == first


def test_a_tag_does_not_hold_the_line_end_behind_an_abbreviation(registers: Registers) -> None:
    work = '<placeName ref="r/places.xml#work">Bräunerstraße 5\nN. Ö.</placeName>'
    read = [(Source(_document(f"{work}\nYours")), References(registers, "r"))] * 4
    taught = registers.with_usage(learn(read, registers))
    home = _tagged("home", "Neulinggasse 26\nN. Ö.")
    assert _annotated(taught, "Neulinggasse 26\nN. Ö.\nYours") == f"{home}\nYours"


def test_a_house_without_a_street_is_found_by_its_number(registers: Registers) -> None:
    found = _annotated(registers, "To Hinterholz # 6, or Hinterholz Nr. 6; not Hinterholz 7.")
    assert _tagged("farm", "Hinterholz # 6") in found
    assert _tagged("farm", "Hinterholz Nr. 6") in found
    assert found.endswith("not Hinterholz 7.")


def test_a_numbered_district_is_found_by_its_town(registers: Registers) -> None:
    tag = '<placeName ref="r/places.xml#{}" resp="#toolkit" cert="medium">{}</placeName>'
    assert _annotated(registers, "In Wien XVIII.") == f"In {tag.format('district', 'Wien XVIII')}."
    assert _annotated(registers, "Louis XVIII. died.") == "Louis XVIII. died."


def test_places_that_editors_tag_as_one_are_one(registers: Registers) -> None:
    body = "{0}\nBez. {1}, N. Ö."
    village, wien = _tagged("village", "Kirchstetten"), _tagged("wien", "Wien")
    parts = body.format(village, wien)
    assert _annotated(registers, body.format("Kirchstetten", "Wien")) == parts
    whole = (
        f'<placeName ref="r/places.xml#village">{body.format("Kirchstetten", "Wien")}</placeName>'
    )
    read = [(Source(_document(f"From {whole}")), References(registers, "r"))] * 4
    taught = registers.with_usage(learn(read, registers))
    chain = "Kirchstetten\nPost Wien, N.Ö."
    assert _annotated(taught, f"At {chain}\nDear Sir") == (
        f"At {_tagged('village', chain)}\nDear Sir"
    )
    assert _annotated(taught, "Kirchstetten and Wien") == f"{village} and {wien}"
