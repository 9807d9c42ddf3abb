"""All kinds of findings there are, collected from where they are declared, and explained."""

from __future__ import annotations

import difflib
import importlib
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import toolkit
from toolkit.diagnostics import Kind
from toolkit.diagnostics.explanation import Example, explanation, names

_WIDTH = 80
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def kinds() -> tuple[Kind, ...]:
    """Return every kind of finding, sorted by code."""
    return _kinds_in(_modules("Kind("))


def find(code: str) -> Kind | None:
    """Return the kind with this code or name, or None."""
    wanted = code.casefold()
    known = next((c for c, name in names().items() if wanted in (c.casefold(), name)), None)
    # Loading the one module that declares the kind is many times faster than loading all.
    declared = _kinds_in(_modules(f'"{known}"')) if known else ()
    return next((k for k in declared if k.code == known), None)


def explain(kind: Kind) -> str:
    """Return what ``tei explain`` prints about a kind of finding."""
    lines = [f"{kind.code} {kind.name} ({kind.severity})", "", _filled(kind.meaning)]
    said = explanation(kind.code)
    if said is None:
        return "\n".join(lines)
    lines += ["", "Why it matters", _filled(said.why), "", "How to mend it", _filled(said.mend)]
    if said.example:
        lines += ["", f"Before ({said.example.file})", _indented(said.example.before)]
        lines += ["", "After", _indented(said.example.after)]
    return "\n".join(lines)


def listing(prefix: str = "") -> str:
    """Return a line for each code that begins with ``prefix``: the code and its name."""
    found = {code: name for code, name in names().items() if code.startswith(prefix.upper())}
    return "\n".join(f"{code}  {name}" for code, name in found.items())


def nearest(code: str) -> str | None:
    """Return the code or name that was probably meant, or None."""
    known = [*names(), *names().values()]
    by_folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(code.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else None


def page() -> str:
    """Return all kinds with their explanations in Markdown, for the documentation."""
    known = kinds()
    rows = [
        f"| [{k.code}](#{k.code.lower()}-{k.name}) | {k.name} | {k.severity} | {k.meaning} |"
        for k in known
    ]
    table = ["| code | name | severity | what it means |", "|---|---|---|---|", *rows]
    return "\n".join([*table, *(line for kind in known for line in _section(kind))])


def _section(kind: Kind) -> Iterator[str]:
    yield from ("", f"## {kind.code} {kind.name}", "", kind.meaning)
    said = explanation(kind.code)
    if said is None:
        return
    yield from ("", f"*Why it matters:* {said.why}", "", f"*How to mend it:* {said.mend}")
    if said.example:
        language = said.example.file.rpartition(".")[2]
        for word, text in (("before", said.example.before), ("after", said.example.after)):
            yield from ("", f"{_title(word, said.example)}:", "")
            yield from (f"```{language}", _printable(text), "```")


def _title(word: str, example: Example) -> str:
    return f"{word.capitalize()} (`{example.file}`)" if word == "before" else word.capitalize()


def _kinds_in(modules: Iterator[str]) -> tuple[Kind, ...]:
    found = {
        value
        for module in modules
        for value in vars(importlib.import_module(module)).values()
        if isinstance(value, Kind)
    }
    return tuple(sorted(found, key=lambda kind: kind.code))


def _modules(text: str) -> Iterator[str]:
    """Yield the names of the modules whose source holds ``text``."""
    return (name for name, source in _sources().items() if text in source)


@cache
def _sources() -> dict[str, str]:
    """Return the source of each module by its name."""
    top = Path(toolkit.__file__).parent
    return {
        ".".join(("toolkit", *path.relative_to(top).with_suffix("").parts)): path.read_text("utf-8")
        for path in sorted(top.rglob("*.py"))
    }


def _filled(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _indented(text: str) -> str:
    return textwrap.indent(_printable(text), "  ")


def _printable(text: str) -> str:
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
