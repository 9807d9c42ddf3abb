"""Laws that hold for any text: nothing is lost, nothing invented, every failure has a place."""

import sys
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.examples import examples
from tests.grammar import Verdicts
from toolkit.convert import (
    Publication,
    convention_names,
    convert,
    load_convention,
    read_texts,
)
from toolkit.diagnostics import DiagnosticError, SourceText
from toolkit.tei.names import tei

NOTHING = Publication("", "")

SIGNS = st.sampled_from(
    [
        "[", "]", "~~", "^", "[sic]", "[?]", "[1]", "\n\n[1] a note", "[margin: ", "[underlined: ",
        "[Underlined twice in archival copy] ", "[seal] ", "[3 letters illegible]", "[illegible]",
        "[page 2]", "\f", "\r\n", "\r", "\n", "\n\n", "\r\n\r\n", " ", "\t", "\u00a0", "\ufeff",
        "\u202e", "\u200f", "word", "Ri Chang-jeong [Li Chang Jong]", "Dear Sir,", "P.S. x",
        "3 May 1848", "Yours sincerely,", "<p>&amp;", "{x}", "---\n", "title: x\n", "\n---\n",
        "genre: verse\n", "date: '1848'\n", "Document Information", "Skip to content", ".", "?]",
        "[[", "]]", "[[underlined]]", "[[/underlined]]", "^[[", "<s>", "</s>", "<", ">", "(", ")",
        "Aur(elius)", "a\u0323b", "[.3]", "vac.", "|", "\n2.- ", "_", "**", "## H\n", "\\.",
        "- x\n",
        "| a | b |\n|-|-|\n", "a\tb\n", "(a) x\n", "[AA : A1838, 1]", "con-\ntinued", "Привет мир",
        "genre: drama\n", "genre: diary\n", "\n\n[Exit Mary.]\n\n", "(exit)", "\n\nAct I\n\n",
        "[blank]", "[signature]", "[Ed.: x]", "[f. 2r]", "[end of page]", "    ",
        "\n\nMARY (aside). [illegible]\n\n", "MARY\nx", "4 May 1848. ", "language: en\n",
        "[recte x]", "\n\n1 A note", "[matter omitted]", "\n\n4\n\n",
        "Enclosure 1\n\n", "HAMLET: x\n\n",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(SIGNS, max_size=24).map("".join),
    st.lists(st.one_of(SIGNS, st.text(max_size=6)), max_size=16).map("".join),
)


@pytest.mark.parametrize("profile", convention_names())
@given(text=TEXTS)
@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@example(text="a ~~b ^c~~ d^ e")
@example(text="~~one\n\ntwo~~")
@example(text="~~a~~ ^b [sic]^ [c")
@example(text="\ufeff---\ntitle: x\n---\n\ntext")
@example(text="x\x00y")
@example(text="[matter omitted]*\n\n_con-\ntinued[seal] \r\nDocument 3 May 1848")
@example(text="a[seal] | a | b |\n|-|-|\n\nSECRET")
@example(text="x[1]\n\n[1] a note\n\n1 A note")
@example(
    text="---\ngenre: drama\n---\n\nAct I\n\nMARY (aside). [gap]\n\n[Exit.]\n\n(exit)\n\nMARY\nx"
)
@example(text="---\ngenre: diary\nlanguage: en\n---\n\n4 May 1848.\n\n5 May: x\n\n6 May 1848\n  y")
def test_any_text_is_converted_without_loss_or_refused_with_a_place(
    profile: str, text: str
) -> None:
    source = SourceText("any.txt", text)
    try:
        conversion = convert(source, load_convention(profile), NOTHING)
    except DiagnosticError as error:
        assert all(d.code in ("C001", "C002") and d.line >= 1 for d in error.diagnostics)
        return
    texts = read_texts(conversion.xml.encode()).streams
    assert conversion.ledger.rebuild(texts) == text
    read_by_lxml = etree.fromstring(conversion.xml.encode()).find(tei("text"))
    assert read_by_lxml is not None
    assert _letters("".join(map(str, read_by_lxml.itertext()))) == _letters(texts["text"])
    assert "".join(tile.literal for tile in conversion.ledger.tiles) == text
    assert convert(source, load_convention(profile), NOTHING).xml == conversion.xml


def _letters(said: str) -> str:
    return "".join(said.split())


@pytest.mark.parametrize("profile", convention_names())
def test_any_text_becomes_valid_tei(
    official_schema: Verdicts, edition_schema: Verdicts, profile: str
) -> None:
    @given(text=TEXTS)
    @settings(max_examples=examples(30), deadline=None, suppress_health_check=list(HealthCheck))
    def check(text: str) -> None:
        try:
            conversion = convert(SourceText("any.txt", text), load_convention(profile), NOTHING)
        except DiagnosticError:
            return
        for schema in (official_schema, edition_schema):
            assert schema.validate(conversion.xml.encode()), (conversion.xml, schema.error)

    check()


@pytest.mark.parametrize(
    "text",
    [
        ("An even sentence, as a letter has it, and [one] word supplied. " * 16_000),
        "word [x] " * 5_000,
        "[" * 150_000,
        "[" * 50_000 + "]" * 50_000,
        "~~a ^b~~ c^ " * 2_000,
        "a [sic] " * 5_000,
    ],
    ids=["megabyte", "words", "open", "nested", "crossing", "sic"],
)
def test_a_long_line_is_converted_in_reasonable_time(text: str) -> None:
    started = time.perf_counter()
    convert(SourceText("long.txt", text), load_convention("default"), NOTHING)
    assert time.perf_counter() - started < 20


def test_a_control_character_is_reported_at_its_place() -> None:
    with pytest.raises(DiagnosticError) as failed:
        convert(SourceText("a.txt", "one\r\ntwo \x07 three"), load_convention("default"), NOTHING)
    (found,) = failed.value.diagnostics
    assert (found.code, found.line, found.column) == ("C001", 2, 5)


UNITS = [
    *(
        "[",
        "]",
        "(",
        "[[",
        "|",
        " ",
        "*",
        "~",
        "_",
        "^",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        ".",
        "1",
        "<",
    ),
    *("3 May 1848, ", "3 May 1848\n\n", "шалом привет ", "| a | b |\n", "a\tb\n", "He said.\n\n"),
    *("word [sic] ", "w[1] ", "w.[1]\n\n[1] foot\n\n", "[1] foot\n", "- item\n", "1. item\n"),
    *(
        "[sic]",
        "[underlined] word ",
        "~~a [b~~ c] ",
        "[[a|b]] ",
        "PRC [People Republic] ",
        "Yours,\n\n",
    ),
    *(
        "Dear Sir,\n\n",
        "P.S. x\n\n",
        "Enclosure\n\nYours,\n\n",
        "# Head\n\n",
        "\f\n",
        "<del>",
        "> x\n",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    texts = ["x " + unit * (size // len(unit)) + "x" for size in (500, 500, 1500)]
    _, short, long = map(_work, texts)  # the first time, patterns are compiled
    assert long < 3.6 * short + 1000


def _work(text: str) -> int:
    """Return how many functions are called to convert a text: work that is not timed."""
    convention = load_convention("default")
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        with suppress(DiagnosticError):
            convert(SourceText("a.txt", text), convention, NOTHING)
    finally:
        sys.setprofile(None)
    return calls
