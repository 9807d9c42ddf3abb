"""Names that a model proposes wait for an editor; nothing of them is tagged."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.annotate.test_annotation import PERSONS, TEI, document
from toolkit.annotate import (
    Decision,
    Decisions,
    Registers,
    annotate,
    load_recogniser,
    read_registers,
)
from toolkit.annotate.open_names import Reason
from toolkit.annotate.recognition import Recognised, trimmed
from toolkit.diagnostics import DiagnosticError, Position
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files


@dataclass(frozen=True)
class Capitals:
    """Takes every word with a capital for the name of a place."""

    language: str = "en"

    def names(self, text: str) -> Iterator[Recognised]:
        for word in re.finditer(r"\b[A-Z]\w+", text):
            yield Recognised(word.start(), word.end(), "place")


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{PERSONS}</body></text></TEI>'
    (folder / "r.xml").write_text(text, encoding="utf-8")
    return read_registers(register_files(folder), folder)


def proposed(
    registers: Registers, body: str, language: str = "en", decisions: Decisions | None = None
) -> list[str]:
    source = parse("a.xml", document(body).encode())
    options: dict[str, Any] = {"name": "a.xml", "decisions": decisions or Decisions()}
    without = annotate(source, registers, "registers", **options)
    done = annotate(source, registers, "registers", recogniser=Capitals(language), **options)
    assert done.content == without.content
    new = [name for name in done.open_names if name not in without.open_names]
    assert all(name.reason is Reason.NO_ENTRY and not name.candidates for name in new)
    return [name.form for name in new]


def test_names_that_no_register_has_are_proposed(registers: Registers) -> None:
    body = "<p>from <hi>Lake</hi>ville to Korea, <name>Oslo</name>, 3 May 1901 and Bergen</p>"
    assert proposed(registers, body) == ["Lakeville", "Bergen"]


def test_a_model_reads_its_own_language_only(registers: Registers) -> None:
    body = '<p>at Bergen</p><p xml:lang="no">ved Oslo</p>'
    assert proposed(registers, body) == ["Bergen"]
    assert proposed(registers, body, "no") == ["Oslo"]
    assert proposed(registers, body, "xx") == ["Bergen", "Oslo"]


def test_what_is_no_name_is_not_proposed_again(registers: Registers) -> None:
    refused = Decisions((Decision("Bergen", None),))
    assert proposed(registers, "<p>at Bergen, at Oslo</p>", decisions=refused) == ["Oslo"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Custom House", "Custom House"),
        ("L’Étoile’s", "Étoile"),
        ("“Anna”,", "Anna"),
        ("The", "The"),
        ("the", None),
        ("5th", None),
        ("…", None),
        ("北京", "北京"),
    ],
)
def test_a_proposal_is_the_name_without_what_stands_around_it(text: str, name: str | None) -> None:
    found = trimmed(f" {text} ", 1, len(text) + 1)
    assert (found and f" {text} "[slice(*found)]) == name


# Models


@dataclass
class Pipeline:
    """A model as spaCy gives it, that takes "Bergen" for a place and "May" for a date."""

    pipe_names: list[str] = field(default_factory=lambda: ["tok2vec", "parser", "ner"])
    lang: str = "en"
    disabled: list[str] = field(default_factory=list)

    def disable_pipes(self, *names: str) -> None:
        self.disabled += names

    def __call__(self, text: str) -> Any:
        found = [(m.start(), m.end(), m[0]) for m in re.finditer("Bergen|May", text)]
        labels = {"Bergen": "GPE", "May": "DATE"}
        return SimpleNamespace(
            ents=[
                SimpleNamespace(start_char=start, end_char=end, label_=labels[word])
                for start, end, word in found
            ]
        )


HERE = Position("edition.toml")


def with_spacy(monkeypatch: pytest.MonkeyPatch, loaded: Pipeline | Exception) -> None:
    def load(_model: str) -> Pipeline:
        if isinstance(loaded, Exception):
            raise loaded
        return loaded

    spacy = ModuleType("spacy")
    spacy.load = load  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    load_recogniser.cache_clear()


def test_of_a_model_only_what_finds_names_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = Pipeline()
    with_spacy(monkeypatch, pipeline)
    recogniser = load_recogniser("a-model", HERE)
    assert pipeline.disabled == ["parser"]
    # Long texts are read in pieces, none of which cuts a word.
    text = "To Bergen in May. " * 8_000
    places = [match.start() for match in re.finditer("Bergen", text)]
    assert [(n.start, n.kind) for n in recogniser.names(text)] == [(p, "place") for p in places]


@pytest.mark.parametrize(
    ("loaded", "said"),
    [
        (OSError("[E050] Can't find model 'a-model'.\nIt is no package."), "Can't find model"),
        (Pipeline(pipe_names=["tagger"]), "recognises no names"),
    ],
)
def test_a_model_that_cannot_be_used_is_told(
    monkeypatch: pytest.MonkeyPatch, loaded: Pipeline | Exception, said: str
) -> None:
    with_spacy(monkeypatch, loaded)
    with pytest.raises(DiagnosticError) as refused:
        load_recogniser("a-model", HERE)
    (found,) = refused.value.diagnostics
    assert (found.code, found.file) == ("A016", "edition.toml")
    assert said in found.message
    assert "\n" not in found.message


def test_without_spacy_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    load_recogniser.cache_clear()
    with pytest.raises(DiagnosticError) as refused:
        load_recogniser("a-model", HERE)
    assert "tei-toolkit[ner]" in refused.value.diagnostics[0].hint
