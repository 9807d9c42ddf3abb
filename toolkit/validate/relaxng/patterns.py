"""Hash-consed patterns: equal patterns are one object, so comparing and remembering are cheap.

After James Clark, "An algorithm for RELAX NG validation" (2002), but with choices and interleaves
of any number of members instead of pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.datatypes.context import Context
from toolkit.validate.relaxng.datatypes.library import Datatype, datatype
from toolkit.validate.relaxng.nameclass import Name, NameClass, from_data, parts
from toolkit.validate.relaxng.traversal import evaluate


class Element:
    """An element of the schema: the class of its names, and its content, made when asked for."""

    __slots__ = ("_content", "_grammar", "_name_class", "index")

    def __init__(self, grammar: Grammar, index: int) -> None:
        self.index = index
        self._grammar = grammar
        self._name_class: NameClass | None = None
        self._content: Pattern | None = None

    @property
    def name_class(self) -> NameClass:
        """The names the element may have."""
        if self._name_class is None:
            self._name_class = self._grammar.name_class(
                self._grammar.compiled.elements[self.index][0]
            )
        return self._name_class

    @property
    def content(self) -> Pattern:
        """The pattern of its attributes and children."""
        if self._content is None:
            self._content = self._grammar.pattern(self._grammar.compiled.elements[self.index][1])
        return self._content


class Value:
    """What a ``value`` pattern accepts."""

    __slots__ = ("datatype", "text", "value")

    def __init__(self, kind: Datatype, text: str, prefixes: dict[str, str]) -> None:
        self.datatype = kind
        self.text = text
        try:
            self.value: Any = kind.value(text, Context(prefixes))
        except (ValueError, ArithmeticError):
            # The text is none of the type's: nothing equals it.
            self.value = self


Payload = Element | Datatype | Value | NameClass | None


class Pattern:
    """A pattern. ``number`` orders patterns by age; ``index`` is that of its row, -1 for none.

    ``signature`` is the same in every process, and equal patterns have the same.

    ``nullable`` tells whether no text and no children match; ``elements``, ``attributes``,
    ``texts`` and ``data`` tell whether such patterns occur in it; ``contextual`` whether values
    depend on the namespaces or entities in force.
    """

    __slots__ = (
        "_by_name",
        "attributes",
        "children",
        "contextual",
        "data",
        "elements",
        "index",
        "nullable",
        "number",
        "operator",
        "payload",
        "signature",
        "texts",
    )

    def __init__(
        self,
        number: int,
        operator: int,
        identity: int,
        children: tuple[Pattern, ...],
        payload: Payload,
    ) -> None:
        self.elements: bool
        self.attributes: bool
        self.texts: bool
        self.data: bool
        self.contextual: bool
        self.signature: int
        self.number = number
        self.index = -1
        signatures = [child.signature for child in children]
        if operator in (op.CHOICE, op.INTERLEAVE):
            signatures.sort()
        self.signature = hash((operator, identity, *signatures))
        self.operator = operator
        self.children = children
        self.payload = payload
        self._by_name: tuple[dict[str, list[Pattern]], list[Pattern]] | None = None
        self.nullable = _nullable(operator, children)
        inner = children if operator in _COMPOSITE else ()
        self.elements = operator == op.ELEMENT or any(p.elements for p in inner)
        self.attributes = operator == op.ATTRIBUTE or any(p.attributes for p in inner)
        self.texts = operator == op.TEXT or any(p.texts for p in inner)
        self.data = operator in _DATA or any(p.data for p in inner)
        self.contextual = (
            (isinstance(payload, Datatype) and payload.contextual)
            or (isinstance(payload, Value) and payload.datatype.contextual)
            or any(p.contextual for p in children)
        )

    def members_for(self, name: str) -> list[Pattern]:
        """Return the members of a choice that an element ``name`` may match."""
        if self._by_name is None:
            named: dict[str, list[Pattern]] = {}
            others: list[Pattern] = []
            for child in self.children:
                if isinstance(child.payload, Element):
                    classes = parts(child.payload.name_class)
                    if all(isinstance(part, Name) for part in classes):
                        for part in classes:
                            if isinstance(part, Name):
                                named.setdefault(part.name, []).append(child)
                        continue
                if child.elements:
                    others.append(child)
            self._by_name = named, others
        named, others = self._by_name
        found = named.get(name)
        return [*found, *others] if found else others


_COMPOSITE = frozenset({op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE})
_DATA = frozenset({op.DATA, op.VALUE, op.LIST})


def _nullable(operator: int, children: tuple[Pattern, ...]) -> bool:
    if operator == op.CHOICE:
        return any(child.nullable for child in children)
    if operator in _COMPOSITE:
        return all(child.nullable for child in children)
    return operator in (op.EMPTY, op.TEXT)


class Grammar:
    """The patterns of one schema, made from its tables as they are asked for."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._rows: list[list[Any]] = list(compiled.patterns)
        self._interned: dict[tuple[int, ...], Pattern] = {}
        self._by_index: dict[int, Pattern] = {}
        self._name_classes: dict[int, NameClass] = {}
        self._types: dict[int, Datatype] = {}
        self.elements = [Element(self, index) for index in range(len(compiled.elements))]
        self.empty = self._intern(op.EMPTY)
        self.not_allowed = self._intern(op.NOT_ALLOWED)
        self.text = self._intern(op.TEXT)

    @property
    def start(self) -> Pattern:
        """The pattern of the root element."""
        return self.pattern(self.compiled.start)

    # From the tables.

    def pattern(self, index: int) -> Pattern:
        """Return the pattern at ``index`` of the tables."""
        return evaluate(index, self._by_index, self._operands, self._indexed)

    def _indexed(self, index: int) -> Pattern:
        pattern = self._make(index)
        if pattern.index < 0:
            pattern.index = index
        return pattern

    def extend(self, rows: Iterable[list[int]]) -> None:
        """Add rows of derived patterns to the tables."""
        self._rows.extend(rows)

    def number_of(self, pattern: Pattern, added: list[list[int]]) -> int:
        """Return the index of a pattern; rows that have to be made for it are also ``added``."""

        def make(item: Pattern) -> int:
            if item.index < 0:
                item.index = len(self._rows)
                row = [item.operator, *[child.index for child in item.children]]
                self._rows.append(row)
                added.append(row)
                self._by_index[item.index] = item
            return item.index

        if pattern.index >= 0:
            return pattern.index
        return evaluate(pattern, {}, lambda p: [] if p.index >= 0 else p.children, make)

    def name_class(self, index: int) -> NameClass:
        """Return the name class at ``index`` of the tables."""
        if index not in self._name_classes:
            self._name_classes[index] = from_data(self.compiled.name_classes[index])
        return self._name_classes[index]

    def _type(self, index: int) -> Datatype:
        if index not in self._types:
            library, name, parameters = self.compiled.types[index]
            self._types[index] = datatype(library, name, [(n, v) for n, v in parameters])
        return self._types[index]

    def _operands(self, index: int) -> list[int]:
        operator, *operands = self._rows[index]
        if operator in (op.ELEMENT, op.VALUE):
            return []
        if operator == op.ATTRIBUTE:
            return operands[1:]
        if operator == op.DATA:
            return operands[1:] if operands[1] >= 0 else []
        return operands

    def _make(self, index: int) -> Pattern:
        operator, *operands = self._rows[index]
        children = [self._by_index[i] for i in self._operands(index)]
        match operator:
            case op.CHOICE:
                return self.choice(children)
            case op.GROUP:
                made = self.empty
                for child in reversed(children):
                    made = self.group(child, made)
                return made
            case op.INTERLEAVE:
                return self.interleave(children)
            case op.ONE_OR_MORE:
                return self.one_or_more(children[0])
            case op.ELEMENT:
                return self._intern(operator, (), operands[0], self.elements[operands[0]])
            case op.ATTRIBUTE:
                return self._intern(
                    operator, tuple(children), operands[0], self.name_class(operands[0])
                )
            case op.DATA:
                return self._intern(operator, tuple(children), index, self._type(operands[0]))
            case op.VALUE:
                kind, text, prefixes = operands
                value = Value(self._type(kind), text, dict(prefixes))
                return self._intern(operator, (), index, value)
        return self._intern(operator, tuple(children))

    def _intern(
        self,
        operator: int,
        children: tuple[Pattern, ...] = (),
        identity: int = -1,
        payload: Payload = None,
    ) -> Pattern:
        key = (operator, identity, *[child.number for child in children])
        found = self._interned.get(key)
        if found is None:
            found = Pattern(len(self._interned), operator, identity, children, payload)
            self._interned[key] = found
        return found

    def _intern_choice(self, members: tuple[Pattern, ...]) -> Pattern:
        key = (op.CHOICE, -1, *sorted(member.number for member in members))
        found = self._interned.get(key)
        if found is None:
            found = self._interned[key] = Pattern(len(self._interned), op.CHOICE, -1, members, None)
        return found

    # The constructors keep patterns in one normal form each.

    def choice(self, members: Iterable[Pattern]) -> Pattern:
        """Return the choice: flat, without doubles and notAllowed, empty only where it tells."""
        flat: dict[int, Pattern] = {}
        for member in members:
            if member.operator == op.CHOICE:
                for child in member.children:
                    flat[child.number] = child
            elif member.operator != op.NOT_ALLOWED:
                flat[member.number] = member
        if len(flat) > 1 and self.empty.number in flat:
            del flat[self.empty.number]
            if not any(member.nullable for member in flat.values()):
                flat[self.empty.number] = self.empty
        if not flat:
            return self.not_allowed
        if len(flat) == 1:
            return next(iter(flat.values()))
        if all(member.operator in _DATA for member in flat.values()):
            # Only schemas make choices of values: the list keeps its order for those who read it.
            return self._intern_choice(tuple(flat.values()))
        return self._intern(op.CHOICE, tuple(flat[number] for number in sorted(flat)))

    def group(self, first: Pattern, second: Pattern) -> Pattern:
        """Return the group, nested to the right."""
        if first.operator == op.NOT_ALLOWED or second.operator == op.NOT_ALLOWED:
            return self.not_allowed
        if second.operator == op.EMPTY:
            return first
        pending = []
        while first.operator == op.GROUP:
            pending.append(first.children[0])
            first = first.children[1]
        made = second if first.operator == op.EMPTY else self._intern(op.GROUP, (first, second))
        for item in reversed(pending):
            made = self._intern(op.GROUP, (item, made))
        return made

    def interleave(self, members: Iterable[Pattern]) -> Pattern:
        """Return the interleave: flat and without empty."""
        flat: list[Pattern] = []
        for member in members:
            if member.operator == op.NOT_ALLOWED:
                return member
            if member.operator == op.INTERLEAVE:
                flat.extend(member.children)
            elif member.operator != op.EMPTY:
                flat.append(member)
        if not flat:
            return self.empty
        if len(flat) == 1:
            return flat[0]
        return self._intern(op.INTERLEAVE, tuple(sorted(flat, key=lambda member: member.number)))

    def one_or_more(self, pattern: Pattern) -> Pattern:
        """Return the repetition."""
        if pattern.operator in (op.NOT_ALLOWED, op.EMPTY, op.ONE_OR_MORE):
            return pattern
        return self._intern(op.ONE_OR_MORE, (pattern,))
