"""What editors ask of profiles: which there are, what one says, and whether one is sound."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.convert.conventions.load import (
    convention_files,
    load_convention,
)
from toolkit.convert.conventions.model import (
    Combination,
    Convention,
    Example,
    FootnoteRule,
    NotationRule,
    Template,
)
from toolkit.convert.conversion import convert
from toolkit.convert.publication import Publication
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Severity, SourceText
from toolkit.diagnostics.json_positions import KeyPath, offset_of
from toolkit.files import read_text

FALSE_EXAMPLE = Kind(
    "C204",
    "false-example",
    Severity.ERROR,
    "An example of a convention profile does not become the TEI that it says. Either the rule or "
    "the example is wrong.",
)
NO_EXAMPLE = Kind(
    "C205",
    "rule-without-example",
    Severity.WARNING,
    "A rule of a convention profile has no example, so nobody sees whether it does what it is for.",
)

_BEFORE = "A first paragraph of plain prose, which is not notation at all.\n\n"
_BEHIND = "\n\nA last paragraph, which ends it."
_BETWEEN = re.compile(r"at all\.</p>\n(.*)\n\s*<p>A last", re.DOTALL)
_WIDTH = 92

Rule = NotationRule | Combination | FootnoteRule


def list_conventions(folders: Sequence[Path] = ()) -> list[tuple[str, str, str]]:
    """Return name, title and description of each profile, own ones in ``folders`` included."""
    listed: list[tuple[str, str, str]] = []
    for name, path in sorted(convention_files(folders).items()):
        try:
            data = json.loads(read_text(path).text)
        except (ValueError, DiagnosticError):
            data = {}
        if not isinstance(data, dict):
            data = {}
        description = str(data.get("description", "this profile cannot be read"))
        listed.append((name, str(data.get("title", "")), description))
    return listed


def describe(convention: Convention) -> str:
    """Return a page of text on a profile: each rule with its notation, TEI and examples."""
    lines = [f"{convention.name}: {convention.title}", ""]
    lines += textwrap.wrap(convention.description, _WIDTH)
    rules: list[Rule] = [*convention.notation, *convention.combinations, *convention.footnotes]
    for rule in rules:
        lines += ["", rule.name, *_wrapped(rule.statement.says), f"  notation  {_notation(rule)}"]
        lines.append(f"  TEI       {_outline(rule.tei)}")
        lines += _examples(rule.examples)
    for block in (*convention.blocks.body, *convention.blocks.anywhere):
        if block.examples:
            lines += ["", block.name, *_examples(block.examples)]
    return "\n".join(lines) + "\n"


def check(path: Path) -> tuple[Diagnostic, ...]:
    """Return the mistakes in the profile ``path``, after running each of its examples.

    Mistakes of form are C201 to C203; an example that does not give its TEI is C204, a rule
    without an example C205; each is shown at its line.
    """
    try:
        convention = load_convention(str(path), (path.parent,))
        source = read_text(path)
    except DiagnosticError as error:
        return error.diagnostics
    data = json.loads(source.text)
    return tuple(sorted(_findings(convention, source, data)))


def tei_of_example(convention: Convention, text: str, genre: str = "") -> str:
    """Return the TEI of a piece of transcription between two paragraphs of prose.

    The whole is a document of the genre ``genre``, if one is given.

    Raises:
        DiagnosticError: the text cannot be converted.
    """
    key = next((key for key, field in convention.metadata.keys.items() if field == "genre"), "")
    fence = convention.metadata.fence
    front = f"{fence}\n{key}: {genre}\n{fence}\n\n" if genre and key and fence else ""
    source = SourceText("example.txt", f"{front}{_BEFORE}{text}{_BEHIND}")
    xml = convert(source, convention, Publication("", ""), with_ledger=False).xml
    found = _BETWEEN.search(xml)
    block = "\n".join(line.strip() for line in found[1].strip().split("\n")) if found else ""
    return block.removeprefix("<p>").removesuffix("</p>") if block.startswith("<p>") else block


def _findings(
    convention: Convention, source: SourceText, data: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    for path, rule in _own_rules(data):
        examples = rule.get("examples", ())
        if not examples and path[0] == "notation" and set(rule) != {"name"}:
            yield NO_EXAMPLE.at(
                source.position(offset_of(source.text, path)),
                f"the rule “{rule['name']}” has no example",
                "Add one to “examples”: a text, and the TEI it becomes.",
            )
        for index, example in enumerate(examples):
            made = _made(convention, example["text"], rule.get("genre", ""))
            if made != example["tei"]:
                where = (*path, "examples", index, "tei")
                yield FALSE_EXAMPLE.at(
                    source.position(offset_of(source.text, where)),
                    f"the example of “{rule['name']}” becomes other TEI: {_flat(made)}",
                    "Mend the rule, or write the TEI that is right here. A rule before it may "
                    "have taken the notation first.",
                )


def _made(convention: Convention, text: str, genre: str) -> str:
    try:
        return tei_of_example(convention, text, genre)
    except DiagnosticError as error:
        return error.diagnostics[0].message


def _own_rules(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    for key in ("notation", "combinations", "footnotes"):
        for index, rule in enumerate(data.get(key, ())):
            yield (key, index), rule
    for key in ("body", "anywhere"):
        for index, rule in enumerate(data.get("blocks", {}).get(key, ())):
            yield ("blocks", key, index), rule


def _notation(rule: Rule) -> str:
    if isinstance(rule, Combination):
        return f"“{rule.first}”, then “{rule.second}”"
    if isinstance(rule, FootnoteRule):
        return f"call {rule.call.pattern}, note {rule.note.pattern}"
    if rule.pattern:
        return f"{rule.scope} {rule.pattern.pattern}"
    opening = rule.open_literal or (rule.open.pattern if rule.open else "")
    closing = rule.close_literal or (rule.close.pattern if rule.close else "")
    return f"{opening} … {closing}"


def _outline(template: Template) -> str:
    """Return a template in one line, as elements."""
    attributes = "".join(f' {name}="{value}"' for name, value in template.attributes.items())
    inside = "".join(_outline(child) for child in template.children)
    inside = inside or ("…" if template.content else "")
    if not template.element:
        return inside or "(the sign alone goes)"
    if not inside:
        return f"<{template.element}{attributes}/>"
    return f"<{template.element}{attributes}>{inside}</{template.element}>"


def _examples(examples: Sequence[Example]) -> list[str]:
    lines: list[str] = []
    for example in examples:
        lines += [f"  example   {_flat(example.text)}", f"            {_flat(example.tei)}"]
    return lines


def _wrapped(said: str) -> list[str]:
    return [f"  {line}" for line in textwrap.wrap(said, _WIDTH)]


def _flat(said: str) -> str:
    return said.replace("\n", "⏎")
