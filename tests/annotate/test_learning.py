"""What the tags of editors teach: forms, whom they mean, and what is no name."""

from pathlib import Path

import pytest

from benchmarks.names import Figures, edition, measure
from toolkit.annotate import (
    References,
    Registers,
    Source,
    Variants,
    annotate,
    learn,
    read_registers,
)
from toolkit.tei.parse import parse

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>
<person xml:id="anna"><persName>Anna Weber</persName></person>
<person xml:id="otto"><persName><surname>Post</surname>, <forename>Otto</forename></persName>
</person>
<person xml:id="emil"><persName>Emil Weber</persName></person>
</listPerson></body></text></TEI>"""


@pytest.fixture
def registers(tmp_path: Path) -> Registers:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER, encoding="utf-8")
    return read_registers([file], tmp_path)


def _document(body: str) -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>x</title>'
        "</titleStmt></fileDesc></teiHeader>"
        f"<text><body><p>{body}</p></body></text></TEI>"
    )


def _taught(registers: Registers, *bodies: str) -> Registers:
    read = [(Source(_document(body).encode()), References(registers, "r")) for body in bodies]
    return registers.with_usage(learn(read, registers))


def _annotated(registers: Registers, body: str) -> str:
    result = annotate(parse("x.xml", _document(body).encode()), registers, "r")
    return result.content.decode().partition("<p>")[2].partition("</p>")[0]


def _tag(key: str, text: str, cert: str = "high") -> str:
    return f'<persName ref="r/persons.xml#{key}" resp="#toolkit" cert="{cert}">{text}</persName>'


def test_a_form_that_editors_tag_is_found_elsewhere(registers: Registers) -> None:
    taught = _taught(registers, '<persName ref="r/persons.xml#anna">Mama</persName> came.')
    assert _annotated(taught, "Then Mama went.") == f"Then {_tag('anna', 'Mama', 'low')} went."


def test_a_reference_by_another_path_teaches_too(registers: Registers) -> None:
    taught = _taught(registers, '<rs type="person" ref="acdh:index.xml#anna">Mama</rs> came.')
    assert _tag("anna", "Mama", "low") in _annotated(taught, "Then Mama went.")


def test_a_key_teaches_as_a_reference_does(registers: Registers) -> None:
    taught = _taught(registers, '<persName key="anna">Mama</persName> came.')
    assert _tag("anna", "Mama", "low") in _annotated(taught, "Then Mama went.")


def test_a_name_whose_entry_editors_do_not_say_was_not_left_untagged(registers: Registers) -> None:
    mama = '<persName ref="r/persons.xml#anna">Mama</persName>'
    post = "<persName>Post</persName>"
    taught = _taught(registers, *[f"{post} saw {mama}. {post} left, {post} came."] * 4)
    assert _annotated(taught, "Then Post went.") == f"Then {_tag('otto', 'Post', 'medium')} went."


def test_what_the_toolkit_tagged_teaches_nothing(registers: Registers) -> None:
    taught = _taught(registers, f"{_tag('anna', 'Mama')} came.")
    assert _annotated(taught, "Then Mama went.") == "Then Mama went."


def test_a_form_that_is_mostly_left_untagged_is_no_name(registers: Registers) -> None:
    assert _tag("otto", "Post", "low") in _annotated(registers, "The Post is late.")
    anna = '<persName ref="r/persons.xml#anna">Mama</persName>'
    taught = _taught(registers, f"The Post came. No Post today. By Post, from {anna}.")
    assert _annotated(taught, "The Post is late.") == "The Post is late."


def test_one_example_does_not_unlearn_the_register(registers: Registers) -> None:
    tagged = '<persName ref="r/persons.xml#anna">Anna Weber</persName>'
    taught = _taught(registers, f"{tagged} came. Then Anna Weber left.")
    text = "Anna Weber and Emil Weber wrote. Emil was late."
    assert _annotated(taught, text) == _annotated(registers, text)
    assert _tag("anna", "Anna Weber") in _annotated(taught, text)


@pytest.mark.parametrize("mama", ["Mama", _tag("anna", "Mama")])
def test_a_document_that_no_editor_has_tagged_says_nothing_of_what_is_no_name(
    registers: Registers, mama: str
) -> None:
    taught = _taught(registers, f"Anna Weber came. No Anna Weber today. By Anna Weber, {mama}.")
    assert _tag("anna", "Anna Weber") in _annotated(taught, "Anna Weber is late.")


def test_what_the_toolkit_tagged_was_not_left_untagged(registers: Registers) -> None:
    ours, theirs = _tag("anna", "Anna Weber"), '<persName ref="r/persons.xml#anna">Mama</persName>'
    taught = _taught(registers, f"{ours} came. No {ours} today, {theirs}.")
    assert ours in _annotated(taught, "Anna Weber is late.")


def test_a_form_of_several_persons_means_whom_editors_clearly_mean(registers: Registers) -> None:
    anna = '<persName ref="r/persons.xml#anna">Weber</persName>'
    emil = '<persName ref="r/persons.xml#emil">Weber</persName>'
    assert _annotated(_taught(registers, f"{anna} {emil}"), "Weber.") == "Weber."
    taught = _taught(registers, f"{anna}, {anna}, {anna}, {anna}, {emil}")
    assert _annotated(taught, "Weber.") == f"{_tag('anna', 'Weber', 'low')}."


def test_a_form_that_editors_link_to_several_entries_is_linked_to_all(registers: Registers) -> None:
    webers = '<persName ref="r/persons.xml#anna r/persons.xml#emil">Webers</persName>'
    taught = _taught(registers, *[f"{webers} came."] * 3)
    found = _annotated(taught, "Then Webers went.")
    assert 'ref="r/persons.xml#anna r/persons.xml#emil"' in found
    assert _annotated(taught, found) == found
    decided = taught.with_decisions({"Webers": "persons.xml#anna"})
    assert _annotated(decided, "Then Webers went.") == f"Then {_tag('anna', 'Webers')} went."


def test_a_form_that_means_other_pairs_each_time_waits(registers: Registers) -> None:
    pairs = ["anna r/persons.xml#emil", "otto r/persons.xml#emil", "anna r/persons.xml#otto"]
    tags = [f'<persName ref="r/persons.xml#{pair}">Both</persName> came.' for pair in pairs]
    assert _annotated(_taught(registers, *tags), "Then Both went.") == "Then Both went."


def test_part_of_a_longer_tag_says_nothing_of_the_part(registers: Registers) -> None:
    whole = '<persName ref="r/persons.xml#otto">Herr Post senior</persName>'
    taught = _taught(registers, f"{whole}, {whole}, {whole}")
    assert _tag("otto", "Post", "low") in _annotated(taught, "Then Post went.")


def test_a_second_run_changes_nothing(registers: Registers) -> None:
    taught = _taught(registers, '<persName ref="r/persons.xml#anna">Mama</persName> came.')
    first = annotate(parse("x.xml", _document("Mama, Anna Weber").encode()), taught, "r").content
    assert annotate(parse("x.xml", first), taught, "r").content == first


def test_a_form_of_several_is_certain_where_editors_have_often_meant_the_same(
    tmp_path: Path,
) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER.replace("Emil Weber", "Anna Weber"), encoding="utf-8")
    registers = read_registers([file], tmp_path)
    anna = '<persName ref="r/persons.xml#anna">Anna Weber</persName>'
    assert _tag("anna", "Anna Weber", "low") in _annotated(
        _taught(registers, f"{anna} {anna} {anna}"), "Then Anna Weber came."
    )
    often = [f"{anna} and {anna}."] * 8
    taught = _annotated(_taught(registers, *often), "Then Anna Weber came.")
    assert _tag("anna", "Anna Weber", "medium") in taught


def test_a_surname_alone_is_not_whom_the_document_calls_by_the_forename(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    entries = (
        f'<person xml:id="{forename.lower()}"><persName><forename>{forename}</forename> '
        "<surname>Hajek</surname></persName></person>"
        for forename in ("Gisa", "Markus")
    )
    file.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><listPerson>{"".join(entries)}'
        "</listPerson></text></TEI>",
        encoding="utf-8",
    )
    gisa = '<persName ref="r/persons.xml#gisa">Gisa</persName>'
    markus = '<persName ref="r/persons.xml#markus">Hajek</persName>'
    taught = _taught(read_registers([file], tmp_path), *[f"{gisa} and {markus} came."] * 3)
    made = _annotated(taught, "Hajek is ill, Gisa with him.")
    assert made.startswith('<persName ref="r/persons.xml#markus"')


@pytest.mark.parametrize(("year", "cert"), [("1950", "high"), ("1952", "low")])
def test_an_office_of_one_who_has_died_is_not_certain(
    registers: Registers, tmp_path: Path, year: str, cert: str
) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(
        REGISTER.replace("</persName></person>", '</persName><death when="1951"/></person>', 1),
        encoding="utf-8",
    )
    tagged = '<persName ref="r/persons.xml#anna">The Envoy</persName>'
    taught = _taught(read_registers([file], tmp_path), *[f"{tagged} {tagged} {tagged}"] * 3)
    dated = f"<profileDesc><creation><date when='{year}'/></creation></profileDesc></teiHeader>"
    source = _document("Then The Envoy went.").replace("</teiHeader>", dated)
    made = annotate(parse("x.xml", source.encode()), taught, "r").content.decode()
    assert f'cert="{cert}">The Envoy<' in made


def _dated(body: str, year: int) -> bytes:
    dated = f"<profileDesc><creation><date when='{year}'/></creation></profileDesc></teiHeader>"
    return _document(body).replace("</teiHeader>", dated).encode()


@pytest.mark.parametrize(("year", "holder"), [(1847, "anna"), (1851, "anna"), (1859, "emil")])
def test_an_office_is_that_of_who_held_it_at_the_time(
    registers: Registers, year: int, holder: str
) -> None:
    held = [(1848, "anna"), (1849, "anna"), (1857, "emil"), (1858, "emil"), (1860, "emil")]
    read = [
        (
            Source(_dated(f'<persName ref="r/persons.xml#{key}">The Envoy</persName> left.', when)),
            References(registers, "r"),
        )
        for when, key in held
    ]
    taught = registers.with_usage(learn(read, registers))
    made = annotate(parse("x.xml", _dated("The Envoy spoke.", year)), taught, "r")
    assert f'ref="r/persons.xml#{holder}"'.encode() in made.content


@pytest.mark.parametrize(("documents", "certainty"), [(1, "low"), (3, "high")])
def test_a_word_that_editors_tagged_in_one_document_is_not_certain(
    registers: Registers, documents: int, certainty: str
) -> None:
    tagged = '<persName ref="r/persons.xml#anna">The Lodger</persName>'
    bodies = [f"{tagged} came. " * (9 // documents)] * documents
    found = _annotated(_taught(registers, *bodies), "Then The Lodger went.")
    assert found == f"Then {_tag('anna', 'The Lodger', certainty)} went."


def test_surnames_can_be_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER, encoding="utf-8")
    registers = read_registers([file], tmp_path, Variants(surnames=False))
    assert _annotated(registers, "The Post is late.") == "The Post is late."


def test_names_in_a_reference_to_a_work_are_found(registers: Registers) -> None:
    body = '<rs type="work" ref="#w">the letters of Anna Weber</rs>'
    assert _tag("anna", "Anna Weber") in _annotated(registers, body)


def test_a_title_is_in_the_tag_where_editors_put_it(registers: Registers) -> None:
    taught = _taught(
        registers,
        '<persName ref="r/persons.xml#anna">Mrs. Anna Weber</persName> and '
        '<persName ref="r/persons.xml#emil">Dr. Emil Weber</persName>.',
    )
    assert _tag("otto", "Mr. Otto Post") in _annotated(taught, "So Mr. Otto Post said.")
    assert f"Mr. {_tag('otto', 'Otto Post')}" in _annotated(registers, "So Mr. Otto Post said.")


def test_a_tag_takes_no_words_from_another_element(registers: Registers) -> None:
    anna = '<persName ref="r/persons.xml#anna">Dr. Anna Weber</persName>'
    taught = _taught(registers, *[f"{anna} came."] * 3)
    found = _annotated(taught, "<hi>Dear Dr.</hi> Emil Weber")
    assert found == f"<hi>Dear Dr.</hi> {_tag('emil', 'Emil Weber')}"


def test_a_surname_that_the_texts_have_in_small_letters_is_a_word(registers: Registers) -> None:
    post = f"The {_tag('otto', 'Post', 'low')} is late."
    assert _annotated(registers, "The Post is late.") == post
    assert _annotated(registers, "Post is post.") == "Post is post."
    anna = '<persName ref="r/persons.xml#anna">Mama</persName>'
    taught = _taught(registers, f"By post, from {anna}.")
    assert _annotated(taught, "The Post is late.") == "The Post is late."


def test_a_surname_that_is_a_noun_is_less_likely_a_name_where_nouns_have_capitals(
    registers: Registers,
) -> None:
    document = _document("Wir sahen Post.")
    german = document.replace("<text>", '<text xml:lang="de">')
    as_a_name, as_a_noun = (
        annotate(parse("x.xml", text.encode()), registers, "r") for text in (document, german)
    )
    assert "persName" in as_a_name.counts
    assert not as_a_noun.counts
    assert [name.form for name in as_a_noun.open_names] == ["Post"]


def test_a_word_left_untagged_once_is_no_name(registers: Registers) -> None:
    anna = '<persName ref="r/persons.xml#anna">Mama</persName>'
    taught = _taught(registers, f"The Post by post came with {anna}.")
    assert _annotated(taught, "The Post is late.") == "The Post is late."


def test_what_editors_leave_untagged_at_a_place_stays_untagged_there(registers: Registers) -> None:
    anna = '<persName ref="r/persons.xml#anna">Anna Weber</persName>'
    taught = _taught(registers, *[f"To {anna}. <q>Anna Weber, Emil Weber</q>"] * 6)
    body = "To Anna Weber. <q>Emil Weber</q>"
    assert _annotated(taught, body) == f"To {_tag('anna', 'Anna Weber')}. <q>Emil Weber</q>"


def test_a_forename_is_a_name_where_the_document_has_the_full_name(registers: Registers) -> None:
    assert _annotated(registers, "So Otto went.") == "So Otto went."
    assert _tag("otto", "Otto", "low") in _annotated(registers, "Otto Post came. So Otto went.")


@pytest.mark.parametrize("written", ["O. Post", "O.Post", "O.\n Post"])
def test_a_person_is_found_by_initials(registers: Registers, written: str) -> None:
    assert _tag("otto", written, "medium") in _annotated(registers, f"So {written} went.")


def test_a_person_is_found_by_the_short_form_of_the_forename(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER.replace("Otto", "Friedrich"), encoding="utf-8")
    registers = read_registers([file], tmp_path)
    assert _tag("otto", "Fritz Post", "medium") in _annotated(registers, "So Fritz Post went.")
    assert _annotated(registers, "So Fritz went.") == "So Fritz went."
    body = "Friedrich Post came. So Fritz went."
    assert _tag("otto", "Fritz", "low") in _annotated(registers, body)


def test_a_single_letter_is_a_name_if_editors_tag_it_often(registers: Registers) -> None:
    anna = '<persName ref="r/persons.xml#anna">A.</persName>'
    often = _taught(registers, *[f"With {anna} to town."] * 3)
    assert _tag("anna", "A.") in _annotated(often, "With A. to town.")
    assert _annotated(_taught(registers, f"{anna}"), "With A. home.") == "With A. home."


def test_a_letter_that_the_register_keeps_to_itself_is_found_where_editors_tag_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "persons.xml"
    kept = '<persName type="noMatch">A.</persName></person>'
    file.write_text(REGISTER.replace("</person>", kept, 1), encoding="utf-8")
    registers = read_registers([file], tmp_path)
    assert registers.diagnostics == ()
    taught = _taught(registers, *['With <persName ref="r/persons.xml#anna">A.</persName>'] * 3)
    assert _tag("anna", "A.") in _annotated(taught, "With A. to town.")


def test_variants_can_be_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER, encoding="utf-8")
    registers = read_registers([file], tmp_path, Variants.of(["surnames"]))
    body = "Otto Post came. O. Poster said that Otto went."
    assert _annotated(registers, body).count("<persName") == 1


def test_an_ending_of_the_language_belongs_to_the_name(registers: Registers) -> None:
    body = '<seg xml:lang="de">Anna Webers Haus</seg>'
    document = _document(body).replace("<p>", '<p xml:lang="de">')
    result = annotate(parse("x.xml", document.encode()), registers, "r").content.decode()
    assert _tag("anna", "Anna Webers", "high") in result
    assert "<persName" not in _annotated(registers, "Anna Webers Haus")


@pytest.mark.parametrize(
    ("tagged", "found"), [("%s</persName>ian", "Post"), ("%sian</persName>", "Postian")]
)
def test_endings_are_in_the_tag_or_outside_as_editors_have_them(
    registers: Registers, tagged: str, found: str
) -> None:
    names = [("anna", "Anna Weber"), ("emil", "Emil Weber")]
    bodies = [f'An <persName ref="r/persons.xml#{key}">{tagged % name} joke' for key, name in names]
    body = "An Otto Postian joke."
    assert "<persName" not in _annotated(registers, body)
    assert f">Otto {found}</persName>" in _annotated(_taught(registers, *bodies), body)


def test_who_was_born_after_the_document_is_not_meant(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(
        REGISTER.replace(
            "</listPerson>",
            '<person xml:id="young"><persName>Emil Weber</persName><birth when="1950"/></person>'
            "</listPerson>",
        ),
        encoding="utf-8",
    )
    registers = read_registers([file], tmp_path)
    assert "<persName" not in _annotated(registers, "Emil Weber came.")
    dated = "<date when='1900'/>"
    document = _document("Emil Weber came.").replace(
        "</teiHeader>",
        f"<profileDesc><creation>{dated}</creation></profileDesc></teiHeader>",
    )
    result = annotate(parse("x.xml", document.encode()), registers, "r").content.decode()
    assert _tag("emil", "Emil Weber", "medium") in result


def test_names_are_looked_for_where_editors_tag_within_names(registers: Registers) -> None:
    within = '<placeName>near <persName ref="r/persons.xml#anna">Anna Weber</persName></placeName>'
    taught = _taught(registers, within, within)
    body = "<placeName>near Otto Post</placeName>"
    assert _annotated(registers, body) == body
    assert _tag("otto", "Otto Post") in _annotated(taught, body)


def test_names_of_editions_are_found_as_well_as_measured(data_folder: Path) -> None:
    letters, registers = edition("schnitzler", data_folder)
    figures = measure(letters, registers, learning=True)
    _assert_reached(figures, person=(0.83, 0.785, 0.96), place=(0.905, 0.815, 0.925))
    letters, registers = edition("amp", data_folder)
    figures = measure(letters[::2], registers, learning=True)
    _assert_reached(figures, person=(0.91, 0.86, 0.99), place=(0.89, 0.72, 0.89))


def _assert_reached(figures: Figures, **reached: tuple[float, float, float]) -> None:
    for kind, least in reached.items():
        found = figures.f1("names", kind)
        assert all(one >= goal for one, goal in zip(found, least, strict=True)), (kind, found)
    certain, right = figures.counts["certain", "found"], figures.counts["certain", "right"]
    assert right >= 0.955 * certain, "what is certain is a name"
    assert certain > 2 * figures.counts["uncertain", "found"], "most is certain"


def test_a_second_run_with_what_was_learned_changes_nothing(data_folder: Path) -> None:
    letters, registers = edition("schnitzler", data_folder)
    documents = [(letter.source, References(registers, "r")) for letter in letters[::2]]
    taught = registers.with_usage(learn(documents, registers))
    for letter in letters[1::4]:
        first = annotate(parse("x.xml", letter.bare), taught, "r").content
        assert annotate(parse("x.xml", first), taught, "r").content == first
        assert letter.text in Source(first).text
