"""What ``tei review`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from toolkit.annotate import review_as_json
from toolkit.diagnostics import Diagnostic
from toolkit.diagnostics.colour import wanted
from toolkit.reviewing.keys import keys_of
from toolkit.reviewing.review import Folders, Review
from toolkit.reviewing.screen import Screen, counted, still_open
from toolkit.reviewing.terminal import NO_NAMES, Conversation

FORMATS = ("text", "json")


def listed(folders: Folders, format_: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the names that wait, as text or JSON, and what is amiss with the decisions.

    Raises:
        DiagnosticError: a file cannot be read (F0xx, X0xx), or has mistakes (A013, A015).
    """
    review = Review(folders)
    forms = review.waiting()
    if format_ == "json":
        return review_as_json(p for form in forms for p in form.places), review.diagnostics
    screen = Screen()
    lines = [line for form in forms for line in screen.listed(form)]
    lines.append(still_open(forms) if forms else NO_NAMES)
    return "\n".join(lines) + "\n", review.diagnostics


def take_over(folders: Folders, answers: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Take the decisions in a file over; return what to say, and what is amiss.

    Raises:
        DiagnosticError: a file cannot be read or written (F0xx, X0xx), or has mistakes (A013,
            A015).
    """
    review = Review(folders)
    count, lost = review.take_over(answers)
    said = f"{counted(count, 'decision')} taken over; {still_open(review.waiting())}"
    return said, (*review.diagnostics, *lost)


def converse(folders: Folders, input_: TextIO, output: TextIO) -> str:
    """Go through the names with an editor; return the closing line.

    Raises:
        WrongUseError: the file of decisions was changed by another program meanwhile.
        DiagnosticError: a file cannot be read or written (F0xx, X0xx), or has mistakes (A013,
            A015).
    """
    review = Review(folders)
    for diagnostic in review.diagnostics:
        output.write(f"{diagnostic.file}:{diagnostic.line}: {diagnostic.in_full}\n")
    with keys_of(input_, output) as keys:
        return Conversation(review, keys, output, colours=wanted(output)).run()
