from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.edition import find_edition, load_edition, not_read, same_names

GOOD = 'title = "Letters"\nlanguage = "en"\n'


def edition_in(folder: Path, text: str) -> Path:
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    return folder


def mistake_in(folder: Path, text: str) -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        load_edition(edition_in(folder, text))
    (found,) = caught.value.diagnostics
    return found


def test_what_is_not_set_has_a_sensible_default(tmp_path: Path) -> None:
    edition = load_edition(edition_in(tmp_path, GOOD))
    assert edition.conventions == "default"
    assert edition.tei == tmp_path / "tei"
    assert edition.registers == tmp_path / "tei" / "registers"
    assert edition.outputs == ("html", "pdf")


def test_a_folder_without_settings_is_no_edition(tmp_path: Path) -> None:
    assert find_edition(tmp_path) is None
    with pytest.raises(DiagnosticError) as caught:
        load_edition(tmp_path)
    assert caught.value.diagnostics[0].code == "E001"
    assert "tei init" in caught.value.diagnostics[0].hint


def test_a_slip_in_the_toml_is_found_at_its_line(tmp_path: Path) -> None:
    found = mistake_in(tmp_path, 'title = "Letters"\nlanguage = en\n')
    assert (found.code, found.line) == ("E002", 2)


def test_a_toml_that_ends_too_soon_is_found_at_its_end(tmp_path: Path) -> None:
    found = mistake_in(tmp_path, 'language = "en"\ntitle = ')
    assert (found.code, found.line) == ("E002", 2)


def test_an_unknown_setting_is_found_at_its_line_with_its_neighbour(tmp_path: Path) -> None:
    found = mistake_in(tmp_path, GOOD + '\noutpust = ["html"]\n')
    assert (found.code, found.line, found.column) == ("E003", 4, 1)
    assert "output" in found.hint


def test_a_mistake_inside_a_repeated_table_is_found_at_its_line(tmp_path: Path) -> None:
    text = GOOD + '[[editors]]\nname = "A"\n[[editors]]\nname = "B"\norcid = "12"\n'
    found = mistake_in(tmp_path, text)
    assert (found.code, found.line) == ("E003", 7)


def test_a_missing_setting_is_named(tmp_path: Path) -> None:
    found = mistake_in(tmp_path, 'title = "Letters"\n')
    assert "“language” is missing" in found.message


def test_a_wrong_choice_lists_what_is_possible(tmp_path: Path) -> None:
    found = mistake_in(tmp_path, GOOD + 'outputs = ["html", "pfd"]\n')
    assert found.line == 3
    assert "Did you mean “pdf”?" in found.hint


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("margins = { inside = 90, outside = 70 }", 4),
        ("margins = { top = 120, bottom = 120 }", 4),
        ("width = 90", 4),
    ],
)
def test_margins_that_leave_no_room_for_the_text_are_told(
    tmp_path: Path, said: str, line: int
) -> None:
    found = mistake_in(tmp_path, GOOD + f"[print]\n{said}\n")
    assert (found.code, found.line) == ("E003", line)
    assert "the text would be" in found.message


def test_a_series_too_many_is_found_at_its_line(tmp_path: Path) -> None:
    series = "".join(f'[[note-series]]\ntitle = "{title}"\ntype = "{title}"\n' for title in "ABCDE")
    found = mistake_in(tmp_path, GOOD + series)
    assert (found.line, found.message) == (15, "“note-series” has 5 entries, 4 are the most")


@pytest.mark.parametrize(
    ("said", "line", "message", "hint"),
    [
        ('[[note-series]]\ntitle = "A"', 3, "needs “type” or “resp”", "which notes belong"),
        ('[[note-series]]\ntitle = "A"\ntype = "a b"', 5, "“a b”", "One value of @type"),
        (
            '[[note-series]]\ntitle = "A"\ntype = "a"\n'
            '[[note-series]]\ntitle = "B"\ntype = "a"\nresp = "#b"',
            *(6, "no note can belong to the series “B”", "narrower one above"),
        ),
        ("[print]\nwidth = 20", 4, "20, but must be at least 90 and at most 1000", "millimetres"),
        ("[print]\nmargins = { top = 2 }", 4, "“top” is 2, but must be at least 8", "running head"),
        ("[print.margins]\ninside = 300", 4, "at most 200", "spine"),
        (
            '[signs]\nsupplied = { open = "<<<<<<<<<" }',
            4,
            "more than 8 characters",
            "few characters",
        ),
    ],
)
def test_a_setting_out_of_its_range_is_told_with_what_is_allowed(
    said: str, line: int, message: str, hint: str, tmp_path: Path
) -> None:
    found = mistake_in(tmp_path, f"{GOOD}{said}\n")
    assert (found.code, found.line) == ("E003", line)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("said", "place", "message", "hint"),
    [
        ("[print]\nmargins = { inside = 9, topp = 20 }", (4, 25), "“topp”", "“top”"),
        ("[print]\nmargins = { inside = 9, top = 2 }", (4, 25), "“top” is 2", "running head"),
        ('views = ["both", "bth"]', (3, 18), "cannot be “bth”", "“both”"),
        ('[note-series]\ntitle = "A"', (3, 2), "is a list of blocks", "[[note-series]]"),
        ("[[print]]\nsize = 9", (3, 3), "is no list of blocks", "[print]"),
        ('[signs]\ngap = { open = "[" }', (4, 1), "“text” is missing", "Add text = …"),
        ('[licence]\nname = ""', (4, 1), "“name” is empty", "between the quotation marks"),
        ("[print]\nmargins = 20", (4, 1), "a table, such as", "millimetres"),
    ],
)
def test_a_wrong_setting_is_found_at_its_column_with_what_to_do(
    said: str, place: tuple[int, int], message: str, hint: str, tmp_path: Path
) -> None:
    found = mistake_in(tmp_path, f"{GOOD}{said}\n")
    assert (found.code, found.line, found.column) == ("E003", *place)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('language = "de"', "this setting is given twice"),
        ("[print]\n[print]", "this table is given twice"),
        ("foo bar", "there is no “=”"),
        ('outputs = ["html"', "a list is not closed"),
        ('publisher = "abc', "a text is not closed"),
    ],
)
def test_a_slip_in_the_toml_is_told_in_plain_words(said: str, message: str, tmp_path: Path) -> None:
    found = mistake_in(tmp_path, f"{GOOD}{said}\n")
    assert found.code == "E002"
    assert message in found.message


def test_an_empty_sign_is_told_once(tmp_path: Path) -> None:
    found = mistake_in(tmp_path, GOOD + '[signs]\ndeletion = { open = "[", close = "" }\n')
    assert found.message == "“close” is empty"
    found = mistake_in(tmp_path, GOOD + "[signs]\ndeletion = {}\n")
    assert found.message == "“deletion” is empty"


def test_the_first_matching_exception_gives_the_conventions(tmp_path: Path) -> None:
    text = GOOD + '[[documents]]\nmatch = "cable-*"\nconventions = "wilson-center"\n'
    edition = load_edition(edition_in(tmp_path, text))
    assert edition.conventions_for(tmp_path / "cable-1.txt") == "wilson-center"
    assert edition.conventions_for(tmp_path / "letter.txt") == "default"


def test_registers_and_hidden_files_are_not_documents(tmp_path: Path) -> None:
    edition = load_edition(edition_in(tmp_path, GOOD))
    for name in ("tei/a.xml", "tei/.b.xml", "tei/registers/persons.xml", "tei/notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert edition.tei_files() == (tmp_path / "tei" / "a.xml",)
    assert edition.register_files() == (tmp_path / "tei" / "registers" / "persons.xml",)


def test_documents_that_no_format_reads_are_told_once_for_each_ending(tmp_path: Path) -> None:
    edition_in(tmp_path, GOOD)
    (tmp_path / "transcriptions").mkdir()
    for name in ("a.docx", "b.DOCX", "c.txt", "d.jpg", ".e.docx", "f.xml"):
        (tmp_path / "transcriptions" / name).touch()
    told = list(not_read(load_edition(tmp_path)))
    assert [(d.code, Path(d.file).name) for d in told] == [("E009", "a.docx"), ("E009", "f.xml")]
    assert "1 more of its kind" in told[0].message


def test_two_files_for_one_target_are_reported() -> None:
    pairs = [(Path("a.txt"), Path("a.xml")), (Path("a.md"), Path("a.xml"))]
    (found,) = same_names(pairs)
    assert found.code == "E004"
    assert same_names(pairs[:1]) == []


@pytest.mark.parametrize("key", ["transcriptions", "tei", "registers", "schema"])
def test_a_place_that_is_named_must_be_there(tmp_path: Path, key: str) -> None:
    found = mistake_in(tmp_path, GOOD + f'{key} = "nowhere"\n')
    assert (found.code, found.line) == ("E003", 3)


def test_of_a_place_that_is_not_there_the_nearest_is_named(tmp_path: Path) -> None:
    (tmp_path / "tei" / "registers").mkdir(parents=True)
    found = mistake_in(tmp_path, f'{GOOD}registers = "tei/register"\n')
    assert (found.code, found.line, found.column) == ("E003", 3, 13)
    assert "Did you mean “tei/registers”?" in found.hint


def test_a_folder_of_tei_files_may_be_made_by_the_first_build(tmp_path: Path) -> None:
    (tmp_path / "transcriptions").mkdir()
    (tmp_path / "transcriptions" / "a.txt").write_text("A letter.", encoding="utf-8")
    assert load_edition(edition_in(tmp_path, GOOD + 'tei = "xml"\n')).tei == tmp_path / "xml"


@pytest.mark.parametrize(
    ("key", "folder"), [("transcriptions", "tei"), ("registers", "tei"), ("registers", ".")]
)
def test_one_folder_cannot_hold_two_kinds_of_files(tmp_path: Path, key: str, folder: str) -> None:
    (tmp_path / "tei").mkdir()
    found = mistake_in(tmp_path, GOOD + f'{key} = "{folder}"\n')
    assert (found.code, found.line) == ("E003", 3)
