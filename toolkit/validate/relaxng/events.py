"""One document through the automaton: expat's events at full speed.

The handlers do what nearly every event needs and nothing else; whatever the tables do not take
goes to :mod:`toolkit.validate.relaxng.recovery`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from toolkit.validate.relaxng.automaton import Automaton
from toolkit.validate.relaxng.entities import EntityExpansionError, check_expansion
from toolkit.validate.relaxng.explanation import Explanation
from toolkit.validate.relaxng.frames import Frame, Resume
from toolkit.validate.relaxng.nameclass import SEPARATOR, clark
from toolkit.validate.relaxng.positions import beginnings_of_text
from toolkit.validate.relaxng.recovery import Draft, Recovery, TooManyViolations
from toolkit.validate.relaxng.states import State
from toolkit.validate.relaxng.violations import Violation, ViolationKind

_BUFFER = 65_536
_SPACE = " \t\r\n"
_FULLEST = 257
"""The stack of an element nested 256 levels deep.

No text nests elements deeper, and no document may fill memory with open ones.
"""


class _TooDeep(Exception):  # noqa: N818  # ends a parse, not an error
    pass


Chunks = Callable[[], Iterable[bytes]]
"""Gives the document from its beginning, each time it is called."""


def validate(
    automaton: Automaton,
    explanation: Explanation,
    chunks: Chunks,
    file: str,
    encoding: str | None = None,
) -> tuple[Violation, ...]:
    """Return the violations of one document, in the order of their places."""
    drafts = _Run(automaton, explanation, file, encoding).read(chunks())
    if not drafts:
        return ()
    return tuple(
        sorted(_placed(drafts, chunks, encoding), key=lambda found: (found.line, found.column))
    )


def _placed(drafts: list[Draft], chunks: Chunks, encoding: str | None) -> list[Violation]:
    wanted = [draft.offset for draft in drafts if draft.of_text]
    found = beginnings_of_text(chunks(), wanted, encoding) if wanted else {}
    violations = []
    for violation, offset, of_text in drafts:
        place = found.get(offset) if of_text else None
        if place is not None:
            violation = violation._replace(line=place[0], column=place[1])
        violations.append(violation)
    return violations


class _Run:
    """The parser and its handlers for one document."""

    def __init__(
        self, automaton: Automaton, explanation: Explanation, file: str, encoding: str | None
    ) -> None:
        self._automaton = automaton
        self._parser = expat.ParserCreate(encoding, namespace_separator=SEPARATOR)
        self._stack: list[Frame] = [Resume("", automaton.start)]
        self._recovery = Recovery(automaton, explanation, self._parser, self._stack, file)
        self._entities: dict[str, str] = {}
        self._set_content_handlers(automaton.start)
        self._set_declaration_handlers()

    def read(self, chunks: Iterable[bytes]) -> list[Draft]:
        """Parse the document and return what is wrong with it."""
        parser, recovery = self._parser, self._recovery
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
            self._check_references()
        except expat.ExpatError as error:
            self._not_well_formed(
                expat.errors.messages[error.code], (error.lineno, error.offset + 1)
            )
        except (ValueError, LookupError) as error:
            # Python's codecs for encodings that expat does not know itself.
            self._not_well_formed(str(error), recovery.place)
        except EntityExpansionError as error:
            self._last(ViolationKind.ENTITY_EXPANSION, str(error))
        except _TooDeep:
            self._last(ViolationKind.TOO_DEEP, "")
        except TooManyViolations:
            self._last(ViolationKind.TOO_MANY, "")
        return recovery.drafts

    def _set_content_handlers(self, state: State) -> None:
        parser, recovery = self._parser, self._recovery
        stack = self._stack
        push, pop = stack.append, stack.pop
        waiting = recovery.waiting

        def start(name: str, attributes: list[str]) -> None:
            nonlocal state
            found = state[name]
            if found is None:
                state = recovery.start(state, name, attributes)
                return
            openings, after = found
            push(after)
            if len(stack) > _FULLEST:
                raise _TooDeep
            opening = openings[tuple(attributes[::2])]
            checks, state, special = opening
            for index, check in checks:
                if not check[attributes[index]]:
                    recovery.bad_value(index, attributes)
            if special is not None:
                state = recovery.special(opening, attributes)

        def end(_name: str) -> None:
            nonlocal state
            frame = pop()
            following = frame[state.mask]
            state = recovery.end(state, frame) if following is None else following

        def text(data: str) -> None:
            nonlocal state
            if state.mixed:
                return
            if state.data:
                waiting.append(data)
            elif data.strip(_SPACE):
                state = state.after_text or recovery.text(state, data)

        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.buffer_size = _BUFFER
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text

    def _set_declaration_handlers(self) -> None:
        parser, recovery = self._parser, self._recovery
        prefixes = recovery.prefixes

        def declare(prefix: str | None, uri: str | None) -> None:
            prefixes.append((prefix or "", uri or ""))

        def undeclare(_prefix: str | None) -> None:
            prefixes.pop()

        parser.StartNamespaceDeclHandler = declare
        parser.EndNamespaceDeclHandler = undeclare
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._declare_entity
        parser.NotationDeclHandler = lambda name, *_rest: recovery.notations.add(name)
        parser.EndDoctypeDeclHandler = lambda: check_expansion(self._entities)
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped

    def _declare_entity(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        _base: str | None,
        _system: str,
        _public: str | None,
        notation: str | None,
    ) -> None:
        if notation is not None:
            self._recovery.unparsed.add(name)
        elif value is not None and not is_parameter:
            self._entities.setdefault(name, value)

    def _instruction(self, target: str, _data: str) -> None:
        if ":" in target:
            message = "a colon stands in the name of a processing instruction"
            self._not_well_formed(message, self._recovery.place)

    def _external(
        self, context: str, _base: str | None, system: str | None, _public: str | None
    ) -> int:
        if context is not None:
            self._entity_not_loaded(context.rpartition("\f")[2], system or "")
        return 1

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._entity_not_loaded(name, "")

    def _entity_not_loaded(self, name: str, system: str) -> None:
        self._recovery.report(
            ViolationKind.EXTERNAL_ENTITY,
            element=self._stack[-1].name,
            name=name,
            value=system,
            outer=1,
        )

    def _check_references(self) -> None:
        for reference in self._recovery.identifiers.unresolved():
            self._recovery.report(
                ViolationKind.UNRESOLVED_IDREF,
                element=reference.element,
                name=reference.attribute,
                value=reference.identifier,
                at=(reference.line, reference.column),
            )

    def _not_well_formed(self, message: str, place: tuple[int, int]) -> None:
        element = self._stack[-1].name
        violation = Violation(
            ViolationKind.NOT_WELL_FORMED,
            self._recovery.file,
            *place,
            element=clark(element),
            value=message,
        )
        self._recovery.drafts.append(Draft(violation, self._parser.CurrentByteIndex))

    def _last(self, kind: ViolationKind, name: str) -> None:
        line, column = self._recovery.place
        violation = Violation(kind, self._recovery.file, line, column, name=name)
        self._recovery.drafts.append(Draft(violation, 0))
