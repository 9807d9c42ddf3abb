"""The RELAX NG engine against Jing, in the same run: whole processes, schema loading included.

Usage: python benchmarks/relaxng.py SCHEMA FILE_OR_FOLDER... [--jing PATH/jing.jar]

Each figure is the best of three runs. The engine is run with a cold cache (the schema is read and
compiled), with a warm one, and in one process that is warm altogether (throughput a core).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from toolkit.validate.relaxng import load_schema

_ROOT = Path(__file__).resolve().parent.parent
_ONE_PROCESS = """
import sys
from pathlib import Path
from toolkit.validate.relaxng import load_schema
schema = load_schema(Path(sys.argv[1]), Path(sys.argv[2]))
for name in sys.argv[3:]:
    schema.validate(Path(name).read_bytes(), name)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schema", type=Path)
    parser.add_argument("inputs", type=Path, nargs="+")
    parser.add_argument("--jing", type=Path, help="jing.jar, to compare with")
    arguments = parser.parse_args()
    files = [path for given in arguments.inputs for path in _files(given)]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{len(files)} files, {size:.2f} MB, schema {arguments.schema.name}")
    with tempfile.TemporaryDirectory() as cache:
        _measure(arguments.schema, files, size, Path(cache))
    if arguments.jing is not None:
        command = ["java", "-jar", str(arguments.jing), str(arguments.schema), *map(str, files)]
        print(f"Jing, whole process: {_best(lambda: _run(command)):8.3f} s")


def _measure(schema: Path, files: list[Path], size: float, cache: Path) -> None:
    command = [sys.executable, "-c", _ONE_PROCESS, str(schema), str(cache), *map(str, files)]
    start = time.perf_counter()
    _run(command)
    print(f"cold cache, whole process: {time.perf_counter() - start:8.3f} s")
    print(f"warm cache, whole process: {_best(lambda: _run(command)):8.3f} s")
    start = time.perf_counter()
    loaded = load_schema(schema)
    print(f"schema read and compiled:  {time.perf_counter() - start:8.3f} s")
    print(f"schema from the cache:     {_best(lambda: load_schema(schema, cache)):8.3f} s")
    contents = [(path.read_bytes(), str(path)) for path in files]

    def validate() -> None:
        for content, name in contents:
            loaded.validate(content, name)

    validate()
    seconds = _best(validate)
    print(f"warm throughput:           {size / seconds:8.1f} MB/s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a process:  {peak:8.0f} MB")


def _files(given: Path) -> Iterator[Path]:
    yield from sorted(given.rglob("*.xml")) if given.is_dir() else [given]


def _run(command: list[str]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    subprocess.run(command, env=environment, capture_output=True, check=False)


def _best(task: Callable[[], object]) -> float:
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
