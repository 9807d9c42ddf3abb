"""What a user of the command line can rely on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
import typer

from tests.hall.conftest import Run
from tests.sample import copy_of_sample
from toolkit import __version__
from toolkit.cli import app
from toolkit.diagnostics.formats import names as format_names

TEI = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A</title>
</titleStmt><publicationStmt><p>B</p></publicationStmt><sourceDesc><p>C</p></sourceDesc></fileDesc>
</teiHeader><text><body><p>%s</p></body></text></TEI>
"""


def codes(out: str) -> list[str]:
    return [found["code"] for found in json.loads(out)]


def test_version_and_help_are_clean(tei: Run) -> None:
    assert tei("--version") == (0, f"tei {__version__}\n", "")
    code, out, _ = tei("--help")
    assert code == 0
    for command in ("init", "convert", "annotate", "validate", "publish", "build"):
        assert command in out


@pytest.mark.parametrize("command", ["init", "convert", "annotate", "validate", "publish", "build"])
def test_the_help_of_each_command_shows_an_example(tei: Run, command: str) -> None:
    code, out, _ = tei(command, "--help")
    assert code == 0
    assert f"Example: tei {command}" in out


def _commands(group: typer.core.TyperGroup, *above: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from _commands(command, *above, name)
        else:
            yield (*above, name)


@pytest.mark.parametrize("command", [*_commands(typer.main.get_group(app))], ids=" ".join)
def test_each_long_option_is_written_in_small_letters(tei: Run, command: tuple[str, ...]) -> None:
    _, out, _ = tei(*command, "--help")
    options = re.findall(r"(?m)^ +(?:-\w, )?(--\S+)", out)
    assert "--help" in options
    assert options == [option.lower() for option in options]


def test_help_needs_no_heavy_library() -> None:
    program = (
        "import sys; from toolkit.cli import app; "
        "heavy = {'lxml', 'saxonche', 'jsonschema', 'typst', 'rich'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("convert", "--bogus"),
        ("validate", "a.xml", "--format", "bogus"),
        ("publish", "a.xml", "--to", "bogus"),
        ("publish", "a.xml", "--to", "text", "--layer", "bogus"),
        ("annotate", "a.xml"),
        ("convert", "a.txt", "--conventions", "bogus"),
        ("validate", "a.xml", "--schema", "absent.rng"),
        ("build",),
        ("convert",),
        ("build", "--edition", "absent"),
        ("validate", "a.xml", "--jobs", "0"),
    ],
)
def test_wrong_use_is_exit_code_2_and_says_why(tei: Run, arguments: tuple[str, ...]) -> None:
    Path("a.txt").write_text("A letter.\n")
    Path("a.xml").write_bytes(TEI % b"x")
    code, _, err = tei(*arguments)
    assert code == 2
    assert err.strip()


def test_a_valid_file_is_exit_code_0_and_an_empty_list(tei: Run) -> None:
    Path("a.xml").write_bytes(TEI % b"x")
    assert tei("validate", "a.xml", "--format", "json")[:2] == (0, "[]\n")


@pytest.mark.parametrize("format_", format_names())
def test_what_was_done_is_said_beside_the_findings(tei: Run, format_: str) -> None:
    Path("a.xml").write_bytes(TEI % b"Good morning")
    alone = tei("validate", "a.xml", "--format", format_, "--quiet")
    assert alone[2] == ""
    code, out, err = tei("validate", "a.xml", "--format", format_)
    assert (code, out) == alone[:2]
    assert "1 file checked; nothing to report." in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "a.xml", "--output-file", "new/a.txt"),
        ("validate", "a.xml", "--write-baseline", "new/known.json"),
        ("schema", "export", "tei", "--output", "new/tei.rng"),
    ],
)
def test_a_folder_that_is_made_is_told_of(tei: Run, arguments: tuple[str, ...]) -> None:
    Path("a.xml").write_bytes(TEI % b"Good morning")
    assert "made the folder new\n" in tei(*arguments)[2]
    assert "made the folder" not in tei(*arguments)[2]


def test_a_phase_without_rules_of_your_own_is_told_of(tei: Run) -> None:
    Path("a.xml").write_bytes(TEI % b"Good morning")
    assert "--phase draft changed nothing" in tei("validate", "a.xml", "--phase", "draft")[2]
    assert "changed nothing" not in tei("validate", "a.xml")[2]


def test_a_finding_is_exit_code_1_and_has_all_fields(tei: Run) -> None:
    Path("a.xml").write_bytes(TEI % b'<persName ref="#anna">A</persName>')
    code, out, _ = tei("validate", "a.xml", "--format", "json")
    (found,) = json.loads(out)
    assert code == 1
    fields = {"code", "severity", "file", "line", "column", "message", "hint", "schemas"}
    assert set(found) == fields
    assert (found["file"], found["line"]) == ("a.xml", 3)


def test_a_folder_stands_for_the_xml_files_below_it(tei: Run) -> None:
    Path("deep/er").mkdir(parents=True)
    Path("deep/er/a.xml").write_bytes(TEI % b"<bogus/>")
    assert tei("validate", "deep")[0] == 1
    Path("empty").mkdir()
    assert codes(tei("validate", "empty", "--format", "json")[1]) == ["F001"]


def test_the_others_of_a_batch_are_done_when_one_fails(tei: Run) -> None:
    Path("good.txt").write_text("A letter.\n\nIt is short.\n")
    Path("empty.txt").write_text("")
    Path("binary.txt").write_bytes(b"\x89PNG\0\0")
    Path("latin.txt").write_bytes("Grüße aus Wien".encode("latin-1"))
    code, out, _ = tei(
        *("convert", "absent.txt", "empty.txt", "binary.txt", "latin.txt", "good.txt"),
        *("--output", "tei", "--format", "json"),
    )
    assert code == 1
    assert codes(out) == ["F001", "F003", "F004", "F005"]
    assert [path.name for path in Path("tei").iterdir()] == ["good.xml"]


def test_xml_that_could_do_harm_is_refused_and_the_rest_is_checked(tei: Run) -> None:
    Path("secret.txt").write_text("TOP SECRET")
    Path("external.xml").write_text(
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "secret.txt">]><TEI>&x;</TEI>'
    )
    bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    Path("bomb.xml").write_text(f'<!DOCTYPE TEI [<!ENTITY a0 "ha">{bomb}]><TEI>&a11;</TEI>')
    Path("broken.xml").write_text("<TEI><p></TEI>")
    Path("good.xml").write_bytes(TEI % b"x")
    code, out, _ = tei("validate", ".", "--format", "json")
    assert code == 1
    assert sorted(codes(out)) == ["X001", "X002", "X002"]
    assert "SECRET" not in out


def test_conversion_writes_the_file_of_the_same_stem(tei: Run) -> None:
    Path("letter.txt").write_text("A letter.\n\nIt is short.\n")
    code, _, err = tei("convert", "letter.txt", "--output", "out/put")
    assert code == 0
    assert "wrote out/put/letter.xml" in err
    assert tei("validate", "out/put/letter.xml")[0] == 0


def test_quiet_prints_findings_only(tei: Run) -> None:
    Path("letter.txt").write_text("A letter.\n\nIt is short.\n")
    assert tei("convert", "letter.txt", "--output", "out", "--quiet") == (0, "", "")


def test_conversion_keeps_what_an_editor_has_touched(tei: Run) -> None:
    Path("letter.txt").write_text("A letter.\n\nIt is short.\n")
    tei("convert", "letter.txt", "--output", "tei")
    target = Path("tei/letter.xml")
    edited = target.read_bytes().replace(b"short", b"brief")
    target.write_bytes(edited)
    code, out, _ = tei("convert", "letter.txt", "--output", "tei", "--format", "json")
    assert (code, codes(out)) == (1, ["E101"])
    assert target.read_bytes() == edited
    assert tei("convert", "letter.txt", "--output", "tei", "--force")[0] == 0
    assert b"brief" not in target.read_bytes()


def test_conventions_can_be_listed_and_shown(tei: Run) -> None:
    code, out, _ = tei("conventions", "list")
    assert code == 0
    for name in ("default", "dfat", "fromthepage", "leiden", "smithsonian", "wilson-center"):
        assert f"{name}:" in out
        assert tei("conventions", "show", name)[0] == 0
    assert tei("conventions", "show", "bogus")[0] == 2


def test_a_profile_is_checked_with_its_line(tei: Run) -> None:
    Path("mine.json").write_text('{\n "extends": "default",\n "bogus": 1\n}')
    code, out, _ = tei("conventions", "check", "mine.json", "--format", "json")
    found = {(each["code"], each["line"]) for each in json.loads(out)}
    assert code == 1
    assert ("C202", 3) in found


@pytest.mark.parametrize("text", ["A letter.\r\n\r\nIt is [illegible].\r\n", "\ufeffA letter. \n"])
def test_a_transcription_comes_back_byte_for_byte(tei: Run, text: str) -> None:
    Path("letter.txt").write_bytes(text.encode())
    tei("convert", "letter.txt", "--output", "tei")
    assert tei("transcribe", "tei/letter.xml", "--output", "back")[0] == 0
    assert Path("back/letter.txt").read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        # As a file of XML it is no transcription in the first place.
        (("convert", "letter.xml", "--force"), "C004"),
        (("publish", "letter.txt", "--to", "text", "-o", "."), "E103"),
    ],
)
def test_no_command_overwrites_the_file_it_reads(
    tei: Run, arguments: tuple[str, ...], refused: str
) -> None:
    Path(arguments[1]).write_bytes(TEI % b"Good morning")
    code, out, _ = tei(*arguments, "--format", "json")
    assert (code, codes(out)) == (1, [refused])
    assert Path(arguments[1]).read_bytes() == TEI % b"Good morning"


def test_publish_sets_the_layer_it_is_asked_for(tei: Run) -> None:
    Path("a.xml").write_bytes(TEI % b"<del>Monday</del> <supplied>Tuesday</supplied>")
    tei("publish", "a.xml", "--to", "text", "--layer", "reading", "-o", "reading")
    tei("publish", "a.xml", "--to", "text", "--layer", "diplomatic", "-o", "diplomatic")
    assert "Monday" not in Path("reading/a.txt").read_text()
    assert "Tuesday" not in Path("diplomatic/a.txt").read_text()


def test_two_files_of_one_stem_do_not_overwrite_each_other(tei: Run) -> None:
    for folder in ("a", "b"):
        Path(folder).mkdir()
        Path(folder, "letter.xml").write_bytes(TEI % folder.encode())
    code, out, _ = tei("publish", "a/letter.xml", "b/letter.xml", "-o", "o", "--format", "json")
    assert (code, codes(out)) == (1, ["E004"])


def test_publishing_writes_the_files_of_the_same_stem(tei: Run) -> None:
    Path("letter.xml").write_bytes(TEI % b"Good morning")
    outputs = ("--to", "html", "--to", "pdf", "--to", "epub", "--to", "text")
    assert tei("publish", "letter.xml", *outputs, "--output", "site")[0] == 0
    made = {path.suffix for path in Path("site").iterdir() if path.stem == "letter"}
    assert made == {".html", ".pdf", ".epub", ".txt"}
    assert "Good morning" in Path("site/letter.html").read_text()


def test_a_family_that_is_not_installed_is_one_finding_at_its_setting(tei: Run) -> None:
    Path("edition.toml").write_text(
        'title = "E"\nlanguage = "en"\n\n[print]\nfonts = ["No Such Face", "libertinus serif"]\n'
    )
    Path("tei").mkdir()
    for name in ("a", "b"):
        Path("tei", f"{name}.xml").write_bytes(TEI % b"text")
    code, out, _ = tei("publish", "--to", "pdf", "--format", "json")
    assert code == 1
    (found,) = json.loads(out)
    assert (found["code"], found["file"], found["line"]) == ("E003", "edition.toml", 5)
    assert "No Such Face" in found["message"]
    assert "There are:" in found["hint"]
    assert "Libertinus Serif" in found["hint"]
    assert sorted(path.name for path in Path("output").glob("*.pdf")) == ["a.pdf", "b.pdf"]


def test_a_volume_without_an_edition_is_called_documents(tei: Run) -> None:
    for name in ("a", "b"):
        Path(f"{name}.xml").write_bytes(TEI % b"text")
    assert tei("publish", "a.xml", "b.xml", "--to", "volume", "--output", "s")[0] == 0
    told = pypdf.PdfReader("s/edition/volume.pdf").metadata
    assert told is not None
    assert told.title == "Documents"


def test_files_published_as_a_volume_become_one_file(tei: Run) -> None:
    for name in ("b", "a"):
        Path(f"{name}.xml").write_bytes(TEI % b"Good morning")
    assert tei("publish", "b.xml", "a.xml", "--to", "volume", "--output", "site")[0] == 0
    made = [path.relative_to("site") for path in Path("site").rglob("*") if path.is_file()]
    assert made == [Path("edition/volume.pdf")]


def test_an_unwritable_output_is_a_finding_with_a_hint(tei: Run) -> None:
    Path("letter.txt").write_text("A letter.\n\nIt is short.\n")
    Path("taken").write_text("a file where a folder should be")
    code, out, _ = tei("convert", "letter.txt", "--output", "taken", "--format", "json")
    assert (code, codes(out)) == (1, ["F006"])


def test_a_new_edition_builds_at_once(tei: Run) -> None:
    assert tei("init", "my-letters")[0] == 0
    code, out, err = tei("build", "--edition", "my-letters")
    assert code == 0
    assert out.count(" note E008: ") == out.count("\n  = ") == 2
    assert "my-letters/output/first-letter.pdf" in err
    assert Path("my-letters/output/.tei-build").is_dir()
    assert ".tei-build" not in err
    assert "My letters" in Path("my-letters/output/index.html").read_text()
    assert tei("init", "my-letters")[0] == 2


def test_a_slip_in_the_settings_is_shown_with_its_line(tei: Run) -> None:
    Path("edition.toml").write_text('title = "A"\nlanguage = "en"\noutputs = ["htm"]\n')
    code, _, err = tei("build")
    assert code == 2
    assert "edition.toml:3:12: error E003" in err
    assert "Did you mean “html”?" in err


@pytest.mark.parametrize("name", ["tei", "transcriptions", "output"])
def test_a_file_in_the_place_of_a_folder_is_told_of_before_anything_is_done(
    tei: Run, name: str
) -> None:
    Path("edition.toml").write_text('title = "A"\nlanguage = "en"\n')
    Path(name).write_text("x")
    code, _, err = tei("build")
    assert code == 2
    assert f"edition.toml:1:1: error E003: “{name}” is to be a folder, but {name} is a file" in err
    assert {path.name for path in Path.cwd().iterdir()} == {"edition.toml", name}


def test_an_interrupted_build_leaves_whole_files_only(repository: Path, tmp_path: Path) -> None:
    folder = copy_of_sample(repository, tmp_path)
    program = "from toolkit.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "build", "--edition", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(repository)},
    )
    deadline = time.monotonic() + 30
    while not list((folder / "tei").glob("*.xml")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "no file is half written" in err
    assert not [path for path in folder.rglob(".*") if path.name != ".tei-build.json"]
    for path in (folder / "tei").glob("*.xml"):
        assert path.read_bytes().rstrip().endswith(b"</TEI>")
