"""Whole documents: the sample edition against expected TEI, real data against proof and schema."""

import os
from pathlib import Path

import pytest
from lxml import etree

from tests.grammar import Verdicts
from toolkit.convert import Ledger, Publication, convert, load_convention, read_texts
from toolkit.files import read_text

PUBLICATION = Publication(
    "Sample edition",
    "Sample edition of the TEI toolkit",
    "CC BY 4.0",
    "https://creativecommons.org/licenses/by/4.0/",
    "en",
)

SAMPLES = {
    "1837-mondnacht": "default",
    "1848-05-03-hartwell-to-greave": "default",
    "1911-06-05-sokolov-to-orlova": "default",
    "1959-06-18-cable": "wilson-center",
}


@pytest.mark.parametrize(("stem", "profile"), SAMPLES.items())
def test_the_sample_edition_becomes_the_tei_an_editor_expects(
    repository: Path, stem: str, profile: str
) -> None:
    source = read_text(repository / "transcriptions" / f"{stem}.txt")
    conversion = convert(source, load_convention(profile), PUBLICATION)
    expected = repository / "tests" / "convert" / "expected" / f"{stem}.xml"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(conversion.xml, encoding="utf-8")
    assert conversion.xml == expected.read_text(encoding="utf-8")
    assert conversion.diagnostics == ()


@pytest.mark.parametrize(("stem", "profile"), SAMPLES.items())
def test_the_source_is_rebuilt_from_the_tei_file_and_the_ledger_on_disk(
    repository: Path, stem: str, profile: str
) -> None:
    source = read_text(repository / "transcriptions" / f"{stem}.txt")
    conversion = convert(source, load_convention(profile), PUBLICATION)
    texts = read_texts(conversion.xml.encode()).streams
    read_back = Ledger.from_json(conversion.ledger.to_json(), texts)
    assert read_back == conversion.ledger
    assert read_back.rebuild(texts) == source.text


def _profile(folder: str) -> str:
    return "wilson-center" if folder == "wilson" else "default"


def test_all_real_transcriptions_convert_with_proof_and_are_valid(
    data_folder: Path, official_schema: Verdicts
) -> None:
    files = sorted((data_folder / "transcriptions").rglob("*"))
    converted = 0
    for file in files:
        if not file.is_file() or file.suffix == ".docx":
            continue
        conversion = convert(
            read_text(file), load_convention(_profile(file.parent.name)), PUBLICATION
        )
        tree = etree.fromstring(conversion.xml.encode())
        assert official_schema.validate(tree), f"{file}: {official_schema.error}"
        converted += 1
    assert converted > 50
