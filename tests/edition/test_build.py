"""What a build of an edition promises."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.letter import LETTER as LETTER_TEXT
from tests.sample import build, copy_of_sample, snapshot
from toolkit.diagnostics import DiagnosticError, Severity
from toolkit.edition import load_edition
from toolkit.pipeline import build as building
from toolkit.pipeline.build import build_edition, publish_edition
from toolkit.pipeline.running import Options, run
from toolkit.pipeline.whereabouts import where_it_lies

LETTER = "1848-05-03-hartwell-to-greave"


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "copy"))


def test_the_versioned_tei_files_are_what_the_transcriptions_become(
    built: Path, repository: Path
) -> None:
    for path in sorted((built / "tei").glob("*.xml")):
        assert (repository / "tei" / path.name).read_bytes() == path.read_bytes()


def test_each_document_has_its_pages(built: Path) -> None:
    for suffix in ("html", "pdf", "epub", "txt"):
        assert (built / "output" / f"{LETTER}.{suffix}").stat().st_size > 500
    assert (built / "output" / "index.html").is_file()
    assert (built / "output" / "registers" / "persons.html").is_file()


def test_a_parallel_build_gives_the_same_bytes(
    built: Path, repository: Path, tmp_path: Path
) -> None:
    other = copy_of_sample(repository, tmp_path)
    build(other, jobs=2)
    assert snapshot(other) == snapshot(built)


def test_where_the_volume_lies_is_told(built: Path) -> None:
    said = where_it_lies(load_edition(built))
    assert str(built / "output" / "edition" / "volume.epub") in said
    assert str(built / "output" / f"{LETTER}.pdf") in said


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with what builds do."""
    did: list[str] = []
    original = run

    def noting(function: Any, tasks: Sequence[Any], options: Options) -> Any:
        did.extend(f"{function.__name__} {task.source.stem}" for task in tasks)
        return original(function, tasks, options)

    monkeypatch.setattr(building, "run", noting)
    return did


def test_a_second_build_does_nothing(copy: Path, done: list[str]) -> None:
    build(copy)
    assert done == []


def test_a_changed_transcription_is_converted_alone(copy: Path, done: list[str]) -> None:
    transcription = copy / "transcriptions" / f"{LETTER}.txt"
    transcription.write_bytes(transcription.read_bytes().replace(b"pear tree", b"plum tree"))
    build(copy)
    assert {did for did in done if did.startswith("run_convert")} == {f"run_convert {LETTER}"}
    assert {did for did in done if did.startswith("run_publish")} == {f"run_publish {LETTER}"}


def test_a_changed_part_of_a_schema_has_documents_validated_anew(
    copy: Path, done: list[str]
) -> None:
    (copy / "main.rnc").write_text('include "part.rnc"')
    (copy / "part.rnc").write_text("start = element * { text }")
    settings = copy / "edition.toml"
    settings.write_text(f'schema = "main.rnc"\n{settings.read_text()}')
    build(copy)
    done.clear()
    build(copy)
    assert done == []
    (copy / "part.rnc").write_text("start = element * { empty }")
    build(copy)
    assert f"run_validate {LETTER}" in done


def add_letters(copy: Path, count: int) -> list[Path]:
    """Add letters that lie between the others in time."""
    source = (copy / "tei" / f"{LETTER}.xml").read_bytes()
    files = []
    for number in range(count):
        file = copy / "tei" / f"added-{number}.xml"
        file.write_bytes(source.replace(b"1848-05-03", b"1848-05-%02d" % (10 + number)))
        files.append(file)
    return files


def test_a_changed_title_makes_only_the_pages_anew_that_show_it(
    copy: Path, done: list[str]
) -> None:
    files = add_letters(copy, 5)
    build(copy)
    done.clear()
    files[2].write_bytes(files[2].read_bytes().replace(b"</title>", b", again</title>", 1))
    build(copy)
    made = {did for did in done if did.startswith("run_publish")}
    assert made == {f"run_publish added-{number}" for number in (1, 2, 3)}


def test_a_site_after_changes_is_the_site_made_from_nothing(copy: Path, tmp_path: Path) -> None:
    files = add_letters(copy, 3)
    build(copy)
    files[0].write_bytes(files[0].read_bytes().replace(b"</title>", b", again</title>", 1))
    files[2].unlink()
    register = copy / "tei" / "registers" / "persons.xml"
    register.write_bytes(register.read_bytes().replace(b"</persName>", b" X</persName>", 1))
    build(copy)
    anew = tmp_path / "anew"
    shutil.copytree(copy, anew, ignore=shutil.ignore_patterns("output"))
    build(anew)
    assert snapshot(copy / "output") == snapshot(anew / "output")


def test_a_change_of_one_entry_leaves_pages_alone_that_do_not_name_it(
    copy: Path, done: list[str]
) -> None:
    register = copy / "tei" / "registers" / "persons.xml"
    content = register.read_bytes()
    note = content.index(b"</person>", content.index(b'"ri-chang-jeong"'))
    register.write_bytes(content[:note] + b"<note>New.</note>" + content[note:])
    build(copy)
    published = {did for did in done if did.startswith("run_publish")}
    assert published == {"run_publish 1959-06-18-cable"}


def test_a_step_that_failed_is_tried_again(copy: Path) -> None:
    page = copy / "output" / f"{LETTER}.html"
    page.unlink()
    page.mkdir()
    assert "F006" in [found.code for found in build(copy)]
    page.rmdir()
    assert build(copy) == []
    assert page.is_file()


@pytest.mark.parametrize("output", [".", "tei", "tei/registers/pages", "transcriptions"])
def test_nothing_is_published_among_the_sources(copy: Path, output: str) -> None:
    edition = replace(load_edition(copy), output=copy / output)
    with pytest.raises(DiagnosticError) as caught:
        list(build_edition(edition, Options()))
    assert caught.value.diagnostics[0].code == "E005"


def test_an_output_among_the_sources_is_told_where_it_is_set(copy: Path) -> None:
    settings = copy / "edition.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'output = "tei"\n{text}', "utf-8")
    with pytest.raises(DiagnosticError) as caught:
        list(build_edition(load_edition(copy), Options()))
    (found,) = caught.value.diagnostics
    assert (found.code, found.file, found.line) == ("E005", str(settings), 1)


def test_a_document_called_index_does_not_lose_to_the_start_page(copy: Path) -> None:
    (copy / "tei" / "index.xml").write_bytes((copy / "tei" / f"{LETTER}.xml").read_bytes())
    assert "E004" in [found.code for found in build(copy)]


def test_a_second_build_gives_the_same_bytes_after_a_change_and_back(copy: Path) -> None:
    first = snapshot(copy)
    transcription = copy / "transcriptions" / f"{LETTER}.txt"
    text = transcription.read_bytes()
    transcription.write_bytes(text.replace(b"pear tree", b"plum tree"))
    build(copy)
    assert b"plum tree" in (copy / "output" / f"{LETTER}.html").read_bytes()
    transcription.write_bytes(text)
    build(copy)
    assert snapshot(copy) == first


def test_a_page_deleted_by_hand_comes_back(copy: Path) -> None:
    page = copy / "output" / f"{LETTER}.html"
    content = page.read_bytes()
    page.unlink()
    build(copy)
    assert page.read_bytes() == content


def test_pages_of_a_document_taken_away_go_too(copy: Path) -> None:
    (copy / "transcriptions" / f"{LETTER}.txt").unlink()
    (copy / "tei" / f"{LETTER}.xml").unlink()
    build(copy)
    assert not list((copy / "output").rglob(f"{LETTER}.*"))


def test_an_edited_tei_file_is_published_and_never_overwritten(copy: Path) -> None:
    tei = copy / "tei" / f"{LETTER}.xml"
    edited = tei.read_bytes().replace(b"pear tree", b"cherry tree")
    tei.write_bytes(edited)
    assert [found.code for found in build(copy) if found.code == "E101"] == []
    assert tei.read_bytes() == edited
    assert b"cherry tree" in (copy / "output" / f"{LETTER}.html").read_bytes()


def test_an_edited_tei_file_taken_away_is_converted_anew(copy: Path) -> None:
    tei = copy / "tei" / f"{LETTER}.xml"
    converted = tei.read_bytes()
    tei.write_bytes(converted.replace(b"pear tree", b"cherry tree"))
    build(copy)
    tei.unlink()
    build(copy)
    assert tei.read_bytes() == converted


def test_a_transcription_changed_after_its_tei_was_edited_is_reported(copy: Path) -> None:
    tei = copy / "tei" / f"{LETTER}.xml"
    edited = tei.read_bytes().replace(b"pear tree", b"cherry tree")
    tei.write_bytes(edited)
    transcription = copy / "transcriptions" / f"{LETTER}.txt"
    transcription.write_bytes(transcription.read_bytes() + b"\nMore.\n")
    (found,) = [found for found in build(copy) if found.code == "E101"]
    assert "--force" in found.hint
    assert tei.read_bytes() == edited
    build(copy, force=True)
    assert b"cherry tree" not in tei.read_bytes()


def test_of_two_transcriptions_with_one_name_only_the_first_is_converted(copy: Path) -> None:
    (copy / "transcriptions" / f"{LETTER}.md").write_text("Another letter.\n")
    codes = [found.code for found in build(copy)]
    assert "E004" in codes
    text = (copy / "tei" / f"{LETTER}.xml").read_text(encoding="utf-8")
    assert "Another letter" in text


def test_publishing_one_output_leaves_the_others_alone(copy: Path) -> None:
    edition = load_edition(copy)
    list(publish_edition(edition, ["text"], edition.output, Options()))
    assert (copy / "output" / f"{LETTER}.pdf").is_file()


def test_publishing_takes_away_what_the_document_no_longer_gives(copy: Path) -> None:
    offered = copy / "output" / "tei" / f"{LETTER}.xml"
    assert offered.is_file()
    tei = copy / "tei" / f"{LETTER}.xml"
    script = '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></body>'
    tei.write_text(tei.read_text("utf-8").replace("</body>", script), "utf-8")
    edition = load_edition(copy)
    reports = list(publish_edition(edition, ["html"], edition.output, Options()))
    assert "P003" in [found.code for each in reports for found in each.diagnostics]
    assert not offered.exists()


def test_publishing_reports_a_file_that_broke_since(copy: Path) -> None:
    (copy / "tei" / f"{LETTER}.xml").write_text("<TEI><text></TEI>")
    edition = load_edition(copy)
    reports = list(publish_edition(edition, ["html"], edition.output, Options()))
    assert [found.code for each in reports for found in each.diagnostics] == ["X001"]


def test_one_bad_file_never_stops_a_build(copy: Path) -> None:
    (copy / "tei" / "broken.xml").write_text("<TEI><text></TEI>")
    (copy / "transcriptions" / "binary.txt").write_bytes(b"a\0b")
    (copy / "transcriptions" / "empty.txt").write_bytes(b"")
    transcription = copy / "transcriptions" / f"{LETTER}.txt"
    transcription.write_bytes(transcription.read_bytes().replace(b"pear tree", b"plum tree"))
    codes = [found.code for found in build(copy)]
    assert sorted(code for code in codes if code[0] in "FX") == ["F003", "F004", "X001"]
    assert b"plum tree" in (copy / "output" / f"{LETTER}.html").read_bytes()


def test_documents_keep_their_links_while_a_register_is_broken(copy: Path) -> None:
    before = snapshot(copy / "tei")
    register = copy / "tei" / "registers" / "persons.xml"
    content = register.read_bytes()
    register.write_bytes(content.replace(b"</person>", b"</persn>", 1))
    letter = copy / "transcriptions" / f"{LETTER}.txt"
    letter.write_text(letter.read_text("utf-8") + "\nP.S. More.\n", encoding="utf-8")
    for _ in range(2):
        found = build(copy)
        assert [f.code for f in found if f.severity is Severity.ERROR] == ["X001"]
        told = [f for f in found if f.code == "E108"]
        assert [Path(f.file) for f in told] == [register]
        assert snapshot(copy / "tei") == {**before, "registers/persons.xml": register.read_bytes()}
    register.write_bytes(content)
    assert [f.code for f in build(copy) if f.code in ("X001", "E108")] == []
    after = (copy / "tei" / f"{LETTER}.xml").read_text("utf-8")
    assert "P.S. More." in after
    assert after.count("persons.xml#") >= before[f"{LETTER}.xml"].count(b"persons.xml#")


def test_a_file_that_is_no_tei_is_told_of_once_and_listed_nowhere(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "edition.toml").write_text('title = "E"\nlanguage = "en"\noutputs = ["html"]\n')
    (tmp_path / "tei" / "project.xml").write_text("<project/>")
    found = [each for each in build(tmp_path) if each.code == "E104"]
    assert len(found) == 1
    assert "project.html" not in (tmp_path / "output" / "index.html").read_text("utf-8")


def test_a_tei_file_whose_transcription_is_gone_is_told_of(copy: Path) -> None:
    (copy / "transcriptions" / f"{LETTER}.txt").unlink()
    assert [found.code for found in build(copy)] == ["E105"]


def test_a_page_that_cannot_be_made_anew_is_kept(copy: Path) -> None:
    page = (copy / "output" / f"{LETTER}.html").read_bytes()
    (copy / "xslt").mkdir()
    (copy / "xslt" / "html.xsl").write_text('<broken href="toolkit:html.xsl"/>')
    assert "X101" in {found.code for found in build(copy)}
    assert (copy / "output" / f"{LETTER}.html").read_bytes() == page


def test_a_wrong_profile_is_reported_where_it_is_set(copy: Path) -> None:
    settings = copy / "edition.toml"
    text = settings.read_text(encoding="utf-8").replace('"default"', '"defualt"')
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(DiagnosticError) as caught:
        build(copy)
    (found,) = caught.value.diagnostics
    line = text.splitlines().index('conventions = "defualt"') + 1
    assert (Path(found.file), found.line, found.code) == (settings, line, "C201")


def test_an_image_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text(
        'title = "E"\nlanguage = "en"\noutputs = ["html"]\n', "utf-8"
    )
    (tmp_path / "tei").mkdir()
    text = LETTER_TEXT.replace("<p>thank", '<figure><graphic url="none.png"/></figure><p>thank')
    (tmp_path / "tei" / "a.xml").write_text(text, "utf-8")
    edition = load_edition(tmp_path)
    publishing = publish_edition(edition, edition.outputs, edition.output, Options())
    published = [found.code for report in publishing for found in report.diagnostics]
    built = [found.code for each in build_edition(edition, Options()) for found in each.diagnostics]
    assert (published.count("P020"), built.count("P020"), built.count("V302")) == (1, 0, 1)
