"""Measures conversion: megabytes a second and memory, on long prose and on many short files.

    python benchmarks/convert.py [--profile NAME] [FILE...]
    python benchmarks/convert.py --batch FILES PROCESSES

Without files, texts made here are measured: plain prose, dense notation, and many short letters.
Each figure is for one core, from text to the TEI file with its ledger, proof included. The ratio
is to the least that could be done: paragraphs put in elements and the result parsed once.

With ``--batch``, so many short letters are converted by the command, from disk to disk, by so many
processes; the memory is the most that any one of the processes held.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape

from toolkit.convert import Publication, convert, load_convention
from toolkit.diagnostics import SourceText
from toolkit.files import read_text

_PROSE = (
    "The council met on the third day, and heard the report of the committee on the harbour. "
    "It was agreed that the works should go on, and that no more money should be asked for. "
    "Mr Greave spoke against it at length, and was heard with patience by those who had stayed."
)
_DENSE = (
    "The [very] old ~~harbour~~ ^quay^ was maried [sic] to the town, a Mr [3 letters illegible]son "
    "said [?], and [underlined: never] else [margin: not so] to be seen."
)
_COMMAND = "from toolkit.cli import main; main()"
_LETTER = "\n\n".join(
    ["Riga, 3 May 1848", "Dear Sir,", *[f"{_PROSE} {_DENSE}"] * 4, "Yours,", "A. Greave"]
)


def _made() -> Mapping[str, Sequence[SourceText]]:
    prose = "\n\n".join([_PROSE] * 4000)
    dense = "\n\n".join([_DENSE] * 1500)
    return {
        "long prose": [SourceText("prose.txt", prose)],
        "dense notation": [SourceText("dense.txt", dense)],
        "short letters": [SourceText(f"{n}.txt", _LETTER) for n in range(150)],
    }


def _least(source: SourceText) -> None:
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in source.text.split("\n\n"))
    expat.ParserCreate().Parse(f"<body>{paragraphs}</body>".encode(), True)


def measure_batch(files: int, processes: int) -> str:
    """Return a line with speed and memory of the command, from disk to disk."""
    with tempfile.TemporaryDirectory() as folder:
        letters = [Path(folder, f"{number:05}.txt") for number in range(files)]
        for letter in letters:
            letter.write_text(_LETTER, encoding="utf-8")
        output = str(Path(folder, "tei"))
        command = [sys.executable, "-c", _COMMAND, "convert", *map(str, letters)]
        started = time.perf_counter()
        subprocess.run(
            [*command, "--output", output, "--jobs", str(processes), "--quiet"],
            check=False,  # the letters hold doubtful notation, which is found
            stdout=subprocess.DEVNULL,
        )
        seconds = time.perf_counter() - started
    size = files * len(_LETTER.encode()) / 1e6
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return (
        f"batch: {files} files, {size:.2f} MB, {processes} processes, {seconds:.2f} s, "
        f"{size / seconds:.2f} MB/s, at most {most:.0f} MB of memory"
    )


def measure(name: str, sources: Sequence[SourceText], profile: str) -> str:
    """Return a line with size, speed and the most memory held beside the sources."""
    convention = load_convention(profile)
    size = sum(len(source.text.encode()) for source in sources)
    convert(sources[0], convention, Publication("", ""))
    started = time.process_time()
    for source in sources:
        convert(source, convention, Publication("", ""))
    seconds = time.process_time() - started
    started = time.process_time()
    for source in sources:
        _least(source)
    least = time.process_time() - started
    tracemalloc.start()
    for source in sources[:3]:
        convert(source, convention, Publication("", ""))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (
        f"{name}: {len(sources)} files, {size / 1e6:.2f} MB, {seconds:.2f} s, "
        f"{size / 1e6 / seconds:.2f} MB/s, {1000 * seconds / len(sources):.1f} ms a file, "
        f"{seconds / least:.0f} times the least, "
        f"at most {peak / 1e6:.0f} MB of memory"
    )


def main(arguments: list[str]) -> None:
    """Measure the files that are named, or the texts made here."""
    if arguments[:1] == ["--batch"]:
        sys.stdout.write(measure_batch(*map(int, arguments[1:3])) + "\n")
        return
    profile = "default"
    if "--profile" in arguments:
        at = arguments.index("--profile")
        profile = arguments[at + 1]
        del arguments[at : at + 2]
    texts = {"files": [read_text(Path(name)) for name in arguments]} if arguments else _made()
    for name, sources in texts.items():
        sys.stdout.write(measure(name, sources, profile) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
