"""Whether the Typst functions of an edition's own can be used, known before a document is set.

``xslt/print/check.typ`` calls each of them as the templates do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

import typst

from toolkit.diagnostics import Diagnostic, DiagnosticError, Severity
from toolkit.publish.completeness import REPORT_IT
from toolkit.publish.fonts import FontSet, fonts_for
from toolkit.publish.own_functions import (
    WRONG_FUNCTION,
    Explanation,
    OwnFunctions,
    explained,
    read_own_functions,
    unused_function,
)
from toolkit.publish.print_settings import Layout
from toolkit.publish.publication import Publication
from toolkit.publish.typesetting import Job

_CHECK = "check.typ"
_QUESTION = "query(<functions>).first().value"
_MARKS = "query(<given>).map(mark => mark.value)"
_MAY_LEAVE_OUT = frozenset({"style-sign"})
"""Signs are no words of the edition."""
_WRONG_TYPE = re.compile(r"panicked with: (is|gives) (.+)")
_MUST = {"is": "must be a function", "gives": "must give content"}
_TOO_MANY = re.compile(r"missing argument: (.+)")
_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class UsableFunctions:
    """The functions of an edition's own, if it has some, and what is doubtful about them."""

    functions: OwnFunctions | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def advice(self) -> str:
        """What to do about lost words: first to look at what is the edition's."""
        if self.functions is None:
            return REPORT_IT
        return (
            f"Look in {self.functions.file} first: a function there may leave out what it is "
            "called with. If none does, please report this with the document."
        )


def own_functions(publication: Publication) -> UsableFunctions:
    """Return the Typst functions of the edition's own: its file ``xslt/print.typ``, if any.

    Raises:
        DiagnosticError: they cannot be used (P110), each at its place.
    """
    own = read_own_functions(publication.custom_stylesheets)
    if own is None:
        return UsableFunctions()
    sources = tuple(sorted(own.sources.items()))
    found = _found(own.file, sources, fonts_for(publication), publication.print.layout)
    wrong = [each for each in found if each.severity is Severity.ERROR]
    if wrong:
        raise DiagnosticError(*wrong)
    return UsableFunctions(own, found)


@lru_cache(maxsize=4)
def _found(
    file: str, sources: tuple[tuple[str, bytes], ...], fonts: FontSet, layout: Layout
) -> tuple[Diagnostic, ...]:
    """Return what is wrong, once for all documents that a process sets."""
    own = OwnFunctions(file, dict(sources))
    return tuple(own.packages()) or tuple(dict.fromkeys(_Check(own, fonts, layout).findings()))


@dataclass(frozen=True)
class _Check:
    own: OwnFunctions
    fonts: FontSet
    layout: Layout

    def findings(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the file as a whole, else with each function."""
        try:
            self._run(())
            told = json.loads(replace(self._job(()), question=_QUESTION).ask())
        except typst.TypstError as error:
            yield self._told(error)
            return
        hooks: Mapping[str, str | None] = told["hooks"]
        replaced = [name for name in told["own"] if name in hooks]
        try:
            warnings = self._run(replaced)
        except typst.TypstError:
            # The typesetter stops at the first mistake: by itself each function tells its own.
            for name in replaced:
                yield from self._mistakes_of(name, hooks[name])
        else:
            yield from filter(None, map(self.own.mistake, warnings))
            yield from self._not_set_once(replaced, hooks)
        yield from self._unused(told["own"], sorted(hooks))

    def _mistakes_of(self, name: str, parameters: str | None) -> Iterator[Diagnostic]:
        try:
            warnings = self._run((name,))
        except typst.TypstError as error:
            yield self._told(error, name, parameters)
        else:
            yield from filter(None, map(self.own.mistake, warnings))

    def _told(
        self, error: typst.TypstError, name: str = "", parameters: str | None = None
    ) -> Diagnostic:
        return self.own.mistake(error) or WRONG_FUNCTION.at(
            self.own.definition(name), *_of_call(error, name, parameters)
        )

    def _not_set_once(
        self, names: Sequence[str], hooks: Mapping[str, str | None]
    ) -> Iterator[Diagnostic]:
        """Yield an error for each function that leaves out the text it is given, or doubles it."""
        name, counts = "", dict[str, list[int]]()
        for mark in json.loads(replace(self._job(names), question=_MARKS).ask()):
            name = mark or name
            if mark:
                counts.setdefault(name, []).append(0)
            elif name:
                counts[name][-1] += 1
        for name, found in counts.items():
            wrong = [count for count in found if count != 1]
            if wrong and "body" in (hooks[name] or "") and name not in _MAY_LEAVE_OUT:
                what = "leaves out" if wrong[0] == 0 else f"sets {wrong[0]} times"
                yield WRONG_FUNCTION.at(
                    self.own.definition(name),
                    f"“{name}” {what} the text that it is given",
                    "Let “body” stand in what the function gives, once: each word of the edition "
                    "has to be printed.",
                )

    def _unused(self, names: Sequence[str], hooks: Sequence[str]) -> Iterator[Diagnostic]:
        texts = [text for _, text in self.own.texts()]
        for name in self.own.defined():
            uses = sum(len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", t)) for t in texts)
            if name in names and name not in hooks and uses == 1:
                yield unused_function(self.own, name, hooks)

    def _run(self, names: Sequence[str]) -> Sequence[typst.TypstWarning]:
        """Let the templates call these functions, and return the warnings.

        Raises:
            typst.TypstError: the typesetter stopped.
        """
        return self._job(names).warnings()

    def _job(self, names: Sequence[str]) -> Job:
        return Job(
            self.own.file,
            "",
            self.fonts,
            _DAY,
            layout=self.layout,
            template=_CHECK,
            own=self.own,
            calls=tuple(names),
        )


def _of_call(error: typst.TypstError, name: str, parameters: str | None) -> Explanation:
    """Return what is wrong with a function as a whole: its parameters, or what it gives."""
    signature = name if parameters is None else f"{name}({parameters})"
    message = str(error.message)
    if found := _WRONG_TYPE.fullmatch(message):
        return Explanation(
            f"“{name}” {found[1]} {_a(found[2])}, but {_MUST[found[1]]}",
            f"Write what is to be shown in square brackets: #let {signature} = […].",
        )
    if message.startswith("unexpected argument"):
        said = f"“{name}” has fewer parameters than it is called with"
    elif found := _TOO_MANY.fullmatch(message):
        said = f"“{name}” has a parameter “{found[1]}”, which it is not called with"
    else:
        return explained(error)
    return Explanation(said, f"Write #let {signature} = …, with all these parameters and no more.")


def _a(type_name: str) -> str:
    """Return the name of a type of Typst with its article."""
    if type_name == "none":
        return "nothing"
    return f"an {type_name}" if type_name[0] in "aeiou" else f"a {type_name}"
