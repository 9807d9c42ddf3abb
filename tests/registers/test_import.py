"""Tables become registers: nothing is overwritten, mistakes are told at their place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.grammar import Verdicts
from toolkit.checking import WrongUseError
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.edition import load_edition
from toolkit.new_edition import make_edition
from toolkit.pipeline.registers import (
    Addition,
    Import,
    add,
    chosen_columns,
    export_registers,
    import_table,
    write_registers,
)
from toolkit.registers import RegisterEntry, entries_of_table, entry_kinds
from toolkit.registers.exports import Published, export
from toolkit.registers.formats import read_table
from toolkit.registers.writing import element_lines


def read(text: str | bytes, name: str = "t.csv", **options: bool | str) -> list[RegisterEntry]:
    found, diagnostics = read_all(text, name, **options)
    assert diagnostics == []
    return found


def read_all(
    text: str | bytes, name: str = "t.csv", **options: bool | str
) -> tuple[list[RegisterEntry], list[Diagnostic]]:
    content = text if isinstance(text, bytes) else text.encode()
    encoding = str(options.pop("encoding", ""))
    table = read_table(Path(name), content, encoding)
    reading = entries_of_table(table, "person", **options)  # type: ignore[arg-type]
    return [entry for entry, _ in reading.entries], list(reading.diagnostics)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_form_of_csv_is_read(delimiter: str, encoding: str, line_end: str) -> None:
    lines = ["Nachname;Vorname;GND;Anmerkung", 'Müller;Zoë;118529390;"a; ""b"", c\n d"', ""]
    text = line_end.join(lines).replace(";", delimiter, 3)
    text = text.replace("Müller;Zoë;118529390;", "Müller;Zoë;118529390;".replace(";", delimiter))
    (entry,) = read(text.encode(encoding))
    assert (entry.name, entry.surname, entry.forename) == ("Müller, Zoë", "Müller", "Zoë")
    assert entry.numbers == (("GND", "118529390"),)
    assert entry.note == 'a; "b", c d'


def test_a_table_in_another_encoding_is_told_and_read_when_it_is_named() -> None:
    content = "name\nMüller\n".encode("latin-1")
    with pytest.raises(DiagnosticError) as told:
        read(content)
    assert [(d.code, d.line, d.column) for d in told.value.diagnostics] == [("F005", 2, 2)]
    assert "--encoding" in told.value.diagnostics[0].hint
    assert read(content, encoding="latin-1")[0].name == "Müller"


@pytest.mark.parametrize(
    ("text", "name", "line", "column"),
    [
        ('name,note\nA,"b\n', "t.csv", 2, 3),
        ("\n\n", "t.csv", 1, 1),
        ("name\n", "t.csv", 1, 1),
        ("name,name\na,b\n", "t.csv", 1, 6),
        ("Bezug,Note\na,b\n", "t.csv", 1, 1),
        ("PK\x03\x04", "t.csv", 1, 1),
        ("name\na\n", "t.xlsx", 1, 1),
        ("{", "t.json", 1, 2),
        ('{"type": "Feature"}', "t.geojson", 1, 1),
        ("[" * 100_000, "t.json", 1, 1),
        ("[]", "t.json", 1, 1),
    ],
)
def test_what_is_no_table_is_told_at_its_place(
    text: str, name: str, line: int, column: int
) -> None:
    with pytest.raises(DiagnosticError) as told:
        read(text, name)
    assert [(d.code, d.line, d.column) for d in told.value.diagnostics] == [("R001", line, column)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A,,1907-02-30,,", 4),
        ("A,,21/2/1907,,", 4),
        ("A,,,9 9,", 5),
        (",,,,x", 1),
        ("A,,,,b\x07c", 6),
        ("A,,,,,,more", 8),
    ],
)
def test_a_row_with_a_mistake_is_told_at_its_cell_and_the_others_are_read(
    row: str, column: int
) -> None:
    found, told = read_all(f"name,gnd,born,id,note\nBefore,,,,\n{row}\nAfter,,,,\n")
    assert [entry.name for entry in found] == ["Before", "After"]
    assert [(d.code, d.line, d.column) for d in told] == [("R003", 3, column)]


def test_the_line_that_tells_excel_the_delimiter_is_no_header() -> None:
    (entry,) = read("sep=;\r\nname;note\r\nBerg, Anna;a\r\n")
    assert (entry.name, entry.note) == ("Berg, Anna", "a")


def test_dates_with_points_have_the_day_first() -> None:
    (entry,) = read("name,born\nAnna,1.12.1907\n")
    assert entry.birth == "1907-12-01"


def test_what_entries_of_a_kind_have_no_place_for_is_told_once() -> None:
    text = "kind,name,born,latitude,longitude\nplace,Wien,1907,48,16\nplace,Graz,1907,47,15\n"
    found, told = read_all(text + "person,Anna,1907,,\n")
    assert [(entry.name, entry.birth) for entry in found] == [
        ("Wien", ""),
        ("Graz", ""),
        ("Anna", "1907"),
    ]
    assert [(d.code, d.line, d.column) for d in told] == [("R002", 2, 12)]


def test_two_of_one_name_who_lived_at_different_times_are_two(tmp_path: Path) -> None:
    rows = "name,birth,death\nClara,1807,1850\nClara,1835,\nClara,1835-02-01,1901\nClara,,\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    imported = import_table(tmp_path / "t.csv", Import(tmp_path, "person"))
    assert [entry.id for entry in imported.entries] == ["clara", "clara-2"]
    assert imported.already_there == 2


def test_a_register_outside_the_folder_of_registers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name\nAnna\n", encoding="utf-8")
    outside = Import(tmp_path / "registers", "person", tmp_path / "other.xml")
    with pytest.raises(WrongUseError, match=r"other\.xml does not lie in"):
        import_table(tmp_path / "t.csv", outside)
    with pytest.raises(WrongUseError, match=r"other\.xml does not lie in"):
        add(Addition("person", "Anna"), tmp_path / "registers", tmp_path / "other.xml", "en")


def test_an_addition_with_a_field_that_its_kind_has_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="birth is left out"):
        add(Addition("place", "Wien", fields=("birth=1900",)), tmp_path, None, "en")
    assert list(tmp_path.iterdir()) == []


def test_a_column_that_says_nothing_is_told_and_can_be_chosen() -> None:
    text = "name,Spitzname\nAnna,Nan|Nanni\n"
    found, told = read_all(text)
    assert found[0].variants == ()
    assert [(d.code, d.line, d.column) for d in told] == [("R002", 1, 6)]
    table = read_table(Path("t.csv"), text.encode())
    reading = entries_of_table(table, "person", {"Spitzname": "variants"})
    assert reading.entries[0][0].variants == ("Nan", "Nanni")
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    ("table", "name", "surname", "forename"),
    [
        ("name;Vorname\nWeber;Anna", "Weber, Anna", "Weber", "Anna"),
        ("name;Vorname\nvon der Weber;Anna", "von der Weber, Anna", "von der Weber", "Anna"),
        ("name;Vorname\nAnna Weber;Anna", "Anna Weber", "Weber", "Anna"),
        ("name;Vorname\nWeber, Anna Maria;Anna", "Weber, Anna Maria", "Weber", "Anna Maria"),
        ("name;note\nWeber, Anna von;", "Weber, Anna von", "Weber", "Anna von"),
        ("name;note\nWeber, Dr.;", "Weber, Dr.", "", ""),
        ("name;note\nWeber, miller;", "Weber, miller", "", ""),
        ("name;note\nAnna, Countess of Berg;", "Anna, Countess of Berg", "", ""),
        ("name;note\nWeber, Anna, the elder;", "Weber, Anna, the elder", "Weber", "Anna"),
        ("name;note\nWeber, Anna (eigtl. Berg);", "Weber, Anna (eigtl. Berg)", "Weber", "Anna"),
        ("name;note\nWeber, Anna [Maria];", "Weber, Anna [Maria]", "Weber", "Anna"),
        (
            "name;note\nWeber, Anna von (1878-1913);",
            "Weber, Anna von (1878-1913)",
            "Weber",
            "Anna von",
        ),
        ("name;note\nA. B. Weber, Prime Minister;", "A. B. Weber, Prime Minister", "", ""),
        ("name;note\n?, Anna;", "?, Anna", "", ""),
        ("name;note\nAnna Weber;", "Anna Weber", "", ""),
        ("name;surname;forename\nWeber, Anna;;", "Weber, Anna", "", ""),
    ],
)
def test_a_name_in_one_column_is_divided_where_that_is_certain(
    table: str, name: str, surname: str, forename: str
) -> None:
    (entry,) = read(table)
    assert (entry.name, entry.surname, entry.forename) == (name, surname, forename)


def test_a_forename_that_is_not_in_the_name_is_told() -> None:
    (entry,), told = read_all('name,forename\n"Weber, Anna",Berta\n')
    assert (entry.surname, entry.forename) == ("", "")
    assert [(d.code, d.line, d.column) for d in told] == [("R006", 2, 15)]


def test_names_that_cannot_be_divided_are_told_once(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('name\n"Berg, Ida"\nAnna Weber\nOtto\nEmil Weber\n', encoding="utf-8")
    done = import_table(table, Import(tmp_path, "person"))
    assert [(d.code, d.line) for d in done.diagnostics] == [("R006", 3)]
    assert "“Anna Weber” (line 3) and “Emil Weber” (line 5)" in done.diagnostics[0].message
    assert (len(done.entries), done.already_there) == (4, 0)


def test_a_header_that_is_misspelt_is_told_with_the_nearest_field() -> None:
    _found, told = read_all("name,Surename,Wikidat\nAnna,,\n")
    assert [d.hint.partition(".")[0] for d in told] == [
        'Perhaps it is the surname: --column "Surename=surname"',
        'Perhaps it is the Wikidata: --column "Wikidat=Wikidata"',
    ]


def test_what_a_column_may_hold_is_listed_once() -> None:
    _found, told = read_all("name,Ort,Foo\nAnna,,\n")
    assert ["surname, forename" in d.hint for d in told] == [True, False]


@pytest.mark.parametrize("name", ["A. B. Weber, Prime Minister", "Weber, Anna s. Berg"])
def test_a_name_with_a_comma_that_cannot_be_divided_is_told(tmp_path: Path, name: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'name\n"{name}"\n"Anna, Countess of Berg"\n', encoding="utf-8")
    (told,) = import_table(table, Import(tmp_path, "person")).diagnostics
    assert (told.code, told.line) == ("R006", 2)


def test_a_rank_beside_names_is_no_name() -> None:
    (entry,), told = read_all("Titel,Nachname,Vorname\nGraf,Berg,Anna\n")
    assert (entry.name, entry.variants) == ("Berg, Anna", ())
    assert [(d.code, d.line, d.column) for d in told] == [("R002", 1, 1)]
    assert read("Titel,note\nDie Glocke,\n")[0].name == "Die Glocke"


@pytest.mark.parametrize(
    ("life", "birth", "death"),
    [
        ("1873-1943", "1873", "1943"),
        ("1873–", "1873", ""),
        ("* 1.2.1873, † 3.4.1943", "1873-02-01", "1943-04-03"),
        ("†1943", "", "1943"),
        ("1873-02-01 - 1943", "1873-02-01", "1943"),
    ],
)
def test_one_column_may_have_birth_and_death(life: str, birth: str, death: str) -> None:
    (entry,) = read(f"name;Lebensdaten\nAnna;{life}\n")
    assert (entry.birth, entry.death) == (birth, death)


def test_a_year_of_which_it_is_not_said_whether_of_birth_or_death_is_told() -> None:
    found, told = read_all("name;Lebensdaten\nAnna;1873\n")
    assert (found, [(d.code, d.line, d.column) for d in told]) == ([], [("R003", 2, 6)])


def test_a_day_in_words_is_a_date_and_an_approximate_one_stays_words() -> None:
    (entry,), told = read_all("name;born;died\nAnna;23. Mai 1868;um 1900\n")
    assert (entry.birth, entry.death) == ("1868-05-23", "um 1900")
    assert [(d.code, d.line, d.column) for d in told] == [("R007", 2, 19)]


def test_a_header_of_what_entries_have_not_is_near_to_no_field() -> None:
    _found, told = read_all("name,Geburtsort,GND-Nummer\nAnna,Berg,\n")
    assert ["birth=" in d.hint or "=birth" in d.hint for d in told] == [False]


def test_an_identifier_that_is_not_taken_over_is_told(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,name,GeoNames\nvienna,Wien,2761369\n", encoding="utf-8")
    write_registers(import_table(table, Import(tmp_path, "place")).registers)
    table.write_text("id,name,GeoNames\nwien,Wien,2761369\n", encoding="utf-8")
    (told,) = import_table(table, Import(tmp_path, "place")).diagnostics
    assert "“wien” of the row is not taken" in told.hint


def test_a_number_that_is_none_does_not_cost_the_entry() -> None:
    (entry,), told = read_all("name,GND,VIAF\nAnna,118529391,7399186\n")
    assert entry.numbers == (("VIAF", "7399186"),)
    assert [(d.code, d.line, d.column) for d in told] == [("R012", 2, 6)]


def test_a_table_without_a_telling_name_is_read_as_it_is_said(tmp_path: Path) -> None:
    table = tmp_path / "63"
    table.write_text("name\nAnna\n", encoding="utf-8")
    with pytest.raises(DiagnosticError) as told:
        import_table(table, Import(tmp_path, "person"))
    assert "--form csv" in told.value.diagnostics[0].hint
    done = import_table(table, Import(tmp_path, "person", form="csv"))
    assert [entry.name for entry in done.entries] == ["Anna"]
    with pytest.raises(WrongUseError, match="no form “xlsx”; there are: csv, "):
        import_table(table, Import(tmp_path, "person", form="xlsx"))


def test_a_short_header_is_near_to_nothing() -> None:
    _found, told = read_all("name,Ort\nAnna,\n")
    assert told[0].hint.startswith("Name its field with --column")


def test_two_rows_with_one_identifier_and_different_names_are_a_mistake(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,name\na,Anna\na,Otto\na,Anna\n", encoding="utf-8")
    done = import_table(table, Import(tmp_path, "person"))
    assert [entry.name for entry in done.entries] == ["Anna"]
    assert [(d.code, d.line) for d in done.diagnostics] == [("R003", 3), ("R004", 4)]
    assert (done.already_there, done.rejected) == (1, 1)


def test_an_addition_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="the name is empty"):
        add(Addition("person", " "), tmp_path, None, "en")


def test_records_of_openrefine_go_on_over_several_rows() -> None:
    text = "name,variants,VIAF\nAnna,Nan,7399186\n,Nanni,\nOtto,,\n"
    assert [e.variants for e in read(text, records=True)] == [("Nan", "Nanni"), ()]
    assert [d.line for d in read_all(text)[1]] == [3]


def test_geojson_gives_places_with_their_coordinates() -> None:
    point = {"type": "Point", "coordinates": [16.37208, 48.20849]}
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    features = [
        {"type": "Feature", "geometry": point, "properties": {"Name": "Wien", "geonames": 2761369}},
        {"type": "Feature", "geometry": None, "properties": {"name": "Nowhere"}},
        {"type": "Feature", "geometry": line, "properties": {"name": "Danube"}},
        {"type": "Feature", "geometry": {"type": "Point"}, "properties": {"name": "Lost"}},
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, indent=1)
    table = read_table(Path("t.geojson"), text.encode())
    reading = entries_of_table(table, "place")
    vienna, nowhere, danube = (entry for entry, _ in reading.entries)
    assert (vienna.latitude, vienna.longitude) == ("48.20849", "16.37208")
    assert vienna.numbers == (("GeoNames", "2761369"),)
    assert nowhere.latitude == ""
    assert (danube.latitude, danube.longitude) == ("3.00000", "2.00000")
    middle, lost = reading.diagnostics
    assert (middle.code, lost.code) == ("R011", "R003")
    assert '"geometry": {' in text.splitlines()[middle.line - 1]


@pytest.mark.parametrize(
    "geometry",
    [
        '{"type": "Polygonn", "coordinates": [[8, 48]]}',
        '{"type": "Point", "coordinates": [4800, 480]}',
        '{"type": "Polygon", "coordinates": [[[8, 48], [9, NaN]]]}',
    ],
)
def test_a_geometry_that_is_none_is_told(geometry: str) -> None:
    feature = f'{{"type": "Feature", "properties": {{"name": "Wien"}}, "geometry": {geometry}}}'
    text = f'{{"type": "FeatureCollection", "features": [{feature}]}}'
    reading = entries_of_table(read_table(Path("t.geojson"), text.encode()), "place")
    assert [d.code for d in reading.diagnostics] == ["R003"]


def test_a_table_without_any_cell_is_told() -> None:
    text = '{"type": "FeatureCollection", "features": [5, null, {"type": "Feature"}]}'
    with pytest.raises(DiagnosticError) as told:
        entries_of_table(read_table(Path("t.geojson"), text.encode()), "place")
    assert [d.code for d in told.value.diagnostics] == ["R001"]


def test_json_of_openrefine_gives_its_rows() -> None:
    rows = {"rows": [{"Name": "Anna", "Wikidata": "https://www.wikidata.org/entity/Q937"}, 3]}
    found, told = read_all(json.dumps(rows), "t.json")
    assert found[0].numbers == (("Wikidata", "Q937"),)
    assert [d.code for d in told] == ["R003"]


def edition_in(folder: Path) -> Path:
    make_edition(folder)
    return folder


def test_what_a_register_has_is_never_overwritten_nor_doubled(tmp_path: Path) -> None:
    registers = edition_in(tmp_path / "e") / "tei" / "registers"
    before = (registers / "persons.xml").read_bytes()
    table = tmp_path / "p.csv"
    table.write_text(
        "id,name,GND,note\n,Anna Example,118529390,x\ncarl-sample,Karl,,\n,Otto,118540238,\n"
        ",Otto,118529390,\n,Otto the elder,118540238,\n",
        encoding="utf-8",
    )
    done = import_table(table, Import(registers, "person"))
    assert [entry.id for entry in done.entries] == ["otto", "otto-2"]
    assert [(d.code, d.line) for d in done.diagnostics] == [("R004", 2), ("R004", 3), ("R004", 6)]
    assert "It lacks GND 118529390" in done.diagnostics[0].hint
    write_registers(done.registers)
    after = (registers / "persons.xml").read_bytes()
    assert after.startswith(before[: before.index(b"      </listPerson>")].rstrip())
    again = import_table(table, Import(registers, "person"))
    assert (again.entries, again.registers) == ((), {})


def test_the_rest_of_a_register_stays_byte_for_byte(tmp_path: Path) -> None:
    start = '<?xml version="1.0"?>\r\n<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0">\r\n  '
    entry = "<t:persName>A</t:persName>"
    for before, after in (
        (
            "<t:listPerson  n='1'/>",
            "<t:listPerson  n='1'>\r\n    <t:person xml:id=\"a\">\r\n      "
            f"{entry}\r\n    </t:person>\r\n  </t:listPerson>",
        ),
        (
            "<t:listPerson>\r\n\t<!-- none -->\r\n</t:listPerson>",
            '<t:listPerson>\r\n\t<!-- none -->\r\n\t<t:person xml:id="a">\r\n\t  '
            f"{entry}\r\n\t</t:person>\r\n</t:listPerson>",
        ),
    ):
        register, table = tmp_path / "r.xml", tmp_path / "t.csv"
        register.write_bytes(f"{start}{before}\r\n</t:TEI>".encode())
        table.write_text("name\nA\n", encoding="utf-8")
        done = import_table(table, Import(tmp_path, "person"))
        assert done.registers[register].decode() == f"{start}{after}\r\n</t:TEI>"


TEXT = st.text(
    st.sampled_from([*"aB1 ,;|\"'<&>=+-@\t\n", "é", "Ж", "\u2028", "\x85", "𐐀"]), max_size=8
)
NAME = TEXT.map(lambda text: f"n{text}")
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(sorted(entry_kinds())),
            "name": st.one_of(NAME, TEXT.map(lambda text: f"={text}")),
            "surname": TEXT,
            "forename": TEXT,
            "variants": TEXT,
            "birth": st.sampled_from(["", "1907", "-0044-03-15"]),
            "date": st.sampled_from(["", "1907-02"]),
            "latitude": st.sampled_from(["-33.5", "48"]),
            "longitude": st.sampled_from(["-0.1", "179"]),
            "GND": st.sampled_from(["", "", "118529390", "4005728-8"]),
            "numbers": st.sampled_from(["", "PMB:12", "https://example.org/a?b=1&c", "x"]),
            "note": TEXT,
        }
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=examples(50), deadline=None)
@given(rows=ROWS)
def test_import_export_import_is_stable_and_valid(
    rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory, edition_schema: Verdicts
) -> None:
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    table = first / "t.json"
    table.write_text(json.dumps(rows), encoding="utf-8")
    write_registers(import_table(table, Import(first)).registers)
    made = {file.name: file.read_bytes() for file in first.glob("*.xml")}
    for content in made.values():
        assert edition_schema.validate(content)
    exported, _ = export_registers(sorted(first.glob("*.xml")), first, "csv", None)
    (second / "t.csv").write_text(exported, encoding="utf-8", newline="")
    if made:
        done = import_table(second / "t.csv", Import(second))
        assert done.diagnostics == ()
        write_registers(done.registers)
    assert {file.name: file.read_bytes() for file in second.glob("*.xml")} == made
    if made:
        assert import_table(second / "t.csv", Import(second)).entries == ()


def test_no_cell_of_an_export_is_a_formula_and_numbers_stay_numbers() -> None:
    entry = RegisterEntry(
        "place", "x", "=cmd|x", latitude="-33.5", longitude="0", note="@SUM(A1)", variants=("+1+2",)
    )
    cells = export("csv", [entry], Published()).splitlines()[1].split(",")
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == ["-33.5"]
    assert "'=cmd|x" in cells


def test_json_ld_can_stand_in_a_script() -> None:
    entry = RegisterEntry("person", "x", "</script><!--", note="a & b\u2028")
    made = export("json-ld", [entry], Published("T", "https://example.org/"))
    assert not set("<>&\u2028") & set(made)
    (node,) = json.loads(made)["@graph"]
    assert node["name"] == "</script><!--"
    assert node["@id"] == "https://example.org/registers/.html#x"


def test_beacon_lists_the_numbers_of_the_gnd_with_their_pages(tmp_path: Path) -> None:
    folder = edition_in(tmp_path / "e")
    settings_file = folder / "edition.toml"
    told = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(f'address = "https://example.org/e"\n{told}', encoding="utf-8")
    table = tmp_path / "p.csv"
    table.write_text("name,GND\nOtto,118540238\nAnna,118529390\n", encoding="utf-8")
    edition = load_edition(folder)
    write_registers(import_table(table, Import(edition.registers, "person")).registers)
    made, _ = export_registers((), edition.registers, "beacon", edition)
    assert made.splitlines()[-2:] == [
        "118529390||https://example.org/e/registers/persons.html#anna",
        "118540238||https://example.org/e/registers/persons.html#otto",
    ]
    assert "#FORMAT: BEACON" in made


def test_a_list_that_would_be_empty_is_told(tmp_path: Path) -> None:
    folder = edition_in(tmp_path / "e")
    settings_file = folder / "edition.toml"
    told = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(f'address = "https://example.org/e"\n{told}', encoding="utf-8")
    edition = load_edition(folder)
    with pytest.raises(WrongUseError, match="GND number, and none has one"):
        export_registers((), edition.registers, "beacon", edition)


def test_places_of_one_name_that_lie_far_apart_are_two(tmp_path: Path) -> None:
    folder = edition_in(tmp_path / "e")
    table = tmp_path / "p.csv"
    table.write_text(
        "name,variants,latitude,longitude\nBratislava,Pressburg,48.1,17.1\n"
        "Pressburg,,52.1,13.1\nPressburg,,48.15,17.15\n",
        encoding="utf-8",
    )
    made = import_table(table, Import(folder / "tei" / "registers", "place"))
    assert [entry.name for entry in made.entries] == ["Bratislava", "Pressburg"]
    assert made.already_there == 1


@pytest.mark.parametrize("said", ["um 1900", "ca. 1840", "1890?", "before May 1840", "[1840]"])
def test_a_date_in_words_is_kept_and_told(said: str, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"surname,forename,birth\nBerg,Ida,{said}\n", encoding="utf-8")
    done = import_table(table, Import(tmp_path, "person"))
    assert [(d.code, d.line) for d in done.diagnostics] == [("R007", 2)]
    (entry,) = done.entries
    assert "".join(element_lines(entry)).count(f"<birth>{said}</birth>") == 1


def test_who_dies_before_being_born_is_imported_and_told(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = "Berg,Ida,1850,1801\nBerg,Otto,1850,1850-03\nBerg,Eva,-0050,-0010\n"
    table.write_text(f"surname,forename,birth,death\n{rows}", encoding="utf-8")
    done = import_table(table, Import(tmp_path, "person"))
    assert [(d.code, d.line, d.column) for d in done.diagnostics] == [("R008", 2, 15)]
    assert len(done.entries) == 3


def test_a_row_with_the_name_of_another_is_imported_once_it_has_an_id(tmp_path: Path) -> None:
    folder = edition_in(tmp_path / "e") / "tei" / "registers"
    table = tmp_path / "p.geojson"

    def features(**own: str) -> str:
        named = [{"name": "Bratislava", "variants": "Pressburg"}, {"name": "Pressburg"}]
        first, second = ({"type": "Feature", "geometry": None, "properties": n} for n in named)
        whole = [first, {**second, **own}]
        return json.dumps({"type": "FeatureCollection", "features": whole})

    table.write_text(features(), encoding="utf-8")
    dropped = import_table(table, Import(folder, "place"))
    assert [entry.name for entry in dropped.entries] == ["Bratislava"]
    (told,) = dropped.diagnostics
    assert "a variant of Bratislava" in told.message
    assert "id of the feature" in told.hint
    table.write_text(features(id="pressburg-brandenburg"), encoding="utf-8")
    done = import_table(table, Import(folder, "place"))
    assert [entry.id for entry in done.entries] == ["bratislava", "pressburg-brandenburg"]
    assert [d.code for d in done.diagnostics] == ["R009"]
    write_registers(done.registers)
    again = import_table(table, Import(folder, "place"))
    assert (again.entries, again.already_there) == ((), 2)


def test_all_that_a_table_lacks_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Familie;Ort\nBerg;Wien\n", encoding="utf-8")
    with pytest.raises(WrongUseError, match=r"--kind.*--column HEADER=name"):
        import_table(tmp_path / "t.csv", Import(tmp_path))
    with pytest.raises(WrongUseError, match="“x”, “y”"):
        chosen_columns(["a=x", "b=y"], None)


def test_json_ld_without_an_address_of_the_edition_is_told(tmp_path: Path) -> None:
    folder = edition_in(tmp_path / "e")
    registers = folder / "tei" / "registers"
    made, told = export_registers((), registers, "json-ld", load_edition(folder))
    assert [d.code for d in told] == ["R010"]
    nodes = json.loads(made)["@graph"]
    assert ["https://sws.geonames.org/2761369/"] in [node.get("sameAs") for node in nodes]
    settings_file = folder / "edition.toml"
    text = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(f'address = "https://example.org/e"\n{text}', encoding="utf-8")
    assert export_registers((), registers, "json-ld", load_edition(folder))[1] == ()


@pytest.mark.parametrize("behind", ["", "/", "/wien.html", "/about.rdf", "?lang=de"])
def test_an_address_of_geonames_is_read_however_it_goes_on(behind: str) -> None:
    (entry,) = read(f"name,GeoNames\nWien,https://www.geonames.org/2761369{behind}\n")
    assert entry.numbers == (("GeoNames", "2761369"),)
