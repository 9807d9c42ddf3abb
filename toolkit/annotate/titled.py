"""Forms with a title that tells a man from a woman: “Mr. Harris”, “Miss Harris”.

What editors decide about such a form is about the name behind the title.
"""

from __future__ import annotations

import re

from toolkit.annotate.titles import sex_of_title

_LAST_WORD = re.compile(r"(?:^|[\s(\[„“\"])([^\W\d_]+\.?)\s*$")


def title_before(before: str) -> str:
    """Return the title that ends a text, if it tells the sex of whom it is the title of."""
    found = _LAST_WORD.search(before)
    return found[1] if found and sex_of_title(found[1]) else ""


def without_title(form: str) -> str:
    """Return a form without the title that it begins with and that tells the sex, if any."""
    title, _, name = form.partition(" ")
    return name if name and sex_of_title(title) else form
