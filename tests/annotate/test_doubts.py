"""What stands beside a name and speaks against it: the name waits for an editor."""

import re
from pathlib import Path

import pytest

from toolkit.annotate import Registers, annotate, read_registers
from toolkit.tei.parse import parse

PERSONS = (
    ("Harold", "Holt"),
    ("Stanley", "Melbourne"),
    ("Winston", "Churchill"),
    ("Konrad", "Adenauer"),
    ("Karl", "Mai"),
    ("Emil", "Koch"),
    ("Clara", "Reid"),
)
PLACES = (
    *("London", "Washington", "Canberra", "Manchester", "Bremen", "Berlin", "Wien", "Essen"),
    *("Österreich", "Elsass", "Burgtheater"),
)
REGISTER = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>
{
    "".join(
        f"<person xml:id='{surname}'><persName><surname>{surname}</surname>, "
        f"<forename>{forename}</forename></persName></person>"
        for forename, surname in PERSONS
    )
}</listPerson><listPlace>
{"".join(f"<place xml:id='{name}'><placeName>{name}</placeName></place>" for name in PLACES)}
</listPlace></body></text></TEI>"""
_TAGGED = re.compile(r"<(pers|place|org)Name[^>]*>(.*?)</")


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder: Path = tmp_path_factory.mktemp("registers")
    file = folder / "r.xml"
    file.write_text(REGISTER, encoding="utf-8")
    return read_registers([file], folder)


def _certain(registers: Registers, body: str, language: str = "en") -> list[str]:
    """Return what is tagged if only certain names are."""
    document = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}"><teiHeader><fileDesc>'
        "<titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"
        f"<text><body><p>{body}</p></body></text></TEI>"
    )
    result = annotate(parse("x.xml", document.encode()), registers, "r", only_certain=True)
    return [text for _, text in _TAGGED.findall(result.content.decode())]


def test_a_name_does_not_reach_across_a_full_stop(registers: Registers) -> None:
    assert _certain(registers, "We were with Stanley. Harold Holt came.") == ["Harold Holt"]
    assert _certain(registers, "We saw Stanley Harold Holt.") == ["Stanley Harold Holt"]
    assert _certain(registers, "We saw S. Harold Holt.") == ["S. Harold Holt"]


@pytest.mark.parametrize(
    "body",
    [
        "He read Jack London.",
        "We met Lord London.",
        "Then George Washington came.",
        "Then Washington Jones came.",
        "We read Washington Irving.",
        "On H.M.S. Canberra.",
        "On HMAS Canberra.",
        "On the cruiser Canberra.",
        "On the cruiser “Canberra”.",
        "She was the 'Canberra'.",
        "On the steamer Washington.",
        "Then Mr Manchester came.",
    ],
)
def test_a_place_in_the_name_of_a_person_or_a_ship_waits(registers: Registers, body: str) -> None:
    assert _certain(registers, body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Mit der „Bremen“ nach New York.",
        "Die „Bremen“ lief aus.",
        "das Schiff Berlin",
        "So sprach Graf von Berlin.",
        "Da kam Fräulein Wien.",
        "Das Essen ist gut.",
        "Wir mochten Essen sehr.",
        "Das Wiener Tagblatt kam.",
        "Wir waren beim Essen.",
        "Er kam zum Essen.",
        "Mein Essen ist kalt.",
    ],
)
def test_a_german_noun_or_ship_is_no_town(registers: Registers, body: str) -> None:
    assert _certain(registers, body, "de") == []


@pytest.mark.parametrize(
    ("body", "language", "name"),
    [
        ("We were in Washington.", "en", "Washington"),
        ("In Washington Ambassador Casey spoke.", "en", "Washington"),
        ("“Canberra is cold”, he said.", "en", "Canberra"),
        ("The Bishop of London came.", "en", "London"),
        ("In May London was dark.", "en", "London"),
        ("Er fuhr nach Essen.", "de", "Essen"),
        ("Das war in Wien Herrn Kraus bekannt.", "de", "Wien"),
        ("Der Kaiser von Österreich kam.", "de", "Österreich"),
        ("Er war im Elsass.", "de", "Elsass"),
        ("Er war im Burgtheater.", "de", "Burgtheater"),
    ],
)
def test_a_place_that_nothing_speaks_against_is_tagged(
    registers: Registers, body: str, language: str, name: str
) -> None:
    assert _certain(registers, body, language) == [name]


@pytest.mark.parametrize(
    "beside",
    [
        "His son Randolph Churchill",
        "Clementine Churchill",
        "Randolph S. Churchill",
        "Lady Churchill",
        "Mrs Churchill",
        "Miss Churchill",
        "the Churchill tank",
        "Churchill Road",
        "Churchill College",
    ],
)
def test_a_surname_of_another_bearer_waits(registers: Registers, beside: str) -> None:
    named = "Winston Churchill spoke. "
    assert _certain(registers, f"{named}{beside} came.") == ["Winston Churchill"]


@pytest.mark.parametrize("beside", ["Frau Adenauer", "Max Adenauer", "die Adenauer Stiftung"])
def test_a_german_surname_of_another_bearer_waits(registers: Registers, beside: str) -> None:
    body = f"Konrad Adenauer sprach. Dann kam {beside}."
    assert _certain(registers, body, "de") == ["Konrad Adenauer"]


@pytest.mark.parametrize(
    ("beside", "found"),
    [
        ("Then Churchill came.", "Churchill"),
        ("Then Mr Churchill came.", "Churchill"),
        ("Prime Minister Churchill came.", "Churchill"),
        ("On Monday Churchill came.", "Churchill"),
        ("In Berlin they say in London Churchill is known.", "Churchill"),
        ("They heard W. Churchill speak.", "W. Churchill"),
    ],
)
def test_a_surname_that_nothing_speaks_against_is_tagged(
    registers: Registers, beside: str, found: str
) -> None:
    body = f"Winston Churchill spoke. {beside}"
    persons = [name for name in _certain(registers, body) if "Churchill" in name]
    assert persons == ["Winston Churchill", found]


def test_a_wife_is_not_her_husband_whose_name_she_has(registers: Registers) -> None:
    assert _certain(registers, "We met Mrs Winston Churchill.") == []
    assert _certain(registers, "We met Mrs Clara Reid.") == ["Clara Reid"]


def test_a_month_is_not_the_person_of_its_name(registers: Registers) -> None:
    body = "Im Mai kam Karl Mai. Mai blieb bis Ende Mai."
    assert _certain(registers, body, "de") == ["Karl Mai", "Mai"]


@pytest.mark.parametrize(
    "body", ["Emil Koch sang. Der Koch kochte.", "Emil Koch sang. Ein Koch kochte."]
)
def test_a_surname_behind_an_article_waits(registers: Registers, body: str) -> None:
    assert _certain(registers, body, "de") == ["Emil Koch"]


def test_a_preposition_before_a_surname_says_nothing(registers: Registers) -> None:
    body = "Emil Koch sang. Er schrieb an Koch."
    assert _certain(registers, body, "de") == ["Emil Koch", "Koch"]


def test_a_forename_of_an_inverted_name_is_not_that_of_the_next(registers: Registers) -> None:
    body = "Konrad Adenauer sprach. Mai, Karl Adenauer an Reid."
    assert _certain(registers, body, "de") == ["Konrad Adenauer", "Mai, Karl", "Adenauer"]


@pytest.mark.parametrize("behind", [" XIX. Hasenauerstraße", ", III", " IV"])
def test_a_town_before_the_number_of_a_district_waits(registers: Registers, behind: str) -> None:
    assert _certain(registers, f"Sie wohnt in Wien{behind}.", "de") == []


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("In London I am alone.", "en"),
        ("Written in London, XII. 1909.", "de"),
        ("London.\nI. Kapitel", "de"),
    ],
)
def test_what_is_no_number_of_a_district_says_nothing(
    registers: Registers, body: str, language: str
) -> None:
    assert _certain(registers, body, language) == ["London"]


def test_a_name_is_not_inverted_where_the_surname_comes_once_more(registers: Registers) -> None:
    assert _certain(registers, "Mai, Karl Mai, und Reid, Clara") == [
        "Mai",
        "Karl Mai",
        "Reid, Clara",
    ]


def test_the_article_of_a_woman_is_not_before_the_name_of_a_man(registers: Registers) -> None:
    file = "Emil Koch sang. Die Koch ist da. Clara Reid sang. Die Reid ist da."
    assert _certain(registers, file, "de") == ["Emil Koch", "Clara Reid"]
