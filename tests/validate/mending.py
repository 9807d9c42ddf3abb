"""Mends documents as the hints of their findings say, so that tests can tell whether they help."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from lxml import etree

from toolkit.diagnostics import Diagnostic, Position
from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE, tei
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.tei.positions import positions
from toolkit.validate.grammar.usage import habit

_TAG = r"`<([\w.]+)([^`>]*?)/?>`"
_ATTRIBUTE = re.compile(r'([\w:.]+)="([^"]*)"')


def mended(text: str, finding: Diagnostic) -> Iterator[str]:
    """Yield the document as the hint says; several, where the hint leaves the very place open.

    Nothing is yielded if the hint is not concrete enough to obey.
    """
    for pattern, mend in _MENDS:
        match = re.search(pattern, finding.hint)
        if match is None:
            continue
        for place in count() if mend in _AT_SOME_PLACE else range(1):
            document = parse(finding.file, text.encode())
            if mend(_Mending(document, finding, match, place)) is False:
                return
            yield etree.tostring(document.root.getroottree(), encoding="unicode")
        return


@dataclass(frozen=True)
class _Mending:
    document: ParsedDocument
    finding: Diagnostic
    match: re.Match[str]
    place: int

    @property
    def _position(self) -> Position:
        return Position(self.finding.file, self.finding.line, self.finding.column)

    def element(self) -> etree._Element:
        """Return the element at the place of the finding, or that has the attribute there."""
        where = positions(self.document)
        for element in self.document.root.iter(etree.Element):
            if where.element(element) == self._position or self._names_here(element):
                return element
        raise AssertionError(self.finding)

    def attribute(self) -> tuple[etree._Element, str]:
        element = self.element()
        return element, self._names_here(element)[0]

    def _names_here(self, element: etree._Element) -> list[str]:
        where = positions(self.document)
        names = map(str, element.attrib)
        return [name for name in names if where.attribute(element, name) == self._position]

    def text(self) -> tuple[etree._Element, etree._Element | None]:
        """Return the element whose text stands at the place, and the child before that text."""
        where = positions(self.document)
        for element in self.document.root.iter(etree.Element):
            for after in (None, *element.iterchildren(etree.Element)):
                text = element.text if after is None else after.tail
                if (text or "").strip() and where.text(element, after) == self._position:
                    return element, after
        raise AssertionError(self.finding)


def _name(written: str) -> str:
    prefix, colon, local = written.rpartition(":")
    return f"{{{XML_NAMESPACE}}}{local}" if colon and prefix == "xml" else local


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _take_out(element: etree._Element) -> None:
    """Take an element out of its parent, and leave what follows it."""
    tail, element.tail = element.tail, None
    parent, before = _parent(element), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    else:
        parent.text = (parent.text or "") + (tail or "")
    parent.remove(element)


# Elements.


def _rename(mending: _Mending) -> None:
    element = mending.element()
    if mending.match[2] or habit(str(element.tag)):
        element.attrib.clear()
    element.tag = tei(mending.match[1])
    for name, value in _ATTRIBUTE.findall(mending.match[2]):
        element.set(_name(name), value)


def _move_before(mending: _Mending) -> None:
    element = mending.element()
    before = list(element.itersiblings(tei(mending.match[2]), preceding=True))
    _take_out(element)
    before[-1 if mending.match[1] else 0].addprevious(element)


def _move_behind(mending: _Mending) -> None:
    element = mending.element()
    names = re.findall(r"`<(\w+)>`", mending.match[0])[1:]
    met = [next(iter(element.itersiblings(tei(name)))) for name in names]
    target = max(met, key=_parent(element).index)
    _take_out(element)
    target.addnext(element)


def _move_into(mending: _Mending) -> bool:
    element = mending.element()
    holder = _nearest(element, tei(mending.match[1]))
    _take_out(element)
    if mending.place > len(holder):
        return False
    holder.insert(mending.place, element)
    return True


def _nearest(element: etree._Element, name: str) -> etree._Element:
    """Return the nearest element of a name: around this one, or else before or behind it."""
    beside = [*element.itersiblings(name, preceding=True)][:1]
    around = [*element.iterancestors(name)][:1]
    everywhere = element.getroottree().getroot().iter(name)
    return next(iter([*around, *beside, *everywhere]))


def _move_beside(mending: _Mending) -> bool:
    element = mending.element()
    name = tei(mending.match[1])
    before = element.getprevious()
    holder = before if before is not None and before.tag == name else element.getnext()
    _take_out(element)
    if holder is None or mending.place > len(holder):
        return False
    holder.insert(mending.place, element)
    return True


def _add_before(mending: _Mending) -> None:
    for name in re.findall(r"`<(\w+)>`", mending.match[1]):
        mending.element().addprevious(etree.Element(tei(name)))


def _add(mending: _Mending) -> None:
    element = mending.element()
    for name in re.findall(r"`<(\w+)>`", mending.match[1]):
        etree.SubElement(element, tei(name))


def _put_into(mending: _Mending) -> None:
    element, extent = mending.element(), mending.match[1]
    wrapper = etree.Element(tei(mending.match[2]))
    inside = [element]
    if last := re.search(r"up to .*`<(\w+)>`", extent):
        following = list(element.itersiblings())
        end = max(i for i, each in enumerate(following) if each.tag == tei(last[1]))
        inside += following[: end + 1]
    element.addprevious(wrapper)
    wrapper.extend(inside)
    if "text behind" not in extent:
        wrapper.tail, inside[-1].tail = inside[-1].tail, None


def _unwrap(mending: _Mending) -> None:
    element = mending.element()
    if element.tag != tei(mending.match[1]):
        element = _parent(element)
    for child in element:
        element.addprevious(child)
    text, element.text = element.text or "", None
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        _parent(element).text = (_parent(element).text or "") + text
    _take_out(element)


def _out_of_parent(mending: _Mending) -> None:
    element = mending.element()
    parent = _parent(element)
    _take_out(element)
    parent.addnext(element)


def _before_parent(mending: _Mending) -> None:
    element = mending.element()
    parent = _parent(element)
    _take_out(element)
    parent.addprevious(element)


def _delete(mending: _Mending) -> None:
    _take_out(mending.element())


def _namespace(mending: _Mending) -> None:
    for element in mending.element().iter("*"):
        element.tag = f"{{{TEI_NAMESPACE}}}{etree.QName(element).localname}"


# Text.


def _wrap_text(mending: _Mending) -> None:
    element, after = mending.text()
    new = etree.Element(tei(mending.match[1]))
    if after is None:
        new.text, element.text = element.text, None
        element.insert(0, new)
    else:
        new.text, after.tail = after.tail, None
        after.addnext(new)


def _empty(mending: _Mending) -> None:
    element, _ = mending.text()
    element.tail, element.text = (element.text or "") + (element.tail or ""), None


def _number(mending: _Mending) -> None:
    element, _ = mending.text()
    element.text = None
    element.set("n", mending.match[1])


def _take_text_out(mending: _Mending) -> None:
    element, after = mending.text()
    if after is None:
        element.text = None
    else:
        after.tail = None


# Attributes.


def _rename_attribute(mending: _Mending) -> None:
    element, name = mending.attribute()
    element.set(_name(mending.match[1]), element.attrib.pop(name))


def _drop_attribute(mending: _Mending) -> None:
    element, name = mending.attribute()
    del element.attrib[name]


def _add_attribute(mending: _Mending) -> None:
    mending.element().set(_name(mending.match[1]), "x")


def _set_value(mending: _Mending) -> None:
    element, name = mending.attribute()
    element.set(name, mending.match[1])


def _set_date(mending: _Mending) -> None:
    element, name = mending.attribute()
    element.set(name, "1900")


def _set_token(mending: _Mending) -> None:
    element, name = mending.attribute()
    written = re.search(r'`[\w:]+="([^"]*)"`', mending.finding.message)
    assert written
    value = " ".join(element.get(name, "").split())
    meant = mending.match[1]
    if value.startswith("# ") and written[1] == "#":
        value = value.replace("# ", "#")
    elif "%20" in meant:
        value = meant
    else:
        value = re.sub(rf"(?<!\S){re.escape(written[1])}(?!\S)", meant, value)
    element.set(name, value)


def _replace_date(mending: _Mending) -> None:
    element, name = mending.attribute()
    del element.attrib[name]
    for other, value in _ATTRIBUTE.findall(mending.match[0]):
        element.set(other, value)


_Mend = Callable[[_Mending], bool | None]
_AT_SOME_PLACE: tuple[_Mend, ...] = (_move_into, _move_beside)
# In this order: what is more exact comes first.
_MENDS: list[tuple[str, _Mend]] = [
    (r"^Move `<[\w.]+>` into `<(\w+)>`", _move_into),
    (r"^Move it into (?:the )?`<(\w+)>`(?! or .*take it out|, or take it out)", _move_beside),
    (r"^(?:Take it out, or move it|Move it into .*, or take it out)", _take_text_out),
    (r'^Write `<\w+ n="(.*)"/>`, and the', _number),
    (r"^Move `<\w+>` before (the first )?`<(\w+)>`", _move_before),
    (r"^Move `<\w+>` behind `<.*`", _move_behind),
    (r"^Write `<([\w.]+)>` before it and", _wrap_text),
    (r"^Write `<\w+/>` and put the text behind it", _empty),
    (rf"^Write {_TAG}(?:, and `</|[,.])", _rename),
    (r"^Write `([\w:]+)`, or take the attribute out", _rename_attribute),
    (r"^(?:Take the attribute out|Join it with|Keep one of them)", _drop_attribute),
    (r'^Add ([\w:]+)="…" to the tag', _add_attribute),
    (r"^Add one of `<(\w+)>`", _add),
    (r"^Add ((?:`<\w+>`(?:,| and)? ?)+)(?:, or another of these)? ?before ", _add_before),
    (r"^Add ((?:`<\w+>`(?:,| and)? ?)+)", _add),
    (r"^Put it(.*) into `<(\w+)>`", _put_into),
    (r"^Put what it holds into the first", _delete),
    (r"^Take the tags `<(\w+)>`", _unwrap),
    (r"^(?:Close the|Move it behind)", _out_of_parent),
    (r"^Move it before `<\w+>`", _before_parent),
    (r"^(?:Write xmlns=|Take the declaration)", _namespace),
    (r"^Did you mean “([^”]+)”\? Write", _set_value),
    (r'^Write from="[^"]+" and to="[^"]+" in place', _replace_date),
    (r"^Write one of them: ([\w-]+)", _set_value),
    (r"^Write .* such as ([^\s,()]+)", _set_value),
    (r"^Write (YYYY)", _set_date),
    (r"such as “([^”]+)”", _set_value),
    (r"^Write “([^”]+)”", _set_token),
]
