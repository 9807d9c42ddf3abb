"""What a document lists itself: persons and places, with all that is said of them, as registers."""

from __future__ import annotations

from tests.publish.test_print import SHELL, texts
from toolkit.publish import Publication, publish_document
from toolkit.publish.part import make_part
from toolkit.publish.printing import parse_print, print_document
from toolkit.publish.volume import assemble
from toolkit.tei.parse import ParsedDocument, parse

PERSON = (
    '<person xml:id="p1"><persName><surname>Schmidt</surname><forename>Karl</forename></persName>'
    '<birth when="1850-03-02"/><death notBefore="1910" notAfter="1912"/>'
    '<occupation>painter</occupation><idno type="GND">118609807</idno></person>'
)
FACTS = "Born 2 March 1850. Died between 1910 and 1912. Occupation painter. GND 118609807"
NAMED = '<p>With <persName ref="#p1">Karl</persName>.</p>'
EDITION = Publication(title="E", language="en")


def document(text: str, entries: str) -> ParsedDocument:
    back = f"<back><listPerson>{entries}</listPerson></back>"
    content = SHELL.format(f"{text}</body>{back}").replace(f"{back}</body>", back)
    return parse("t.xml", content.encode())


def test_a_list_of_persons_named_in_the_text_is_its_register() -> None:
    made = print_document("t", document(NAMED, PERSON), EDITION)
    root = parse_print(made.xml)
    assert texts(root, "//print:text/print:block") == ["With Karl."]
    assert texts(root, "//print:index-list/print:entry") == [f"Schmidt, Karl. {FACTS}"]
    assert texts(root, "//print:text//print:index/@key") == texts(root, "//print:entry/@key")


def test_a_list_of_persons_that_the_text_does_not_name_stays() -> None:
    root = parse_print(print_document("t", document("<p>Text.</p>", PERSON), EDITION).xml)
    assert texts(root, "//print:text/print:block")[-2:] == ["Persons", f"Schmidt Karl. {FACTS}"]
    assert texts(root, "//print:index-list") == []


def test_no_word_of_a_register_is_lost() -> None:
    for output in ("text", "pdf", "epub"):
        made = publish_document(output, "t", document(NAMED, PERSON), EDITION)
        assert [each.code for each in made.diagnostics] == []


def test_the_volume_has_one_entry_for_a_person_of_several_documents() -> None:
    other = PERSON.replace("Schmidt", "Schulz")
    parts = [
        make_part(stem, document(NAMED, person), EDITION).part
        for stem, person in (("a", PERSON), ("b", PERSON), ("c", other))
    ]
    volume = parse_print(assemble(parts, EDITION, file="volume"))
    names = [entry.split(".")[0] for entry in texts(volume, "//print:index-list/print:entry")]
    assert names == ["Schmidt, Karl", "Schulz, Karl"]


def test_facts_are_parted_however_the_encoding_is_indented() -> None:
    person = (
        '<person xml:id="p1"><persName><forename>Anna</forename>\n <surname>Maier</surname>\n '
        "</persName>\n<birth><date>1850</date>\n <settlement><placeName>Wien</placeName>"
        "<location><geo>48,2 16,3</geo></location></settlement></birth>\n"
        '<idno type="URL" subtype="gnd">https://d-nb.info/gnd/1</idno></person>'
    )
    root = parse_print(print_document("t", document("<p>Text.</p>", person), EDITION).xml)
    assert texts(root, "//print:text/print:block")[-1] == (
        "Anna Maier. Born 1850, Wien (48,2 16,3). gnd https://d-nb.info/gnd/1"
    )
