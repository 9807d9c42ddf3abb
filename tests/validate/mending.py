"""Mends documents as the hints of their findings say, so that tests can tell whether they help."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from toolkit.diagnostics import Diagnostic, Position
from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE, tei
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.tei.positions import positions

_TAG = r"`<([\w.]+)([^`>]*?)/?>`"
_ATTRIBUTE = re.compile(r'([\w:.]+)="([^"]*)"')


def mended(text: str, finding: Diagnostic) -> str | None:
    """Return the document as the hint says; None if the hint is not concrete enough to obey."""
    document = parse(finding.file, text.encode())
    for pattern, mend in _MENDS:
        match = re.search(pattern, finding.hint)
        if match and (mend(document, finding, match) is not False):
            return etree.tostring(document.root.getroottree(), encoding="unicode")
    return None


def _at(document: ParsedDocument, finding: Diagnostic) -> etree._Element:
    """Return the element at the place of a finding, or that has the attribute there."""
    place = Position(finding.file, finding.line, finding.column)
    where = positions(document)
    for element in document.root.iter(etree.Element):
        if where.element(element) == place:
            return element
        if any(where.attribute(element, str(name)) == place for name in element.attrib):
            return element
    raise AssertionError(finding)


def _attribute_at(document: ParsedDocument, finding: Diagnostic) -> tuple[etree._Element, str]:
    element = _at(document, finding)
    place = Position(finding.file, finding.line, finding.column)
    where = positions(document)
    return element, next(
        str(name) for name in element.attrib if where.attribute(element, str(name)) == place
    )


def _text_at(
    document: ParsedDocument, finding: Diagnostic
) -> tuple[etree._Element, etree._Element | None]:
    place = Position(finding.file, finding.line, finding.column)
    where = positions(document)
    for element in document.root.iter(etree.Element):
        for after in (None, *element.iterchildren(etree.Element)):
            text = element.text if after is None else after.tail
            if (text or "").strip() and where.text(element, after) == place:
                return element, after
    raise AssertionError(finding)


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


def _rename(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element = _at(document, finding)
    element.tag = tei(match[1])
    for attribute in _ATTRIBUTE.findall(match[2]):
        element.attrib.clear()
    for name, value in _ATTRIBUTE.findall(match[2]):
        element.set(_name(name), value)


def _rename_habit(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element = _at(document, finding)
    element.attrib.clear()
    _rename(document, finding, match)


def _move_before(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element = _at(document, finding)
    siblings = list(_parent(element).iterchildren(tei(match[2])))
    before = [s for s in siblings if s in set(element.itersiblings(preceding=True))]
    target = before[0] if match[1] else before[-1]
    _take_out(element)
    target.addprevious(element)


def _move_behind(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element = _at(document, finding)
    names = re.findall(r"`<(\w+)>`", match[0])[1:]
    target = [s for name in names for s in element.itersiblings(tei(name))][-1]
    _take_out(element)
    target.addnext(element)


def _add_before(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element = _at(document, finding)
    for name in re.findall(r"`<(\w+)>`", match[1]):
        new = etree.Element(tei(name))
        element.addprevious(new)


def _add(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element = _at(document, finding)
    for name in re.findall(r"`<(\w+)>`", match[1]):
        etree.SubElement(element, tei(name))


def _wrap_text(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element, after = _text_at(document, finding)
    new = etree.Element(tei(match[1]))
    if after is None:
        new.text, element.text = element.text, None
        element.insert(0, new)
    else:
        new.text, after.tail = after.tail, None
        after.addnext(new)


def _empty(document: ParsedDocument, finding: Diagnostic, _match: re.Match[str]) -> None:
    element, _ = _text_at(document, finding)
    element.tail, element.text = (element.text or "") + (element.tail or ""), None


def _rename_attribute(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element, name = _attribute_at(document, finding)
    element.set(_name(match[1]), element.attrib.pop(name))


def _drop_attribute(document: ParsedDocument, finding: Diagnostic, _match: re.Match[str]) -> None:
    element, name = _attribute_at(document, finding)
    del element.attrib[name]


def _add_attribute(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    _at(document, finding).set(_name(match[1]), "x")


def _set_value(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element, name = _attribute_at(document, finding)
    element.set(name, match[1])


def _set_token(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element, name = _attribute_at(document, finding)
    written = re.search(r'`[\w:]+="([^"]*)"`', finding.message)
    assert written
    value = " ".join(element.get(name, "").split())
    meant = match[1]
    if value.startswith("# ") and written[1] == "#":
        value = value.replace("# ", "#")
    elif "%20" in meant:
        value = meant
    else:
        value = re.sub(rf"(?<!\S){re.escape(written[1])}(?!\S)", meant, value)
    element.set(name, value)


def _replace_date(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element, name = _attribute_at(document, finding)
    del element.attrib[name]
    for other, value in _ATTRIBUTE.findall(match[0]):
        element.set(other, value)


def _put_into(document: ParsedDocument, finding: Diagnostic, match: re.Match[str]) -> None:
    element = _at(document, finding)
    wrapper = etree.Element(tei(match[1]))
    element.addprevious(wrapper)
    tail, element.tail = element.tail, None
    wrapper.append(element)
    wrapper.tail = tail


def _unwrap(document: ParsedDocument, finding: Diagnostic, _match: re.Match[str]) -> None:
    element = _at(document, finding)
    for child in element:
        element.addprevious(child)
    text = element.text or ""
    element.text = None
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent = _parent(element)
        parent.text = (parent.text or "") + text
    _take_out(element)


def _out_of_parent(document: ParsedDocument, finding: Diagnostic, _match: re.Match[str]) -> None:
    element = _at(document, finding)
    parent = _parent(element)
    _take_out(element)
    parent.addnext(element)


def _namespace(document: ParsedDocument, finding: Diagnostic, _match: re.Match[str]) -> None:
    for element in _at(document, finding).iter("*"):
        element.tag = f"{{{TEI_NAMESPACE}}}{etree.QName(element).localname}"


_Mend = Callable[[ParsedDocument, Diagnostic, re.Match[str]], None | bool]
# In this order: what is more exact comes first.
_MENDS: list[tuple[str, _Mend]] = [
    (r"^Move `<\w+>` before (the first )?`<(\w+)>`", _move_before),
    (r"^Move `<\w+>` behind `<.*`", _move_behind),
    (r"^Write `<([\w.]+)>` before it and", _wrap_text),
    (r"^Write `<\w+/>` and put the text behind it", _empty),
    (rf"^Write {_TAG}, and `</", _rename_habit),
    (rf"^Write {_TAG}[,.]", _rename),
    (r"^Write `([\w:]+)`, or take the attribute out", _rename_attribute),
    (r"^(?:Take the attribute out|Join it with|Keep one of them)", _drop_attribute),
    (r'^Add ([\w:]+)="…" to the tag', _add_attribute),
    (r"^Add one of `<(\w+)>`", _add),
    (r"^Add ((?:`<\w+>`(?:,| and)? ?)+)(?:, or another of these)? ?before ", _add_before),
    (r"^Add ((?:`<\w+>`(?:,| and)? ?)+)", _add),
    (r"^Put it into `<(\w+)>`", _put_into),
    (r"^Take the tags", _unwrap),
    (r"^(?:Close the|Move it behind)", _out_of_parent),
    (r"^(?:Write xmlns=|Take the declaration)", _namespace),
    (r"^Did you mean “([^”]+)”\? Write", _set_value),
    (r'^Write from="[^"]+" and to="[^"]+" in place', _replace_date),
    (r"^Write one of them: (\w+)", _set_value),
    (r"^Write .* such as ([^\s,()]+)", _set_value),
    (r"^Write YYYY", lambda d, f, m: _attribute_at(d, f)[0].set(_attribute_at(d, f)[1], "1900")),
    (r"such as “([^”]+)”", _set_value),
    (r"^Write “([^”]+)”", _set_token),
]
