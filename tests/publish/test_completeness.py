"""Every word lost is found, and no word that is there is reported."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.publish.completeness import missing_words
from toolkit.tei.parse import ParsedDocument, parse

WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäß", min_size=3, max_size=8), min_size=1, max_size=12
)


def document(body: str) -> ParsedDocument:
    source = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>\n'
        f"<text><body>{body}</body></text></TEI>"
    )
    return parse("a.xml", source.encode())


def lost(body: str, output: str) -> list[tuple[int, str]]:
    return [(d.line, d.message) for d in missing_words(document(body), output, name="page")]


def test_a_missing_word_is_reported_with_its_line() -> None:
    assert lost("<p>one\ntwo <hi>three</hi></p>", "one three") == [
        (3, "“two” is missing from the page")
    ]


def test_a_word_must_be_there_as_often_as_in_the_document() -> None:
    assert len(lost("<p>no no no</p>", "no and no")) == 1


def test_words_of_notes_and_of_every_layer_count() -> None:
    body = "<p><choice><sic>hom</sic><corr>home</corr></choice><note>aside</note></p>"
    assert lost(body, "hom") == [(2, "“home”, “aside” are missing from the page")]


def test_the_words_missing_at_one_place_are_told_together() -> None:
    many = " ".join(f"w{number}" for number in range(30))
    found = lost(f"<p>{many}\none</p>", "")
    assert [line for line, _ in found] == [2, 3]
    assert found[0][1].endswith("“w11” and 18 more words are missing from the page")
    lines = "\n".join(f"w{number}" for number in range(30))
    assert lost(f"<p>{lines}</p>", "")[20] == (22, "10 more words are missing from the page")


def test_hyphenation_white_space_and_note_numbers_do_no_harm() -> None:
    body = "<p>A companion of the <hi>R</hi>ibbon and the tree<note>Oak</note></p>"
    assert not lost(body, "A com-\npan\u00adion of   the Ribbon and\nthe tree1\n1 Oak")


def test_words_with_a_space_between_them_are_not_there_if_run_together() -> None:
    assert lost("<p>three four</p>", "threefour") == [
        (2, "“three”, “four” are missing from the page")
    ]
    assert not lost("<p>three<note>Oak</note>four</p>", "threefour Oak")
    assert not lost("<p>three four</p>", "three\u00b9 \u00b9four")


def test_ligatures_and_small_capitals_are_the_same_word() -> None:
    assert not lost("<p>official Berg</p>", "ofﬁcial BERG")


def test_a_comment_does_not_divide_a_word() -> None:
    assert not lost("<p>com<!-- x -->panion</p>", "companion")


def test_data_for_programs_has_no_words() -> None:
    body = "<p>one<figure><binaryObject>iVBO\nRw0K</binaryObject></figure>\ntwo</p>"
    assert lost(body, "") == [
        (2, "“one” is missing from the page"),
        (4, "“two” is missing from the page"),
    ]


@given(WORDS, st.data())
def test_the_loss_of_any_one_word_is_found(words: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(words) - 1))
    kept = words[:index] + words[index + 1 :]
    found = missing_words(document(f"<p>{' '.join(words)}</p>"), " ".join(kept))
    assert len(found) == 1


@given(WORDS)
def test_nothing_is_missing_from_the_text_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert not missing_words(document(f"<p>{text}</p>"), text)
