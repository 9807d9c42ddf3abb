"""Comparing two RELAX NG schemas: time and memory of the whole process.

Usage: python benchmarks/compare.py A B

A and B are files or names of schemas, as for tei schema compare. The time is the best of three
runs, first with an empty cache (both schemas are read and compiled), then with a warm one.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_RUNS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", metavar="A")
    parser.add_argument("second", metavar="B")
    arguments = parser.parse_args()
    schemas = (arguments.first, arguments.second)
    cold = []
    for _ in range(_RUNS):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(_seconds(schemas, cache))
    with tempfile.TemporaryDirectory() as cache:
        _seconds(schemas, cache)
        warm = [_seconds(schemas, cache) for _ in range(_RUNS)]
    print(f"empty cache: {min(cold):6.2f} s")
    print(f"warm cache:  {min(warm):6.2f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory: {peak:6.0f} MB")


def _seconds(schemas: tuple[str, str], cache: str) -> float:
    command = [sys.executable, "-c", "from toolkit.cli import main; main()"]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "TEI_TOOLKIT_CACHE": cache}
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "schema", "compare", *schemas], env=environment, capture_output=True, check=False
    )
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
