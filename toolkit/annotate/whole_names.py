"""Whom a name element of the header names that is a name as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from toolkit.annotate.judging import NOT_CALLED, Called
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.scope import Scope
from toolkit.annotate.titles import Bare, without_titles

_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_])")


@dataclass(frozen=True)
class WholeName:
    """The form that a text as a whole is, and the entries that it may name.

    ``asked`` is the form that editors are asked about. ``called`` is what a title tells of the
    person. It ``may_be_other`` where what stood around the form may have been part of the name:
    then the whole is asked about.
    """

    form: str
    asked: str
    entries: tuple[Entry, ...] = ()
    called: Called = NOT_CALLED
    may_be_other: bool = False


def whole_name(text: str, names: AbstractSet[str], registers: Registers, scope: Scope) -> WholeName:
    """Return the form that ``text`` as a whole is, and its entries.

    Only those entries count whose name is one of the elements ``names``. A leading article does
    not count, nor do titles and offices around the name of a person.
    """
    words = " ".join(text.split())
    for form in _spellings(words, scope):
        entries = _entries(form, names, registers, scope)
        if entries or form in registers.decided:
            return WholeName(form, form, entries)
    persons = names & {scope.names["person"]}
    for bare in without_titles(words) if persons else ():
        for form in _letters(bare.name):
            entries = _entries(form, persons, registers, scope)
            if entries or (form in registers.decided and not bare.may_be_other):
                return _named(words, form, bare, entries)
    return WholeName(words, words)


def _spellings(words: str, scope: Scope) -> Iterator[str]:
    yield from _letters(words)
    article, _, rest = words.partition(" ")
    if article in scope.articles and rest:
        yield rest


def _letters(words: str) -> Iterator[str]:
    """Yield a name, and it with spaces between initials and without capitals throughout."""
    spaced = _INITIALS.sub(" ", words)
    yield from dict.fromkeys((words, spaced))
    if spaced.isupper():
        yield spaced.title()


def _named(words: str, form: str, bare: Bare, entries: tuple[Entry, ...]) -> WholeName:
    called = Called(sex=bare.sex)
    # A wife may be called by the name of her husband.
    of_husband = bare.is_of_a_woman and not all(entry.sex == "f" for entry in entries)
    of_another = all(called.is_another(form, entry) for entry in entries)
    may_be_other = bare.may_be_other or of_husband or of_another
    asked = words if may_be_other else form
    return WholeName(form, asked, entries, called, may_be_other)


def _entries(
    form: str, names: AbstractSet[str], registers: Registers, scope: Scope
) -> tuple[Entry, ...]:
    return tuple(
        entry for entry in registers.by_form.get(form, ()) if scope.names[entry.kind] in names
    )
