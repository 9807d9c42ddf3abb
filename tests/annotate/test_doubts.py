"""What stands beside a name and speaks against it: the name waits for an editor."""

import re
from pathlib import Path

import pytest

from toolkit.annotate import Registers, annotate, read_registers
from toolkit.tei.parse import parse

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>
<person xml:id="holt"><persName><surname>Holt</surname> <forename>Harold</forename></persName>
</person>
<person xml:id="melbourne"><persName><surname>Melbourne</surname>
<forename>Stanley</forename></persName></person>
</listPerson></body></text></TEI>"""


_TAGGED = re.compile(r"<(pers|place|org)Name[^>]*>(.*?)</")


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder: Path = tmp_path_factory.mktemp("registers")
    file = folder / "r.xml"
    file.write_text(REGISTER, encoding="utf-8")
    return read_registers([file], folder)


def _certain(registers: Registers, body: str, language: str = "en") -> list[str]:
    """Return what is tagged if only certain names are."""
    document = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}"><teiHeader><fileDesc>'
        "<titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"
        f"<text><body><p>{body}</p></body></text></TEI>"
    )
    result = annotate(parse("x.xml", document.encode()), registers, "r", only_certain=True)
    return [text for _, text in _TAGGED.findall(result.content.decode())]


def test_a_name_does_not_reach_across_a_full_stop(registers: Registers) -> None:
    assert _certain(registers, "We were with Stanley. Harold Holt came.") == ["Harold Holt"]
    assert _certain(registers, "We saw Stanley Harold Holt.") == ["Stanley Harold Holt"]
    assert _certain(registers, "We saw S. Harold Holt.") == ["S. Harold Holt"]
