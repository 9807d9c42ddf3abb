"""Measure date expressions against those that editors encoded.

Reads ``gold/dates/*.jsonl`` in the folder that TEI_TOOLKIT_DATA names. Each line has the text of a
date element, the date of its document and the attributes the editors gave. The text is read as a
whole (as the content of a date element), and as a part of running text; the date read before it in
the same document is known. Right means: exactly the attributes of the editors, but for ``calendar``
and ``evidence``. Finer means: a day where the editors have a month, or a month where they have a
year.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from toolkit.dates import find_dates, normalise

_COMPARED = ("when", "from", "to", "notBefore", "notAfter")


def main() -> int:
    """Print the figures per file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", type=int, default=0, help="show so many of the wrong ones")
    options = parser.parse_args()
    folder = os.environ.get("TEI_TOOLKIT_DATA")
    if not folder:
        print("TEI_TOOLKIT_DATA is not set", file=sys.stderr)
        return 2
    print(
        "file\tall\tread\tright\tright of all\tright of read\tfiner"
        "\tfound in text\tright in text\tseconds"
    )
    for path in sorted((Path(folder) / "gold" / "dates").glob("*.jsonl")):
        measure(path, options.wrong)
    return 0


def measure(path: Path, show: int) -> None:
    """Print the figures of one file."""
    import time

    language = path.stem.rsplit("-", 1)[-1]
    language = language if language.isalpha() else "de"
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    begin = time.perf_counter()
    named: str | None = None
    document = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["file"] != document:
            document, named = entry["file"], None
        expected = _compared(entry["attrs"])
        counts["all"] += 1
        read = normalise(entry["text"], language, entry["doc"], named)
        found = find_dates(entry["text"], language, entry["doc"], named)
        counts["read"] += read is not None
        counts["right"] += read is not None and _compared(read.attributes) == expected
        counts["finer"] += read is not None and _finer(read.attributes, expected)
        if read is not None and len(read.attributes.get("when", "")) > len("1959"):
            named = read.attributes["when"]
        counts["found"] += bool(found)
        counts["right in text"] += any(_compared(f.attributes) == expected for f in found)
        if read is None or _compared(read.attributes) != expected:
            given = None if read is None else _compared(read.attributes)
            wrong[f"{entry['text']!r} ({entry['doc']}): {given}, editors {expected}"] += 1
    seconds = time.perf_counter() - begin
    print(
        f"{path.stem}\t{counts['all']}\t{counts['read']}\t{counts['right']}"
        f"\t{counts['right'] / max(counts['all'], 1):.3f}"
        f"\t{counts['right'] / max(counts['read'], 1):.3f}\t{counts['finer']}"
        f"\t{counts['found']}\t{counts['right in text']}\t{seconds:.2f}"
    )
    for text, times in wrong.most_common(show):
        print(f"    {times}x {text}")


def _finer(read: Mapping[str, str], expected: Mapping[str, str]) -> bool:
    """Tell whether a value says more than that of the editors, who did not err in form."""
    said, editors = read.get("when"), expected.get("when")
    return bool(said and editors and len(said) > len(editors) and "-" in said[1:])


def _compared(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: attributes[name] for name in _COMPARED if name in attributes}


if __name__ == "__main__":
    raise SystemExit(main())
