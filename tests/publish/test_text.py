"""Plain text: readable, complete, with notes at the end."""

from __future__ import annotations

from pathlib import Path

from toolkit.publish.completeness import missing_words
from toolkit.publish.outputs.text import publish_document
from toolkit.publish.publication import Publication, Register
from toolkit.tei.parse import parse_file

HERE = Path(__file__).parent
SAMPLE = HERE / "samples" / "print-features.xml"


def text_of_sample(repository: Path) -> str:
    folder = repository / "tei" / "registers"
    registers = tuple(Register(p.stem, p.read_text("utf-8")) for p in sorted(folder.glob("*.xml")))
    publication = Publication(title="Sample edition", registers=registers)
    return publish_document("s", parse_file(SAMPLE), publication).files["s.txt"].decode()


def test_the_sample_gives_the_expected_text(repository: Path) -> None:
    expected = HERE / "expected" / "print-features.txt"
    assert text_of_sample(repository) == expected.read_text("utf-8")


def test_no_word_is_lost(repository: Path) -> None:
    assert missing_words(parse_file(SAMPLE), text_of_sample(repository)) == ()


def test_notes_follow_the_text_with_their_calls(repository: Path) -> None:
    text = text_of_sample(repository)
    assert "fair,[1] and" in text
    assert text.index("[1] The tree stood") > text.index("P.S. The key")
