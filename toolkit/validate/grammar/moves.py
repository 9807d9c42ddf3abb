"""An element that is missing in one place and stands in another: one mistake, not two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from toolkit.tei.names import local_name
from toolkit.validate.grammar.findings import NOT_ALLOWED, WRONG_ORDER, Finding
from toolkit.validate.grammar.words import tag


def with_moves(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings; of an element missing where another finding has it, that one alone."""
    astray = [finding for finding in findings if finding.kind in (NOT_ALLOWED, WRONG_ORDER)]
    moved: dict[int, Finding] = {}
    for finding in findings:
        lack = finding.lack
        if lack is None:
            continue
        found = next(
            (
                other
                for other in astray
                if id(other) not in moved
                and other.element.tag in lack.names
                and _is_near(other, lack.element)
            ),
            None,
        )
        if found is not None:
            moved[id(found)] = finding
    told = {id(finding) for finding in moved.values()}
    for finding in findings:
        if id(finding) in moved:
            yield _moved(finding, moved[id(finding)])
        elif id(finding) not in told:
            yield finding


def _is_near(astray: Finding, lacking: etree._Element) -> bool:
    """Tell whether an element stands within the one that lacks it, or beside or around that.

    One that stands in the wrong order only must follow next: it may be meant where it is.
    """
    element = astray.element
    if astray.kind is WRONG_ORDER:
        return lacking in element.itersiblings(preceding=True)
    holder = element.getparent()
    return (
        lacking in element.iterancestors()
        or holder is lacking.getparent()
        or (holder is not None and holder in lacking.iterancestors())
    )


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
