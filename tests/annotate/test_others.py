"""What belongs to somebody else than the entry of its name waits for an editor."""

import re
from pathlib import Path

import pytest

from toolkit.annotate import References, Registers, Source, annotate, learn, read_registers
from toolkit.tei.parse import parse

PERSONS = {
    "stuergkh": ("Stürgkh", "Karl", ()),
    "tisza": ("Tisza", "István", ("Stephan Tisza",)),
    "hauptmann": ("Hauptmann", "Gerhart", ()),
    "graf": ("Graf", "Ferdinand", ()),
    "lang": ("Lang", "Margarete", ("Gretl",)),
    "thoma": ("Thoma", "Franz", ()),
    "helmer": ("Helmer", "Oskar", ()),
    "john": ("John", "Franz", ()),
    "gruber": ("Gruber", "Karl", ()),
    "menzies": ("Menzies", "R. G.", ()),
    "figl": ("Figl", "Leopold", ()),
    "berta": ("Zuckerkandl", "Berta", ()),
    "emil": ("Zuckerkandl", "Emil", ()),
    "rilke": ("Rilke", "Rainer Maria", ()),
    "holz": ("Holz", "Arno", ()),
    "karl6": ("Karl VI.", "", ("Kaiser Karl",)),
    "ahmed": ("Ahmed III.", "", ("Achmet",)),
    "viviani": ("Viviani", "René", ()),
    "paul": ("Paul", "Johann", ()),
}
ORGANISATIONS = {
    "hotel": "Hotel Karl",
    "km": "Kriegsministerium",
    "fo": "Foreign Office",
    "nfp": "Neue Freie Presse",
    "dvt": "Deutsches Volkstheater",
    "burg": "Burg",
    "spoe": "SPÖ",
    "rat": "Reichsrat",
    "bund": "Völkerbund",
}
LEARNED = """
<persName ref="r/r.xml#lang">Mama</persName>,
<persName ref="r/r.xml#figl">Der Bundeskanzler</persName>,
<persName ref="r/r.xml#hauptmann">Hauptmann</persName>,
<persName ref="r/r.xml#john">John</persName>,
<persName ref="r/r.xml#thoma">Thoma</persName>, <persName ref="r/r.xml#graf">Graf</persName>,
<persName ref="r/r.xml#stuergkh">Graf Stürgkh</persName>,
<persName ref="r/r.xml#gruber">Gruber</persName>,
<orgName ref="r/r.xml#burg">Burg</orgName>
"""
_TAG = re.compile(r'<(?:pers|place|org)Name ref="r/r.xml#(\w+)"[^>]*>(.*?)</')


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder: Path = tmp_path_factory.mktemp("registers")
    file = folder / "r.xml"
    persons = "".join(
        f"<person xml:id='{key}'><persName><surname>{surname}</surname>, "
        f"<forename>{forename}</forename></persName>"
        + "".join(f"<persName>{name}</persName>" for name in others)
        + "</person>"
        for key, (surname, forename, others) in PERSONS.items()
    )
    organisations = "".join(
        f"<org xml:id='{key}'><orgName>{name}</orgName></org>"
        for key, name in ORGANISATIONS.items()
    )
    file.write_text(
        f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><listPerson>{persons}</listPerson>"
        f"<listOrg>{organisations}</listOrg></text></TEI>",
        encoding="utf-8",
    )
    read = read_registers([file], folder)
    tagged = [(Source(_document(LEARNED, "de").encode()), References(read, "r"))] * 3
    return read.with_usage(learn(tagged, read))


def _document(body: str, language: str) -> str:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}"><teiHeader><fileDesc>'
        "<titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"
        f"<text><body><p>{body}</p></body></text></TEI>"
    )


def _certain(registers: Registers, body: str, language: str = "de") -> list[tuple[str, str]]:
    document = parse("x.xml", _document(body, language).encode())
    result = annotate(document, registers, "r", only_certain=True)
    return _TAG.findall(result.content.decode())


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Das preußische Kriegsministerium kam.", "de"),
        ("Das Kriegsministerium der Vereinigten Staaten kam.", "de"),
        ("The French Foreign Office wrote.", "en"),
        ("We saw the Foreign Office Selection Board.", "en"),
        ("Auf der Burg Greifenstein.", "de"),
        ("Der frühere Bundeskanzler kam.", "de"),
        ("Ihre Mama kam.", "de"),
        ("Die Mama von Salten kam.", "de"),
    ],
)
def test_an_office_or_kin_of_another_waits(registers: Registers, body: str, language: str) -> None:
    assert _certain(registers, body, language) == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Gerhart Hauptmann las. Der Hauptmann lachte.", ["Gerhart Hauptmann"]),
        ("Ein Graf Coreth und Graf Zeppelin.", []),
        ("Thoma zitiert Thomas Mann.", ["Thoma"]),
        ("Polizeipräsident Helmers war das.", []),
        ("Graf John Russell kam. St. John.", []),
        ("Karl Gruber und M. Gruber sprachen.", ["Karl Gruber"]),
        ("Karl Gruber kam. Gruber, Max.", ["Karl Gruber"]),
        ("Oskar Helmer kam. Alois Helmer ist sein Bruder.", ["Oskar Helmer"]),
        ("Oskar Helmer, dann Maria Helmer.", ["Oskar Helmer"]),
        ("Oskar Helmer kam, der junge Helmer auch.", ["Oskar Helmer"]),
        ("Berta Zuckerkandl; Hofrath Zuckerkandl kommt.", ["Berta Zuckerkandl"]),
        ("Die Firma Gruber &amp; Co. und Karl Gruber, Söhne.", []),
        ("Grete Wiesenthal tanzt.", []),
        ("Frau Rilke kam.", []),
        ("Arno Holz kam. Das Holz ist naß.", ["Arno Holz"]),
        ("Kaiser Karl VII. starb.", []),
        ("Achmet Bassa kam.", []),
        ("Arno Holz kam. Verlag Holz.", ["Arno Holz"]),
        ("Arno kam, Rainer ging.", []),
    ],
)
def test_who_only_has_the_name_of_another_waits(
    registers: Registers, body: str, named: list[str]
) -> None:
    assert [text for _, text in _certain(registers, body)] == named


def test_a_name_without_surname_is_not_the_surname_of_who_follows(registers: Registers) -> None:
    assert _certain(registers, "Gretl, Karl Gruber und Gretl Wiesenthal kamen.") == [
        ("lang", "Gretl"),
        ("gruber", "Karl Gruber"),
    ]


@pytest.mark.parametrize(
    ("body", "named", "language"),
    [
        ("M. Viviani came.", ["M. Viviani"], "en"),
        ("M. Viviani arrive.", ["M. Viviani"], "fr"),
        ("On the 1st of May. Figl was informed.", ["Figl"], "en"),
        ("He saw the King. Figl came.", ["Figl"], "en"),
        ("Helmer, Gruber, Paul, Figl", ["Helmer", "Gruber", "Paul", "Figl"], "de"),
        ("Dein alter Rilke", ["Rilke"], "de"),
    ],
)
def test_what_speaks_against_no_name_does_not_make_it_wait(
    registers: Registers, body: str, named: list[str], language: str
) -> None:
    before = (
        "René Viviani, Leopold Figl, Oskar Helmer, Karl Gruber, Rainer Maria Rilke, Johann Paul."
    )
    found = [text for _, text in _certain(registers, f"{before}</p><p>{body}", language)]
    assert found[6:] == named


def test_a_wife_by_the_initials_of_her_husband_waits(registers: Registers) -> None:
    body = "Mrs R. G. Menzies came. R. G. Menzies came."
    assert _certain(registers, body, "en") == [("menzies", "R. G. Menzies")]


def test_an_office_before_the_name_of_its_holder_is_no_name_of_its_own(
    registers: Registers,
) -> None:
    body = "Es sprach Der Bundeskanzler Dr. Figl. Der Bundeskanzler schwieg."
    document = parse("x.xml", _document(body, "de").encode())
    result = annotate(document, registers, "r", only_certain=True)
    assert result.open_names == ()
    assert [text for _, text in _TAG.findall(result.content.decode())] == [
        "Bundeskanzler Dr. Figl",
        "Der Bundeskanzler",
    ]


def test_a_surname_in_a_list_is_not_inverted_before_another_person(registers: Registers) -> None:
    assert _certain(registers, "Es kamen Gruber, Karl Stürgkh.") == [
        ("gruber", "Gruber"),
        ("stuergkh", "Karl Stürgkh"),
    ]


def test_a_forename_before_a_title_is_in_the_tag(registers: Registers) -> None:
    assert _certain(registers, "Karl Graf Stürgkh und Stephan Graf Tisza.") == [
        ("stuergkh", "Karl Graf Stürgkh"),
        ("tisza", "Stephan Graf Tisza"),
    ]


def test_a_name_that_reaches_back_into_another_is_tagged_without_it(registers: Registers) -> None:
    assert _certain(registers, "Wir sahen im Hotel Karl Graf Stürgkh und andere.") == [
        ("hotel", "Hotel Karl"),
        ("stuergkh", "Graf Stürgkh"),
    ]


def test_a_name_does_not_begin_with_the_title_of_the_sentence_before(registers: Registers) -> None:
    body = "Es sprach der Bundeskanzler. Der Bundeskanzler schwieg."
    assert _certain(registers, body) == [("figl", "Der Bundeskanzler")]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("in der Neuen Freien Presse", "nfp"),
        ("das Deutsche Volkstheater", "dvt"),
        ("im Deutschen Volkstheater", "dvt"),
        ("die S.P.Ö.", "spoe"),
        ("der Reichsrath", "rat"),
        ("des Völkerbundes", "bund"),
        ("im Völkerbunde", "bund"),
    ],
)
def test_a_name_is_found_as_german_inflects_or_spells_it(
    registers: Registers, written: str, key: str
) -> None:
    assert [found for found, _ in _certain(registers, f"Wir lasen {written}.")] == [key]
