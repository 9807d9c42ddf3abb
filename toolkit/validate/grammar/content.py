"""One element's content, followed child by child: what in it is wrong, and what is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.expressions import expression
from toolkit.tei.names import local_name
from toolkit.validate.grammar import usage, words
from toolkit.validate.grammar.document_grammar import DocumentGrammar
from toolkit.validate.grammar.findings import (
    BAD_CONTENT,
    NOT_ALLOWED,
    TEXT_NOT_ALLOWED,
    UNKNOWN_ELEMENT,
    WRONG_ORDER,
    Finding,
)
from toolkit.validate.grammar.lacking import Lacking, Way
from toolkit.validate.grammar.lookahead import Lookahead, has_text
from toolkit.validate.grammar.words import shortened, tag, tags
from toolkit.validate.relaxng.patterns import Element
from toolkit.validate.relaxng.states import State

# How many siblings before and after are looked at for what is out of place.
_LOOKED_AT = 200
# More containers than this are no advice.
_FEW_CONTAINERS = 3
# What stands in a page or line beginning by mistake, and belongs into its attribute n.
_NUMBER = expression(r"\d{1,5}[a-z]{0,2}|[ivxlc]{1,7}|[IVXLC]{1,7}")


@dataclass
class Content:
    """One element's content, followed child by child."""

    whole: DocumentGrammar
    element: etree._Element
    named: Element
    findings: list[Finding] = field(default_factory=list)
    children: list[tuple[etree._Element, list[Element]]] = field(default_factory=list)
    _siblings: list[etree._Element] = field(default_factory=list)
    _met: list[str] = field(default_factory=list)
    _elements: list[etree._Element] = field(default_factory=list)
    _states: list[State] = field(default_factory=list)
    _displaced: Counter[str] = field(default_factory=Counter)
    _closed_by: dict[str, str | None] = field(default_factory=dict)
    _blocking: int | None = None
    _misplaced: str | None = None
    _wrapper: str | None = None
    _is_itself_astray: bool = False
    _gap: bool = False

    def __post_init__(self) -> None:
        self.model = self.whole.model
        self.ahead = Lookahead(self.whole)
        self.state = self.model.content(self.named)
        self.parent = self.whole.name(self.element)
        self.possible = self.model.possible_children(self.named)
        self._lacking = Lacking(self.whole, self.element, self._met)

    def follow(self) -> None:
        """Follow the content to its end."""
        elements = self._siblings = list(self.element.iterchildren(etree.Element))
        if not elements and self.state.data:
            self._data()
            return
        if has_text(self.element, None):
            self._text(None, 0)
        for index, child in enumerate(elements):
            self._child(child, index)
            if has_text(self.element, child):
                self._text(child, index + 1)
        if not self.model.may_end(self.state) and not self.findings and not self._gap:
            self.findings.append(self._lacking.at_the_end(self.model.ways_to_end(self.state)))

    def _data(self) -> None:
        text = "".join(str(part) for part in self.element.itertext())
        (pattern,) = self.state.vector
        if self.model.accepts(pattern, text, self.element):
            return
        wanted = self.model.value(pattern).wanted()
        said = f"“{shortened(text.strip())}” in {tag(self.parent)} is not {wanted.is_}"
        self.findings.append(Finding(BAD_CONTENT, self.element, said, f"Write {wanted.write}."))

    # Text.

    def _text(self, after: etree._Element | None, index: int) -> None:
        """Take the text before the child at ``index``."""
        following = self.model.after_text(self.state)
        if following is not None:
            self.state = following
        elif self._wrapper is None:
            said, hint = self._stray_text(index)
            self.findings.append(
                Finding(TEXT_NOT_ALLOWED, self.element, said, hint, is_text=True, after=after)
            )

    def _stray_text(self, index: int) -> tuple[str, str]:
        """Say what to do with a text that may not stand here, and assume it done."""
        if not self.possible:
            said = f"{tag(self.parent)} is an empty element and holds no text"
            return said, self._out_of_empty()
        said = f"text is not allowed directly in {tag(self.parent)}"
        wrappers = self._wrappers(index)
        if wrappers:
            self._wrapper = wrappers[0]
            self.state = self.ahead.along(self.state, wrappers[:1])
            around = f"{tag(wrappers[0])} before it and `</{local_name(wrappers[0])}>` after it"
            return f"{said}; put it into {tags(wrappers, shown=4)}", f"Write {around}."
        beside = self._names_from(max(0, index - 1))[: 2 if index else 1]
        holding = list(filter(self._may_hold_text, reversed(beside)))
        if holding:
            return said, f"Move it into {tags(holding)}, or take it out."
        return said, "Take it out, or move it to where text may stand."

    def _out_of_empty(self) -> str:
        name = local_name(self.parent)
        text = (self.element.text or "").strip()
        numbers = self.model.of_attribute(self.model.attributes_of(self.named), "n")
        if numbers and _NUMBER.fullmatch(text) and self.element.get("n") is None:
            return f'Write `<{name} n="{text}"/>`, and the text no longer in it.'
        around = self.element.getparent()
        if around is None or not self._may_hold_text(self.whole.name(around)):
            return "Take it out, or move it to where text may stand."
        return f"Write `<{name}/>` and put the text behind it."

    def _may_hold_text(self, name: str) -> bool:
        return any(
            self.model.after_text(self.model.content(named)) is not None
            for named in self.model.elements.get(name, [])
        )

    def _wrappers(self, index: int) -> list[str]:
        """Return the elements to put a text into, which stands before the child at ``index``."""
        needed = self.ahead.needed(self.state)
        wrappers = sorted(
            self.whole.wrappers(self.parent, self._harmless(index)),
            key=lambda name: (usage.is_opening(name) and name in self._met, name not in needed),
        )
        # Where what is usual fits, or what is missing anyway, the others need not be told.
        certain = wrappers and (
            wrappers[0] in needed
            or local_name(wrappers[0]) == "p"
            or usage.is_usual_in(self.parent, wrappers[0])
        )
        return wrappers[:1] if certain else wrappers

    def _harmless(self, index: int) -> list[str]:
        """Return the elements that could stand here before the child at ``index``."""
        names = self.model.next_names(self.state)
        return self.ahead.harmless(self.state, names, self._names_from(index))

    def _names_from(self, index: int) -> list[str]:
        return [self.whole.name(child) for child in self._siblings[index : index + _LOOKED_AT]]

    # Elements.

    def _child(self, child: etree._Element, index: int) -> None:
        name = self.whole.name(child)
        following = self.model.after(self.state, name)
        if following is not None and not self._is_habit(child, name):
            self._accept(child, name, following)
        elif self._displaced[name]:
            self._displaced[name] -= 1
            self._skip(child, name)
        elif name in self.model.elements:
            self._known(child, name, index)
        else:
            self._unknown(child)

    def _accept(self, child: etree._Element, name: str, following: State) -> None:
        self.children.append((child, self.model.next_elements(self.state, name)))
        self._met.append(name)
        self._elements.append(child)
        self._states.append(self.state)
        self.state = following
        self._misplaced = None
        if self._wrapper is not None and not self.ahead.may_hold(self._wrapper, name):
            self._wrapper = None

    def _skip(self, child: etree._Element, name: str) -> None:
        """Leave a child out of the content, but look into it."""
        here = self.model.named(self.possible, name)
        self.children.append((child, here or self.model.elements.get(name, [])))

    def _unknown(self, child: etree._Element) -> None:
        finding, meant = self.whole.unknown(
            child, self.parent, self.model.next_names(self.state), self.possible
        )
        self.findings.append(finding)
        following = None if meant is None else self.model.after(self.state, meant)
        if meant is None:
            self._gap = True
            if finding.kind is not UNKNOWN_ELEMENT or self.whole.is_native(child):
                self.children.append((child, []))
        elif following is not None:
            self._accept(child, meant, following)
        elif self.model.named(self.possible, meant):
            self._skip(child, meant)
        else:
            self._gap = True
            self.children.append((child, []))

    def _known(self, child: etree._Element, name: str, index: int) -> None:
        if self._wrapper is not None and self.ahead.may_hold(self._wrapper, name):
            self._skip(child, name)
        elif self._is_habit(child, name):
            self._habit(child, name)
        elif not self.model.named(self.possible, name):
            self._misplaced_child(child, name, index)
        elif ways := self.model.ways_to(self.state, name):
            self._after_gap(child, name, ways, self._names_from(index + 1))
        else:
            self._too_late(child, name, index)

    # Elements that stand for others.

    def _is_habit(self, child: etree._Element, name: str) -> bool:
        """Tell whether an element is used as one of HTML or TEI P4 that has its name."""
        habit = usage.habit(name)
        if habit is None or self.model.after(self.state, habit.element) is None:
            return False
        if self.model.named(self.possible, name) and self.ahead.fits_into(child, name):
            return False
        held = {self.whole.name(each) for each in child.iterchildren(etree.Element)}
        return habit.element not in held and self.ahead.fits_into(child, habit.element)

    def _habit(self, child: etree._Element, name: str) -> None:
        habit = usage.habit(name)
        assert habit is not None  # noqa: S101
        meant = habit.element
        written = self.whole.habit_tag(child, meant)
        said = f"{tag(name)} is not allowed in {tag(self.parent)}; did you mean {tag(meant)}?"
        if self.model.named(self.possible, name):
            said = f"{tag(name)} cannot hold what is in it; did you mean {tag(meant)}?"
        hint = f"Write `<{written}>`, and `</{local_name(meant)}>` at its end."
        self.findings.append(Finding(NOT_ALLOWED, child, said, hint))
        self._accept(child, meant, self.ahead.along(self.state, (meant,)))

    # Elements that may stand nowhere in this one.

    def _misplaced_child(self, child: etree._Element, name: str, index: int) -> None:
        around = self.element.getparent()
        if self._misplaced == name or (
            self._is_itself_astray and self.ahead.may_be_in(around, name)
        ):
            self._misplaced = name
            self._skip(child, name)
            return
        here = self._harmless(index + 1)
        places = self.whole.places(name, here)
        met = len(self._met)
        hint = self._way_out(child, name, index, here)
        said = f"{tag(name)} is not allowed in {tag(self.parent)}; {places}"
        self.findings.append(Finding(NOT_ALLOWED, child, said, hint))
        if len(self._met) == met:
            self._misplaced = name
            self._skip(child, name)

    def _way_out(self, child: etree._Element, name: str, index: int, here: Sequence[str]) -> str:
        """Say what to do with an element that may not stand in this one, and assume it done."""
        around = self.element.getparent()
        if name == self.parent:
            return f"Close the {tag(name)} around it first."
        if not self.ahead.fits_into(child, name) and self._take_tags_out(child):
            return _tags_out(name, f"{tag(self.parent)} may hold what is in it")
        if (
            self.ahead.may_be_in(around, name)
            and self._holds_only_strangers()
            and self.ahead.through(child, self.state) is None
        ):
            self._is_itself_astray = True
            return _tags_out(self.parent, f"{tag(name)} may stand where it does")
        fitting = self._containers(here, name, index)
        homes = self.whole.by_use(sorted(self._homes(name)))
        in_document = [home for home in homes if self.whole.used[home]]
        if in_document and not any(self.whole.used[each] for each in fitting):
            # What this document has is likelier than an element that it uses nowhere.
            fitting, homes = [], in_document
        beside = self._beside_for(name, index)
        if fitting and self._is_certain(fitting, name):
            holder = fitting[0]
            up_to = self._up_to(holder, index)
            if beside is None or up_to or self._is_better(holder):
                return self._put_into(holder, up_to)
        if beside is not None:
            return f"Move it into the {tag(beside)} beside it."
        if moved := self._out_of_parent(child, name, index):
            return moved
        if self._take_tags_out(child):
            return _tags_out(name, f"{tag(self.parent)} may hold what is in it")
        if self.ahead.may_be_in(around, name):
            return f"Move it behind {tag(self.parent)}, or end {tag(self.parent)} before it."
        if fitting:
            return f"Put it into {tags(fitting, shown=4)}, which may stand here."
        if homes:
            return f"Move it into {tags(homes)}."
        return "Move it there, or use another element."

    def _is_better(self, holder: str) -> bool:
        """Tell whether an element is rather new than moved into one that stands there."""
        return holder in self.ahead.needed(self.state) or self._may_hold_text(holder)

    def _put_into(self, holder: str, up_to: str) -> str:
        """Say that a child goes into a new element, with what follows, and assume it done."""
        self._wrapper = holder
        self.state = self.ahead.along(self.state, (holder,))
        return f"Put it{up_to} into {tag(holder)}, which may stand here."

    def _up_to(self, holder: str, index: int) -> str:
        """Say what behind the child at ``index`` can stand only in ``holder`` too."""
        state = self.ahead.along(self.state, (holder,))
        said = " and the text behind it" if self._is_stray(index, state) else ""
        for number, name in enumerate(self._names_from(index + 1), index + 1):
            if not self.ahead.may_hold(holder, name):
                break
            following = self.model.after(state, name)
            state = following or state
            if self._is_stray(number, state):
                said = f" and what follows, up to the text behind {tag(name)},"
            elif following is None:
                said = f" and what follows, up to {tag(name)},"
        return said

    def _is_stray(self, index: int, state: State) -> bool:
        """Tell whether text follows the child at ``index`` and may not."""
        is_text = has_text(self.element, self._siblings[index])
        return is_text and self.model.after_text(state) is None

    def _containers(self, here: Sequence[str], name: str, index: int) -> list[str]:
        """Return the elements that may stand here and hold ``name``, the likeliest first."""
        needed = self.ahead.needed(self.state)
        run = self._run(index)
        return sorted(
            self.whole.containers(here, name) or self._homes(name).intersection(here),
            key=lambda holder: (
                sum(not self.ahead.may_hold(holder, other) for other in run),
                not usage.is_usual_in(holder, name),
                holder not in needed,
                usage.rank_in(self.parent, holder),
                holder,
            ),
        )

    def _run(self, index: int) -> list[str]:
        """Return the names of the children from ``index`` on up to one that fits here."""
        run: list[str] = []
        for name in self._names_from(index):
            if self.model.after(self.state, name) is not None:
                break
            run.append(name)
        return run

    def _is_certain(self, fitting: Sequence[str], name: str) -> bool:
        """Tell whether ``name`` is in all likelihood meant to stand in the first of ``fitting``."""
        holder = fitting[0]
        usual = sum(usage.is_usual_in(each, name) for each in fitting)
        return (
            (usage.is_usual_in(holder, name) and usual <= _FEW_CONTAINERS)
            or holder in self.ahead.needed(self.state)
            or usage.is_usual_in(self.parent, holder)
            or holder in self._homes(name)
        )

    def _out_of_parent(self, child: etree._Element, name: str, index: int) -> str | None:
        """Say that a child moves out of this element, if it begins or ends it and may stand there.

        ``index`` is that of the child among the children.
        """
        is_first = index == 0 and not has_text(self.element, None)
        is_last = child is self._siblings[-1] and not has_text(self.element, child)
        if is_first and is_last:
            return None
        if is_first and self._fits_beside(name, 0):
            return f"Move it before {tag(self.parent)}."
        if is_last and self._fits_beside(name, 1):
            return f"Move it behind {tag(self.parent)}."
        return None

    def _fits_beside(self, name: str, offset: int) -> bool:
        """Tell whether an element may stand before (0) or behind (1) this one."""
        around = self.element.getparent()
        if around is None or not self.ahead.may_be_in(around, name):
            return False
        siblings = list(around.iterchildren(etree.Element))
        place = siblings.index(self.element) + offset
        names = [self.whole.name(each) for each in siblings[: place + 1]]
        names.insert(place, name)
        return len(names) <= _LOOKED_AT and any(
            self.ahead.after_all(self.model.content(each), names) is not None
            for each in self.model.elements.get(self.whole.name(around), [])
        )

    def _homes(self, name: str) -> frozenset[str]:
        """Return the elements that an element may stand in, if they are few."""
        homes = self.model.parents.get(name, [])
        return frozenset(homes if len(homes) <= _FEW_CONTAINERS else ())

    def _beside_for(self, name: str, index: int) -> str | None:
        """Return the element beside the child at ``index`` that usually holds ``name``."""
        beside = self._names_from(max(0, index - 1))[:3]
        return next(
            (
                other
                for other in beside
                if other != name
                and (usage.is_usual_in(other, name) or other in self._homes(name))
                and self.ahead.may_hold(other, name)
            ),
            None,
        )

    def _holds_only_strangers(self) -> bool:
        """Tell whether none of what this element holds may stand in it."""
        return (
            bool(self.possible)
            and not has_text(self.element, None)
            and not any(
                self.model.named(self.possible, self.whole.name(child))
                or has_text(self.element, child)
                for child in self._siblings
            )
        )

    def _take_tags_out(self, child: etree._Element) -> bool:
        """Go on as if what ``child`` holds stood in its place; return False if it may not."""
        if not words.has_content(child) or self.ahead.through(child, self.state) is None:
            return False
        for node in (None, *child.iterchildren(etree.Element)):
            if node is not None:
                name = self.whole.name(node)
                self._accept(node, name, self.ahead.along(self.state, (name,)))
            if has_text(child, node):
                self.state = self.model.after_text(self.state) or self.state
        return True

    # Elements in the wrong order.

    def _after_gap(
        self, child: etree._Element, name: str, ways: list[Way], following: Sequence[str]
    ) -> None:
        """Take a child that something must come before: it comes later, or is missing."""
        later = [way for way in ways if any(step in following for step in way)]
        way = self._lacking.usual(later or ways)
        before = self.ahead.along(self.state, way)
        behind = self.ahead.along(before, (name,))
        moved = [step for step in way if step in following]
        if later and self.ahead.rejected(behind, following) >= self.ahead.rejected(
            behind, _without(following, moved)
        ):
            said = f"{tag(name)} must stand after {tags(moved, 'and')} in {tag(self.parent)}"
            hint = f"Move {tag(name)} behind {tags(moved, 'and')}."
            self.findings.append(Finding(WRONG_ORDER, child, said, hint))
            if self.ahead.rejected(self.state, following) < self.ahead.rejected(
                behind, following, moved
            ):
                self._skip(child, name)
                return
            self._displaced.update(moved)
        elif not self._gap:
            self.findings.append(self._lacking.before(child, ways))
        self._gap = False
        self.state = before
        self._accept(child, name, behind)

    def _too_late(self, child: etree._Element, name: str, number: int) -> None:
        """Take a child that could only have come earlier, or only once."""
        index = self._fitting_place(name)
        following = self._names_from(number + 1)
        if index is not None and index == self._blocking:
            self._skip(child, name)
        elif self._after_strangers(child, name, index) or self._in_place_of_first(
            child, name, following
        ):
            return
        elif not self.ahead.fits_into(child, name) and self._take_tags_out(child):
            said = f"{tag(name)} is not allowed at this place in {tag(self.parent)}"
            hint = _tags_out(name, f"{tag(self.parent)} may hold what is in it")
            self.findings.append(Finding(WRONG_ORDER, child, said, hint))
        elif index is not None and (
            self._lacks_its_like(index, child, name, following)
            or self._blocker_is_late(index, child, name, following)
        ):
            return
        else:
            said, hint = self._earlier(name, index)
            self.findings.append(Finding(WRONG_ORDER, child, said, hint))
            if index is None or not self._resume(index, child, name, following):
                self._skip(child, name)

    def _earlier(self, name: str, index: int | None) -> tuple[str, str]:
        """Say where an element belongs that comes too late: before the child met at ``index``."""
        here = self.model.next_names(self.state)
        if index is not None:
            self._blocking = index
            before = tag(self._met[index])
            first = "the first " if self._met[index] in self._met[index + 1 :] else ""
            said = f"{tag(name)} must stand before {first}{before} in {tag(self.parent)}"
            return said, f"Move {tag(name)} before {first}{before}{self._or_into(here, name)}."
        if closing := self._closing(name):
            said = f"{tag(name)} must stand before {tag(closing)} in {tag(self.parent)}"
            return said, f"Move {tag(name)} before the first {tag(closing)}."
        if name in self._met:
            said = f"{tag(self.parent)} may hold only one {tag(name)}, or none at this place"
            return said, f"Put what it holds into the first {tag(name)}, or take it out."
        if self._met and self.model.after(self._states[0], name) is not None:
            said = f"{tag(name)} cannot stand beside {tag(self._met[0])} in {tag(self.parent)}"
            into = self._or_into(here, name).removeprefix(", or p")
            return said, f"P{into}." if into else _allowed(self.whole.by_use(here))
        said = f"{tag(name)} is not allowed at this place in {tag(self.parent)}"
        return said, _allowed(self.whole.by_use(here))

    def _or_into(self, here: Sequence[str], name: str) -> str:
        usual = [c for c in self.whole.containers(here, name) if usage.is_usual_in(c, name)]
        return f", or put it into {tags(usual)}" if 0 < len(usual) <= _FEW_CONTAINERS else ""

    def _after_strangers(self, child: etree._Element, name: str, index: int | None) -> bool:
        """Go on as if the tags of the child before were out, if they should not be there.

        If what it holds does not fit it, a finding tells so when it is looked into.
        """
        if not self._met:
            return False
        before, met = self._elements[-1], self._met[-1]
        fits = self.ahead.fits_into(before, met)
        state = self.ahead.through(before, self._states[-1])
        after = None if state is None else self.model.after(state, name)
        if state is None or after is None or (fits and index is not None) or not len(before):
            return False
        if fits:
            said = f"{tag(met)} cannot stand beside {tag(name)} in {tag(self.parent)}"
            hint = _tags_out(met, f"{tag(self.parent)} may hold what is in it")
            self.findings.append(Finding(WRONG_ORDER, before, said, hint))
        self.state = state
        self._accept(child, name, after)
        return True

    def _in_place_of_first(
        self, child: etree._Element, name: str, following: Sequence[str]
    ) -> bool:
        """Go on as if the only child so far were not there, if more fits so."""
        if len(self._met) != 1:
            return False
        instead = self.model.after(self._states[0], name)
        if instead is None or self.ahead.rejected(instead, following) >= self.ahead.rejected(
            self.state, following
        ):
            return False
        first, met = self._elements[0], self._met[0]
        here = self.model.next_names(instead)
        into = self._or_into(here, met).removeprefix(", or p")
        said = f"{tag(met)} cannot stand beside {tag(name)} in {tag(self.parent)}"
        hint = f"P{into}, or take it out." if into else "Take it out."
        self.findings.append(Finding(WRONG_ORDER, first, said, hint))
        self._accept(child, name, instead)
        return True

    def _lacks_its_like(
        self, index: int, child: etree._Element, name: str, following: Sequence[str]
    ) -> bool:
        """Go on as if one more such element were missing before, if more fits so than moved."""
        moved = self.ahead.after_all(self._states[index], (name, *self._met[index:]))
        lacking = None if moved is None else self.model.after(moved, name)
        if moved is None or lacking is None:
            return False
        if self.ahead.rejected(lacking, following) >= self.ahead.rejected(moved, following):
            return False
        self.findings.append(self._lacking.before(self._elements[index], [(name,)]))
        self._accept(child, name, lacking)
        return True

    def _blocker_is_late(
        self, index: int, child: etree._Element, name: str, following: Sequence[str]
    ) -> bool:
        """Tell of the child met at ``index``, if it is the one that comes too late, and go on."""
        blocker = self._met[index]
        too_late = self.ahead.rejected(self.state, following) + 1
        if index != len(self._met) - 1:
            return False
        for place in range(index - 1, max(-1, index - too_late), -1):
            steps = (blocker, *self._met[place:index], name)
            state = self.ahead.after_all(self._states[place], steps)
            if state is not None:
                before = self._met[place]
                first = "the first " if before in self._met[place + 1 :] else ""
                said = f"{tag(blocker)} must stand before {first}{tag(before)} in "
                hint = f"Move {tag(blocker)} before {first}{tag(before)}."
                self.findings.append(
                    Finding(WRONG_ORDER, self._elements[index], said + tag(self.parent), hint)
                )
                self._accept(child, name, state)
                return True
        return False

    def _resume(
        self, index: int, child: etree._Element, name: str, following: Sequence[str]
    ) -> bool:
        """Go on as if the children met from ``index`` on came too early, if more fits so."""
        state = self.ahead.along(self._states[index], (name,))
        if self.ahead.rejected(state, following) >= self.ahead.rejected(self.state, following):
            return False
        self._accept(child, name, state)
        return True

    def _closing(self, name: str) -> str | None:
        """Return the child from which on an element that may come again and again may not."""
        if name not in self._closed_by:
            self._closed_by[name] = self._closing_now(name)
        return self._closed_by[name]

    def _closing_now(self, name: str) -> str | None:
        allowed = [self.model.after(state, name) is not None for state in self._states]
        last = next((i for i in range(len(allowed) - 1, -1, -1) if allowed[i]), None)
        if last is None or self._met[last] == name:
            return None
        fits = self.ahead.after_all(self._states[last], (name, self._met[last])) is not None
        return self._met[last] if fits else None

    def _fitting_place(self, name: str) -> int | None:
        """Return before which of the children met so far, the last, the element would fit."""
        last = len(self._met) - 1
        for index in range(last, max(-1, last - _LOOKED_AT), -1):
            steps = (name, *self._met[index:])
            if self.ahead.after_all(self._states[index], steps) is not None:
                return index
        return None


def _without(names: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Return names without the first occurrence of each of those taken."""
    rest = list(names)
    for name in taken:
        rest.remove(name)
    return rest


def _allowed(names: Sequence[str]) -> str:
    return f"Allowed here: {tags(names)}." if names else "Nothing more may follow here."


def _tags_out(name: str, because: str) -> str:
    return f"Take the tags {tag(name)} and `</{local_name(name)}>` out: {because}."
