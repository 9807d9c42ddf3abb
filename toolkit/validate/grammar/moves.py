"""An element that is missing in one place and stands in another: one mistake, not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from toolkit.tei.names import local_name
from toolkit.validate.grammar.findings import NOT_ALLOWED, WRONG_ORDER, Finding, Lack
from toolkit.validate.grammar.words import tag


def with_moves(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings; of an element missing where another finding has it, that one alone."""
    astray = _Astray(findings)
    moved: dict[int, Finding] = {}
    for finding in findings:
        near = astray.near(finding.lack) if finding.lack else []
        found = next((number for number in near if number not in moved), None)
        if found is not None:
            moved[found] = finding
    told = {id(finding) for finding in moved.values()}
    for number, finding in enumerate(findings):
        if number in moved:
            yield _moved(finding, moved[number])
        elif id(finding) not in told:
            yield finding


class _Astray:
    """The findings on elements out of place, by their numbers: where they stand, and their names.

    An element that is missing is looked for within the one that lacks it, and beside or around
    that. One that stands in the wrong order only must follow next: it may be meant where it is.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._within: dict[tuple[etree._Element | None, str], list[int]] = defaultdict(list)
        self._in: dict[tuple[etree._Element | None, str], list[int]] = defaultdict(list)
        self._late: dict[tuple[etree._Element | None, str], dict[int, Finding]] = defaultdict(dict)
        for number, finding in enumerate(findings):
            element, name = finding.element, str(finding.element.tag)
            if finding.kind is WRONG_ORDER:
                self._late[element.getparent(), name][number] = finding
            elif finding.kind is NOT_ALLOWED:
                self._in[element.getparent(), name].append(number)
                for around in element.iterancestors():
                    self._within[around, name].append(number)

    def near(self, lack: Lack) -> list[int]:
        """Return which elements may be the one that is missing, in the order of findings."""
        element, found = lack.element, set[int]()
        for name in lack.names:
            found.update(self._within.get((element, name), ()))
            for around in element.iterancestors():
                found.update(self._in.get((around, name), ()))
            late = self._late.get((element.getparent(), name), {})
            found.update(n for n, each in late.items() if element in _before(each.element))
        return sorted(found)


def _before(element: etree._Element) -> Iterator[etree._Element]:
    return element.itersiblings(preceding=True)


def _moved(astray: Finding, missing: Finding) -> Finding:
    assert missing.lack is not None  # noqa: S101
    where = f"into {tag(str(missing.lack.element.tag))}"
    if missing.lack.before is not None:
        where += f", before {tag(str(missing.lack.before.tag))}"
    said = astray.message.partition(";")[0]
    wanted = tag(str(missing.lack.element.tag))
    return replace(
        astray,
        message=f"{said}; it is missing in {wanted}",
        hint=f"Move `<{local_name(str(astray.element.tag))}>` {where}.",
    )
