"""What tells that a form belongs to somebody or something else than the entry it seems to name.

“Der englische Finanzminister” is not that of the edition, “her Mama” not the diarist’s mother,
“Kuhn, Loeb and Co.” no person. Such names wait for an editor. The words are data
(``schemas/annotation/others.json``).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from toolkit.annotate.forms import FormMatch, is_one_word
from toolkit.annotate.habits import defaults
from toolkit.annotate.reach import ends_sentence, plain, words_after, words_before
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.titles import is_office, title_words
from toolkit.resources import SCHEMAS

_NUMBER = re.compile(r"[ \u00a0]([IVX]+\.)(?!\s*\d)")


@dataclass(frozen=True)
class _Words:
    """The words of ``others.json``."""

    nations: frozenset[str]
    endings_of_adjectives: tuple[str, ...]
    possessives: frozenset[str]
    belonging: frozenset[str]
    firm: re.Pattern[str]
    generic: frozenset[str]
    genitives: frozenset[str]
    saints: frozenset[str]
    former: frozenset[str]
    another: frozenset[str]
    ages: frozenset[str]
    titles_behind: frozenset[str]
    before_things: frozenset[str]


@cache
def _words() -> _Words:
    data = json.loads((SCHEMAS / "annotation" / "others.json").read_text(encoding="utf-8"))
    firms = "|".join(map(re.escape, data["firms"]))
    joined = "|".join(map(re.escape, data["joined_to_firms"]))
    partners = r"(?:,\s+[\w'’-]+){0,3}"
    return _Words(
        frozenset(data["nations"]),
        tuple(data["endings_of_adjectives"]),
        frozenset(data["possessives"]),
        frozenset(data["belonging"]),
        re.compile(rf"{partners},?\s+(?:(?:{joined})\.?\s+)?(?:{firms})\b"),
        frozenset(data["generic"]),
        frozenset(data["genitives"]),
        frozenset(data["saints"]),
        frozenset(data["former"]),
        frozenset(data["another"]),
        frozenset(data["ages"]),
        frozenset(data["titles_behind"]),
        frozenset(data["before_things"]),
    )


def is_of_another(text: str, match: FormMatch, entry: Entry, registers: Registers) -> bool:
    """Tell whether words beside a form say that it is not of the entry, but of another."""
    beside = _Beside(text, match, registers)
    if entry.kind == "organisation":
        return beside.is_of_another_nation() or beside.is_generic() or beside.has_genitive()
    if entry.kind == "place":
        return beside.is_generic()
    if entry.kind != "person":
        return False
    if is_office(match.form) and (beside.is_of_another_nation() or beside.is_former()):
        return True
    return (
        beside.is_another_bearer()
        or beside.has_other_number(entry)
        or beside.has_title_behind()
        or beside.is_of_thing()
        or beside.is_kin_of_another()
        or beside.is_of_firm()
        or beside.is_saint()
    )


def is_rank(form: str) -> bool:
    """Tell whether a surname is a rank, a title or an office too (“Graf”, “Hauptmann”)."""
    known = title_words()
    counted = form.casefold()
    return form in defaults().titles or counted in known.offices or counted in known.before


class _Beside:
    """The words beside a form."""

    def __init__(self, text: str, match: FormMatch, registers: Registers) -> None:
        self._text = text
        self._match = match
        self._registers = registers
        word, _ = next(words_before(text, match.start), ("", 0))
        self._before = "" if ends_sentence(word, registers.forenames) else plain(word)
        ends_here = text[match.end : match.end + 1] not in (" ", "\u00a0")
        after = [] if ends_here else [plain(each) for each, _ in words_after(text, match.end)]
        self._after, self._behind = (*after, "", "")[:2]

    def is_of_another_nation(self) -> bool:
        """Tell whether an adjective of a nation stands before the form, not in it."""
        words = _words()
        is_adjective = self._before.islower() and self._before.endswith(words.endings_of_adjectives)
        return is_adjective or self._before in words.nations

    def is_former(self) -> bool:
        """Tell whether an office is that of a former, or coming, holder."""
        return self._before in _words().former

    def is_another_bearer(self) -> bool:
        """Tell whether it is said of a name that it is another’s, or of a surname (“der junge”)."""
        is_surname = self._registers.sorts.get(self._match.form) == "surname"
        return self._before in _words().another or (is_surname and self._before in _words().ages)

    def has_other_number(self, entry: Entry) -> bool:
        """Tell whether a number that is not of the entry's names makes it another monarch."""
        number = _NUMBER.match(self._text, self._match.end)
        if number is None or self._match.form.endswith(number[1]):
            return False
        return not any(number[1] in form.text.split() for form in entry.forms)

    def has_title_behind(self) -> bool:
        """Tell whether a title behind the form makes it the name of another (“Achmet Bassa”)."""
        return self._after in _words().titles_behind

    def is_of_thing(self) -> bool:
        """Tell whether a house or a firm is named after the bearer of a surname."""
        is_surname = self._registers.sorts.get(self._match.form) == "surname"
        return is_surname and self._before in _words().before_things

    def is_kin_of_another(self) -> bool:
        """Tell whether a word for a person, such as “Mama”, is about a third person’s."""
        form, usage = self._match.form, self._registers.usage
        if form not in usage.words or is_office(form):
            return False
        is_theirs = self._before.lower() in _words().possessives
        of_whom = self._after in _words().belonging and self._behind[:1].isupper()
        return is_theirs or (is_one_word(form) and of_whom)

    def is_of_firm(self) -> bool:
        """Tell whether the form is the beginning of the name of a firm."""
        return _words().firm.match(self._text, self._match.end) is not None

    def is_saint(self) -> bool:
        """Tell whether a saint of the name is meant, or what is named after one."""
        return self._before in _words().saints

    def is_generic(self) -> bool:
        """Tell whether the form is a noun before the name of one of its kind."""
        return self._match.form in _words().generic and self._after[:1].isupper()

    def has_genitive(self) -> bool:
        """Tell whether it is said of what an institution, named by a noun, is."""
        is_noun = is_one_word(self._match.form) and not self._match.form.isupper()
        return is_noun and self._after in _words().genitives and self._behind[:1].isupper()
