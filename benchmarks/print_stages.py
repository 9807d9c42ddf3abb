"""Where the time of print goes: the stages of a letter or a volume, and what each takes.

Usage: python benchmarks/print_stages.py [--letters N]

The edition is that of benchmarks/site.py, set in this process. A stage is named by the function
that does it; those further in stand in those before them too (``_compile`` in ``transform``, and
both in ``make_part``). Seconds are those of the processors.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.site import make_edition

_STAGES = {
    "toolkit.edition": ("load_edition",),
    "toolkit.xslt": ("_processor", "_compile"),
    "toolkit.publish.printing": ("prepare", "transform"),
    "toolkit.publish.part": ("print_document", "unprinted_words"),
    "toolkit.publish.outputs.volume": ("make_part", "make_volume"),
    "toolkit.publish.volume": ("assemble", "choose_fonts", "typeset_keyed", "read_pdf"),
    "toolkit.publish.outputs.pdf": ("print_document", "choose_fonts", "typeset_keyed", "read_pdf"),
}


def main() -> None:
    """Set the edition, and print what each stage took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1)
    letters = parser.parse_args().letters
    seconds: defaultdict[str, float] = defaultdict(float)
    calls: Counter[str] = Counter()
    for module, names in _STAGES.items():
        for name in names:
            _measure(module, name, seconds, calls)
    loaded = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        make_edition(Path(folder), letters)
        began = time.process_time()
        _publish(folder, "pdf" if letters == 1 else "volume")
        whole = time.process_time() - began
    print(f"{loaded:8.2f}        to load the program")
    for stage, spent in seconds.items():
        print(f"{spent:8.2f} {calls[stage]:6} {stage}")
    print(f"{whole:8.2f}        all but loading")


def _publish(folder: str, output: str) -> None:
    from toolkit.cli import main as tei

    arguments = ["publish", "--quiet", "--jobs", "1", "--edition", folder, "--to", output]
    sys.argv = ["tei", *arguments]
    try:
        tei()
    except SystemExit as end:
        if end.code:
            raise


def _measure(module: str, name: str, seconds: defaultdict[str, float], calls: Counter[str]) -> None:
    """Let a function of a module count what it takes."""
    place = import_module(module)
    function: Callable[..., Any] = getattr(place, name)
    stage = f"{module.removeprefix('toolkit.')}: {name}"

    def measured(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        began = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            seconds[stage] += time.process_time() - began
            calls[stage] += 1

    setattr(place, name, measured)


if __name__ == "__main__":
    main()
