"""Finding the forms of names in the texts of one document, in all the ways they may be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence, Set

from toolkit.annotate.addresses import addresses_in, may_have_addresses
from toolkit.annotate.compounds import compounds_in
from toolkit.annotate.flows import Flow
from toolkit.annotate.forms import FormMatch, FormMatcher
from toolkit.annotate.interruptions import (
    Uninterrupted,
    find_names,
    may_be_interrupted,
    uninterrupted,
)
from toolkit.annotate.inverted import parted
from toolkit.annotate.joined import Joined
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.registers import Registers


class FormFinder:
    """The forms of registers, and those that mean something in one document only.

    ``fits`` tells whether one element can hold a part of a text.
    """

    def __init__(
        self,
        registers: Registers,
        forms_here: Collection[str],
        fits: Callable[[Flow, int, int], bool],
    ) -> None:
        self._registers = registers
        self._habits = registers.usage.habits
        self._matcher = registers.matcher
        self._fits = fits
        self._may_be_misspelt: frozenset[Flow] = frozenset()
        self._texts = ""
        self._possible: frozenset[Flow] = frozenset()
        self._met: frozenset[Flow] = frozenset()
        self._uninterrupted: dict[Flow, Uninterrupted] = {}
        self._in_small_letters: dict[str, bool] = {}
        here = [form for form in forms_here if form not in registers.by_form]
        self._matcher_here = FormMatcher(here) if here else None

    def keep_to(self, flows: Sequence[Flow]) -> None:
        """Look no longer for forms that are in none of the texts."""
        endings_in = self._habits.endings_in
        endings = frozenset[str]().union(*map(endings_in, {flow.language for flow in flows}))
        texts = Joined([flow.text for flow in flows])
        with_signs = [flows[n] for n in sorted(may_be_interrupted(texts))]
        self._uninterrupted = {flow: text for flow in with_signs if (text := uninterrupted(flow))}
        without = Joined([text.text for text in self._uninterrupted.values()])
        self._matcher = self._matcher.within(f"{texts.words} {without.words}", endings)
        met = frozenset(flows[n] for n in self._matcher.met_in(texts))
        self._met = met.union(self._uninterrupted)
        misspelt = self._registers.misspelling.words_in(texts.words)
        may_be = texts.numbers_having(misspelt) | self._registers.abbreviations.numbers_in(texts)
        self._may_be_misspelt = frozenset(flows[n] for n in may_be)
        addresses = may_have_addresses(texts, self._registers.addresses)
        self._possible = self._met.union(self._may_be_misspelt, (flows[n] for n in addresses))
        if self._matcher_here is not None:
            self._possible = frozenset(flows)
        self._texts = texts.text

    def has_in_small_letters(self, form: str) -> bool:
        """Tell whether the texts have a form of one word in small letters too."""
        known = self._in_small_letters.get(form)
        if known is None:
            known = self._in_small_letters[form] = self._has_word(form.lower(), form)
        return known

    def _has_word(self, word: str, form: str) -> bool:
        if word == form or word not in self._texts:
            return False
        whole = rf"(?<![\w'’-]){re.escape(word)}(?![\w-])"
        return re.search(whole, self._texts) is not None

    @property
    def possible(self) -> Set[Flow]:
        """Those of the texts to which it keeps that may have forms."""
        return self._possible

    def matches(self, flow: Flow, masked: bytearray | None) -> list[FormMatch]:
        """Return the forms in a text, none overlapping another.

        Words that are only alike to a form are among them where something is ``masked``, or may
        be; not those about which something is decided.
        """
        found: list[FormMatch] = []
        if flow not in self._possible:
            return found
        if flow in self._met:
            endings = self._habits.endings_in(flow.language)
            found += self._find(self._matcher, flow, masked, endings, self._habits.left_out)
        addresses = list(addresses_in(flow, self._registers.addresses, self._habits, self._fits))
        if addresses:
            taken = Ranges((match.start, match.end) for match in addresses)
            found = [match for match in found if not taken.touch(match.start, match.end)]
            found = sorted((*found, *addresses), key=lambda match: match.start)
        if self._matcher_here is not None:
            taken = Ranges((match.start, match.end) for match in found)
            here = self._find(self._matcher_here, flow, masked)
            found += [match for match in here if not taken.touch(match.start, match.end)]
        if masked is not None:
            alike = self._alike(flow, masked, found)
            written = ((match, flow.text[match.start : match.end]) for match in alike)
            found += [match for match, word in written if word not in self._registers.decided]
        return sorted(found, key=lambda match: match.start)

    def _alike(self, flow: Flow, masked: bytearray, found: Sequence[FormMatch]) -> list[FormMatch]:
        """Return what is only alike to a form, or a part of a longer word."""
        registers, alike = self._registers, list[FormMatch]()
        if flow in self._may_be_misspelt:
            alike += registers.misspelling.find(flow.text, masked, found)
            alike += registers.abbreviations.find(flow.text, masked, [*found, *alike])
        names = registers.by_form, registers.forenames
        alike += compounds_in(flow, *names, masked, [*found, *alike])
        return alike

    def _find(
        self,
        matcher: FormMatcher,
        flow: Flow,
        masked: bytearray | None,
        endings: Collection[str] = frozenset(),
        left_out: Collection[str] = frozenset(),
    ) -> list[FormMatch]:
        without = self._uninterrupted.get(flow)
        found = find_names(matcher, flow.text, without, masked, endings, left_out)
        return list(parted(flow.text, found, self._registers.by_form))
