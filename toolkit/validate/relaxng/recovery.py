"""What to report where a document leaves the schema, and how to go on: one mistake, one violation.

An element that the schema does not know is passed over with its content, or taken for the one its
name is close to. One that is out of place is checked by its own definition while its parent goes
on as if it had not been there. Where a required element is missing, the parent goes on as if it
had been there, and says nothing more should it come later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.parsers import expat

from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.automaton import Automaton
from toolkit.validate.relaxng.datatypes.context import Context
from toolkit.validate.relaxng.explanation import Explanation, Steps
from toolkit.validate.relaxng.frames import Frame, Resume, SkipState, Troubled
from toolkit.validate.relaxng.identifiers import Identifiers
from toolkit.validate.relaxng.memory import Vector
from toolkit.validate.relaxng.nameclass import clark, namespace_of
from toolkit.validate.relaxng.similar import similar
from toolkit.validate.relaxng.states import Branch, Opening, Openings, Special, State
from toolkit.validate.relaxng.violations import (
    NOTHING_EXPECTED,
    Expected,
    Violation,
    ViolationKind,
)

MOST_VIOLATIONS = 100_000
"""Checking a document stops after so many violations: it must not fill memory with them."""
_DEEPEST_PATH = 32
_LONGEST_VALUE = 200
_SPACE = " \t\r\n"


class TooManyViolations(Exception):  # noqa: N818  # ends a parse, not an error
    """The document has more violations than anyone will read."""


class Draft(NamedTuple):
    """A violation; that ``of_text`` begins where the text does that ends at byte ``offset``."""

    violation: Violation
    offset: int
    of_text: bool = False


class Recovery:
    """The violations of one document, and the way on after each."""

    def __init__(
        self,
        automaton: Automaton,
        explanation: Explanation,
        parser: expat.XMLParserType,
        stack: list[Frame],
        file: str,
    ) -> None:
        self._automaton = automaton
        self._explanation = explanation
        self._parser = parser
        self._stack = stack
        self.file = file
        self._skipping = SkipState(automaton)
        self.identifiers = Identifiers()
        self.drafts: list[Draft] = []
        self.waiting: list[str] = []
        self.prefixes: list[tuple[str, str]] = [("xml", XML_NAMESPACE)]
        self.unparsed: set[str] = set()
        self.notations: set[str] = set()

    # Reporting.

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the event at hand."""
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def report(
        self,
        kind: ViolationKind,
        *,
        element: str = "",
        name: str = "",
        value: str = "",
        other: tuple[int, int] = (0, 0),
        expected: Expected = NOTHING_EXPECTED,
        at: tuple[int, int] | None = None,
        of_text: bool = False,
        outer: int = 0,
    ) -> None:
        """Note a violation; ``outer`` of the open elements do not belong to its path."""
        line, column = at or self.place
        stop = len(self._stack) - outer
        around = self._stack[max(stop - _DEEPEST_PATH, 1) : stop]
        violation = Violation(
            kind,
            self.file,
            line,
            column,
            clark(element),
            tuple(clark(frame.name) for frame in around),
            clark(name),
            value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…",
            other,
            expected,
        )
        offset = self._parser.CurrentByteIndex
        self.drafts.append(Draft(violation, offset, of_text))
        if len(self.drafts) >= MOST_VIOLATIONS:
            raise TooManyViolations

    def _trouble(self) -> Troubled:
        """Return the notes on the innermost open element."""
        frame = self._stack[-1]
        if not isinstance(frame, Troubled):
            frame = self._stack[-1] = Troubled(frame)
        return frame

    # Start tags.

    def start(self, state: State, name: str, attributes: Sequence[str]) -> State:
        """Take a start tag that the tables do not; return the state of its content."""
        if state.data:
            state = self._text_before_child(state)
            found = self._automaton.transition(state, name)
            if found is not None:
                return self._enter(found.after, found.openings, attributes)
        known = self._explanation.elements_named(name)
        if not known:
            return self._unknown(state, name, attributes)
        trouble = self._trouble()
        openings = self._automaton.openings(name, known)
        if name in trouble.inserted:
            # It was reported as missing and comes too late: one mistake, however often.
            return self._enter(Resume(name, state), openings, attributes)
        bridge = self._explanation.bridge(state, name)
        if bridge is not None:
            steps, found = bridge
            self._missing(state, name, steps, trouble)
            return self._enter(found.after, found.openings, attributes)
        if not self._is_follow_on(trouble, state, name):
            self.report(
                ViolationKind.ELEMENT_NOT_ALLOWED,
                element=name,
                name=name,
                expected=self._explanation.expected(state),
            )
        trouble.misplaced.add(name)
        trouble.stuck, trouble.stuck_on = state, name
        return self._enter(Resume(name, state), openings, attributes)

    def _text_before_child(self, state: State) -> State:
        text = "".join(self.waiting)
        self.waiting.clear()
        if not text.strip(_SPACE):
            return state
        after = state.after_text
        if after is None:
            self._report_text(state, text)
        return after or state

    def _enter(self, frame: Frame, openings: Openings, attributes: Sequence[str]) -> State:
        self._stack.append(frame)
        return self.attributes(openings[tuple(attributes[::2])], attributes)

    def _missing(self, state: State, name: str, steps: Steps, trouble: Troubled) -> None:
        """Report what must come before ``name``, unless that stands elsewhere or is misspelt."""
        alternatives = set(steps[0])
        if trouble.stuck is not state and not alternatives & trouble.misplaced:
            self.report(
                ViolationKind.ELEMENT_MISSING,
                element=name,
                name=steps[0][0],
                expected=self._explanation.expected(state, steps),
            )
        for step in steps:
            trouble.inserted.update(step)

    def _is_follow_on(self, trouble: Troubled, state: State, name: str) -> bool:
        """Tell whether an element out of place is part of a mistake already reported here."""
        if trouble.stuck is not state:
            return False
        if trouble.text is state:
            wrappers = self._explanation.wrappers
            return bool(wrappers(state, name) & wrappers(state, None))
        return trouble.stuck_on == name and not state.mixed

    def _unknown(self, state: State, name: str, attributes: Sequence[str]) -> State:
        suggestions = self._explanation.similar_elements(state, name)
        self.report(
            ViolationKind.UNKNOWN_ELEMENT,
            element=name,
            name=name,
            expected=self._explanation.expected(state),
        )
        if suggestions:
            meant = suggestions[0]
            found = self._explanation.transition(state, meant)
            same_namespace = namespace_of(meant) == namespace_of(name)
            if found is not None and same_namespace:
                return self._enter(found.after, found.openings, attributes)
            if found is not None and found.after.whole is not None:
                return self._skip(Resume(name, found.after.whole))
        trouble = self._trouble()
        trouble.stuck, trouble.stuck_on = state, ""
        return self._skip(Resume(name, state))

    def _skip(self, frame: Frame) -> State:
        self._stack.append(frame)
        return self._skipping

    # Attributes.

    def attributes(self, opening: Opening, attributes: Sequence[str]) -> State:
        """Check the attributes of the element just entered; return the state of its content."""
        name = self._stack[-1].name
        while True:
            for index, check in opening.checks:
                if not check[attributes[index]]:
                    self.bad_value(index, attributes)
            special = opening.special
            if special is None:
                return opening.state
            self._special(special, name, attributes)
            if special.branch is None:
                return opening.state
            opening = special.branch.follow(self._branch_mask(special.branch, attributes))

    def special(self, opening: Opening, attributes: Sequence[str]) -> State:
        """Do for the element just entered what the plain checks have not; return its state."""
        special = opening.special
        if special is None:
            return opening.state
        self._special(special, self._stack[-1].name, attributes)
        if special.branch is None:
            return opening.state
        mask = self._branch_mask(special.branch, attributes)
        return self.attributes(special.branch.follow(mask), attributes)

    def bad_value(self, index: int, attributes: Sequence[str]) -> None:
        """Report the value at ``index`` of the element just entered."""
        self._bad_attribute(ViolationKind.ATTRIBUTE_VALUE, index, attributes)

    def _bad_attribute(self, kind: ViolationKind, index: int, attributes: Sequence[str]) -> None:
        self.report(
            kind,
            element=self._stack[-1].name,
            name=attributes[index - 1],
            value=attributes[index],
            outer=1,
        )

    def _branch_mask(self, branch: Branch, attributes: Sequence[str]) -> int:
        value = attributes[branch.index]
        mask = 0
        for position, check in enumerate(branch.checks):
            if check is None:
                accepted = True
            elif check.pattern.contextual:
                accepted = check.accepts(value, self._context())
            else:
                accepted = check[value]
            mask |= accepted << position
        if not mask:
            self.bad_value(branch.index, attributes)
            mask = (1 << len(branch.checks)) - 1
        return mask

    def _special(self, special: Special, name: str, attributes: Sequence[str]) -> None:
        for index, kind in special.identifiers:
            self._identifier(kind, index, name, attributes)
        for index, check in special.contextual:
            if not check.accepts(attributes[index], self._context()):
                self.bad_value(index, attributes)
        for index, _ in special.unknown:
            self._bad_attribute(ViolationKind.ATTRIBUTE_NOT_ALLOWED, index, attributes)
        if special.missing:
            self._missing_attributes(special, name, attributes)

    def _identifier(self, kind: str, index: int, name: str, attributes: Sequence[str]) -> None:
        value = attributes[index]
        line, column = self.place
        if kind != "ID":
            self.identifiers.refer(value, line, column, name, attributes[index - 1])
            return
        first = self.identifiers.give(value, (line, column))
        if first is not None:
            self.report(
                ViolationKind.DUPLICATE_ID,
                element=name,
                name=attributes[index - 1],
                value=value.strip(_SPACE),
                other=first,
                outer=1,
            )

    def _missing_attributes(self, special: Special, name: str, attributes: Sequence[str]) -> None:
        """Report the attributes lacking, but for those that stand there by another name."""
        lacking = self._explanation.required(special.missing)
        taken = sum(
            self._may_be_meant(vector, attributes[index - 1], attributes)
            for index, vector in special.unknown
        )
        for alternatives in lacking[taken:]:
            self.report(
                ViolationKind.ATTRIBUTE_MISSING, element=name, name=alternatives[0], outer=1
            )
        if not lacking and not taken:
            # The element has no valid form at all: its content is notAllowed.
            self.report(ViolationKind.ELEMENT_NOT_ALLOWED, element=name, name=name, outer=1)

    def _may_be_meant(self, vector: Vector, culprit: str, attributes: Sequence[str]) -> bool:
        """Tell whether an attribute that is not allowed may stand for one that is missing."""
        given = set(attributes[::2])
        listed = self._explanation.attributes(vector)
        suggestions = similar(culprit, [name for name in listed if name not in given])
        required = {name for names in self._explanation.required(vector) for name in names}
        return not suggestions or suggestions[0] in required

    def _context(self) -> Context:
        return Context(dict(self.prefixes), self.unparsed, self.notations)

    # Text.

    def text(self, state: State, text: str) -> State:
        """Report text that is not allowed among elements; return the state to go on in."""
        self._report_text(state, text)
        return state

    def _report_text(self, state: State, text: str) -> None:
        trouble = self._trouble()
        if not self._is_text_follow_on(trouble, state):
            self.report(
                ViolationKind.TEXT_NOT_ALLOWED,
                element=self._stack[-1].name,
                value=text.strip(_SPACE),
                expected=self._explanation.expected(state),
                of_text=True,
                outer=1,
            )
        trouble.text = trouble.stuck = state
        trouble.stuck_on = ""

    def _is_text_follow_on(self, trouble: Troubled, state: State) -> bool:
        if trouble.text is state:
            return True
        if trouble.stuck is not state or not trouble.stuck_on:
            return False
        wrappers = self._explanation.wrappers
        return bool(wrappers(state, trouble.stuck_on) & wrappers(state, None))

    # End tags.

    def end(self, state: State, frame: Frame) -> State:
        """Take an end tag that the tables do not; return the parent's state."""
        mask = self._value_mask(state, frame) if state.data else state.mask
        if not mask:
            self._incomplete(state, frame)
        outer = frame.frame if isinstance(frame, Troubled) else frame
        following = outer[mask]
        return following or outer.whole or self._skipping

    def _value_mask(self, state: State, frame: Frame) -> int:
        text = "".join(self.waiting)
        self.waiting.clear()
        mask = self._automaton.value_mask(state, text, self._context())
        blank = not text.strip(_SPACE)
        if mask or (blank and self._explanation.allowed(state)):
            return mask
        self._stack.append(frame)
        self.report(
            ViolationKind.TEXT_VALUE,
            element=frame.name,
            value=text.strip(_SPACE),
            of_text=not blank,
            outer=1,
        )
        self._stack.pop()
        return -1

    def _incomplete(self, state: State, frame: Frame) -> None:
        steps = self._explanation.ending(state)
        if isinstance(frame, Troubled):
            missing = set(steps[0]) if steps else set()
            if frame.stuck is state or missing & frame.misplaced:
                return
        if all(pattern.operator == op.NOT_ALLOWED for pattern in state.vector):
            return
        self.report(
            ViolationKind.ELEMENT_INCOMPLETE,
            element=frame.name,
            name=steps[0][0] if steps else "",
            expected=self._explanation.expected(state, steps),
        )
