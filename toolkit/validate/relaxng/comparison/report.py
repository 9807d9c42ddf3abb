"""A comparison told to people, and to programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.relaxng.comparison.differences import (
    Comparison,
    Difference,
    Finding,
    NotCompared,
)
from toolkit.validate.relaxng.nameclass import UNMENTIONED, clark, local_of, namespace_of

_FEW = 3
_LONGEST = 160
_LONGEST_VALUE = 60
_WIDTH = 100
_DEFAULT = re.compile(r' xmlns="[^"]*"')


def as_text(comparison: Comparison, first: str, second: str) -> str:
    """Return the comparison in plain words; the schemas are called A and B."""
    lines = [f"A: {first}", f"B: {second}", "", *_verdict(comparison)]
    for side in ("A", "B"):
        found = [f for f in comparison.findings if f.first_only == (side == "A")]
        if found:
            lines += ["", f"Only {side} accepts:"]
            lines += [line for group in _grouped(found) for line in _told(group, side)]
    if comparison.not_compared:
        lines += ["", "Not compared:", *map(_undecided, comparison.not_compared)]
    return "\n".join(lines) + "\n"


def as_json(comparison: Comparison, first: str, second: str) -> str:
    """Return the comparison as a JSON object; names are in Clark notation."""
    told = {
        "A": first,
        "B": second,
        "same": comparison.same,
        "allOfAInB": comparison.first_within_second,
        "allOfBInA": comparison.second_within_first,
        "elementsCompared": comparison.elements,
        "differences": [_as_object(finding) for finding in comparison.findings],
        "notCompared": [
            {
                "path": _names(each.path),
                "attribute": clark(each.attribute),
                "A": each.first,
                "B": each.second,
            }
            for each in comparison.not_compared
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_object(finding: Finding) -> dict[str, object]:
    is_named = finding.kind not in (Difference.VALUE, Difference.CONTENT)
    return {
        "difference": str(finding.kind),
        "acceptedBy": "A" if finding.first_only else "B",
        "subject": _names(finding.subject) if is_named else list(finding.subject),
        "attribute": clark(finding.attribute),
        "unknownToTheOther": finding.is_new,
        "places": [
            {"path": _names(place.path), "after": _names(place.after)} for place in finding.places
        ],
        "element": finding.element,
        "document": finding.document,
    }


def _names(names: Iterable[str]) -> list[str]:
    return [clark(name.replace(UNMENTIONED, "other")) for name in names]


# In words.


def _verdict(comparison: Comparison) -> list[str]:
    number = comparison.elements
    count = f"{number} {'element' if number == 1 else 'elements'} compared"
    if comparison.same:
        return [f"A and B accept the same documents ({count})."]
    if not comparison.findings:
        return [f"No difference was found ({count}), but not all could be compared."]
    if comparison.first_within_second:
        return [f"A and B differ: B accepts all that A accepts, and more ({count})."]
    if comparison.second_within_first:
        return [f"A and B differ: A accepts all that B accepts, and more ({count})."]
    return [f"A and B differ ({count})."]


def _grouped(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """Return findings about the same elements together: what may come in them, or be on them."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        together = finding.kind in (Difference.CHILD, Difference.ATTRIBUTE)
        key = (finding.kind, finding.is_new, *sorted(_inside(finding))) if together else finding
        groups.setdefault(key, []).append(finding)
    return groups.values()


def _told(group: list[Finding], side: str) -> Iterator[str]:
    finding = group[0]
    yield from _wrapped(_sentence(group, "B" if side == "A" else "A"))
    place = finding.places[0]
    if finding.kind == Difference.ROOT:
        return
    after = f" after {_shown(place.after[-1])}" if place.after else ""
    line = f"    {'/'.join(map(local, place.path))}{after}"
    if finding.element:
        shown = _DEFAULT.sub("", finding.element, count=1)
        line += f": {_cut(shown, _LONGEST)}"
    yield line


def _sentence(group: list[Finding], other: str) -> str:
    finding = group[0]
    if len(group) == 1:
        subject = _subject(finding)
    else:
        subject = _listed([_named(each.subject[0], finding.kind) for each in group])
    if finding.kind == Difference.ATTRIBUTE:
        subject = f"the attribute{'s' if len(group) > 1 else ''} {subject}"
    where = _where(finding)
    if finding.kind == Difference.IDENTIFIER:
        return f"{subject}{where}; in {other} it is an identifier or refers to one"
    if not finding.is_new:
        return f"{subject}{where}"
    kind = "attribute" if finding.kind == Difference.ATTRIBUTE else "element"
    return f"{subject}{where}; {other} has no such {kind}{'s' if len(group) > 1 else ''}"


def _named(name: str, kind: Difference) -> str:
    return _attribute(name) if kind == Difference.ATTRIBUTE else _shown(name)


def _wrapped(sentence: str) -> list[str]:
    return wrap(
        sentence,
        _WIDTH,
        initial_indent="  ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _subject(finding: Finding) -> str:
    subject = finding.subject
    match finding.kind:
        case Difference.ROOT:
            return f"{_shown(subject[0])} as outermost element"
        case Difference.CHILD:
            return _shown(subject[0])
        case Difference.END:
            return "nothing more"
        case Difference.TEXT:
            return "text"
        case Difference.CONTENT:
            return f"the text {_quoted(subject[0])}"
        case Difference.ATTRIBUTE:
            return _attribute(subject[0])
        case Difference.OPTIONAL:
            return f"no {' or '.join(map(_attribute, subject))}" if subject else "no attribute"
        case Difference.VALUE:
            return f"{_attribute(finding.attribute)} with {', '.join(map(_quoted, subject))}"
        case Difference.COMBINATION:
            return f"the attributes {' with '.join(map(_attribute, subject))}"
        case Difference.IDENTIFIER:
            return f"any value of {_attribute(subject[0])}"


def _quoted(value: str) -> str:
    return f"“{_cut(value, _LONGEST_VALUE)}”"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _where(finding: Finding) -> str:
    inside = _inside(finding)
    if finding.kind == Difference.ROOT or not inside:
        return ""
    preposition = "in" if finding.kind in _OF_CONTENT else "on"
    return f" {preposition} {_few(inside)}"


def _inside(finding: Finding) -> list[str]:
    """Return the elements that a finding is about."""
    return list(dict.fromkeys(place.path[-1] for place in finding.places if place.path))


_OF_CONTENT = frozenset({Difference.CHILD, Difference.END, Difference.TEXT, Difference.CONTENT})


def _few(names: list[str]) -> str:
    shown = list(map(_shown, names[:_FEW]))
    if len(names) > _FEW:
        more = len(names) - _FEW
        return f"{', '.join(shown)} and {more} {'other' if more == 1 else 'others'}"
    return _listed(shown)


def _listed(shown: list[str]) -> str:
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _undecided(each: NotCompared) -> str:
    of = f"{_attribute(each.attribute)} on " if each.attribute else "the content of "
    first, second = (_cut(side, _LONGEST) for side in (each.first, each.second))
    return f"  {of}{'/'.join(map(local, each.path))}: {first} against {second}"


def local(name: str) -> str:
    """Return the local part of a name; a name that no schema mentions is called so."""
    return "any other" if UNMENTIONED in local_of(name) else local_of(name)


def _shown(name: str) -> str:
    if name.startswith("#"):
        return "text"
    if UNMENTIONED in name:
        return "any other element"
    return f"<{local(name)}>"


def _attribute(name: str) -> str:
    if UNMENTIONED in name:
        return "any other attribute"
    prefix = "xml:" if namespace_of(name) == XML_NAMESPACE else ""
    return f"@{prefix}{local(name)}"
