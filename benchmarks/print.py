"""Print: a letter, a volume of 200 pages, one of 2,000, against WeasyPrint on the same text.

Usage: python benchmarks/print.py [--letters N ...] [--jobs N] [--weasyprint PYTHON] [--keep FOLDER]

The editions are those of benchmarks/site.py: letters with notes and deletions, three registers. For
each number of letters they are set as one volume (one letter: as a PDF by itself) from TEI to the
finished file, with the search for lost words. PYTHON is an interpreter that has WeasyPrint; it gets
the same text as HTML made beforehand, with page numbers in contents and registers, running heads
and footnotes, and looks for nothing afterwards. Seconds are those of the wall clock; beside them
stand those of the processors, which a busy machine changes less.
"""

from __future__ import annotations

import argparse
import html
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypdf
from lxml import etree

from benchmarks.site import make_edition
from toolkit.publish import DocumentEntry, Publication
from toolkit.publish.part import FOLDER, read_parts
from toolkit.publish.printing import PRINT_NAMESPACE
from toolkit.publish.volume import assemble

_ROOT = Path(__file__).resolve().parent.parent
_PRINT = f"{{{PRINT_NAMESPACE}}}"
_STYLE = """
@page { size: 170mm 240mm; margin: 26mm 38mm 24mm 24mm; @top-center { content: string(title) }
  @bottom-center { content: counter(page) } @footnote { border-top: 0.4pt solid black } }
body { font: 10.5pt/1.4 serif; text-align: justify; hyphens: auto }
p { margin: 0; text-indent: 1.2em }
h1 { break-before: page; string-set: title content(); font-weight: normal }
.note { float: footnote; font-size: 8.5pt }
del { text-decoration: line-through }
.entry a::after { content: target-counter(attr(href), page) }
.entry a { text-decoration: none; color: inherit; margin-left: 0.6em }
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, nargs="+", default=[1, 70, 700])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--weasyprint", metavar="PYTHON")
    parser.add_argument("--keep", type=Path, help="make the editions here and leave them")
    arguments = parser.parse_args()
    print("what", "letters", "pages", "seconds", "of processors", "MB of the largest", sep="\t")
    with tempfile.TemporaryDirectory() as scratch:
        for letters in arguments.letters:
            folder = (arguments.keep or Path(scratch)) / str(letters)
            make_edition(folder, letters)
            _measure_toolkit(folder, letters, arguments.jobs)
            if arguments.weasyprint:
                _measure_weasyprint(folder, letters, arguments.weasyprint)


def _measure_toolkit(folder: Path, letters: int, jobs: int) -> None:
    output = "pdf" if letters == 1 else "volume"
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "publish", "--quiet"]
    command += ["--jobs", str(jobs), "--edition", str(folder), "--to", output]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    made = folder / "output" / ("letter-00000.pdf" if letters == 1 else "edition/volume.pdf")
    _measure("toolkit", letters, command, made, environment)


def _measure_weasyprint(folder: Path, letters: int, python: str) -> None:
    source, made = folder / "volume.html", folder / "weasyprint.pdf"
    source.write_text(_html(folder), "utf-8")
    command = [python, "-m", "weasyprint", "--quiet", str(source), str(made)]
    _measure("WeasyPrint", letters, command, made, dict(os.environ))


def _measure(
    what: str, letters: int, command: list[str], made: Path, environment: dict[str, str]
) -> None:
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{what} failed")
    # Memory is that of the process itself: the one that sets the volume.
    pages = len(pypdf.PdfReader(made).pages)
    worked = used.ru_utime + used.ru_stime
    figures = (f"{seconds:.2f}", f"{worked:.2f}", f"{used.ru_maxrss / 1024:.0f}")
    print(what, letters, pages, *figures, sep="\t", flush=True)


def _html(folder: Path) -> str:
    """Return the text of the volume, as the print vocabulary has it, as HTML."""
    kept = folder / "output" / FOLDER / "documents"
    files = sorted(kept.glob("*.json")) or [_part(folder)]
    parts = read_parts(file.read_bytes() for file in files)
    entries = tuple(DocumentEntry(part.stem, part.stem) for part in parts)
    printed = assemble(parts, Publication(title="Letters", documents=entries), file="volume")
    body = "".join(_elements(etree.fromstring(printed.encode())))
    return f"<html lang=en><meta charset=utf-8><style>{_STYLE}</style><body>{body}</body></html>"


def _part(folder: Path) -> Path:
    """Make the only document of the edition ready, and return where it lies."""
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "publish", "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    command += ["--edition", str(folder), "--to", "volume"]
    subprocess.run(command, check=True, env=environment)
    return next((folder / "output" / FOLDER / "documents").glob("*.json"))


def _elements(root: etree._Element) -> Iterator[str]:
    mentions: dict[str, list[str]] = {}
    for document in root.iter(f"{_PRINT}document"):
        yield f"<h1>{html.escape(document.get('title', ''))}</h1>"
        for block in document.iter(f"{_PRINT}block"):
            if block.getparent().tag != f"{_PRINT}note":  # type: ignore[union-attr]
                yield f"<p>{''.join(_runs(block, mentions))}</p>"
    for register in root.iter(f"{_PRINT}index-list"):
        yield f"<h1>{html.escape(register.get('title', ''))}</h1>"
        for entry in register:
            links = (f'<a href="#{place}"></a>' for place in mentions.get(entry.get("key", ""), ()))
            yield f'<p class="entry">{"".join(_runs(entry, mentions))}{"".join(links)}</p>'


def _runs(block: etree._Element, mentions: dict[str, list[str]]) -> Iterator[str]:
    for run in block:
        if run.tag == f"{_PRINT}t":
            text = html.escape(run.text or "")
            yield f"<del>{text}</del>" if "deleted" in run.get("style", "") else text
        elif run.tag == f"{_PRINT}note":
            blocks = ("".join(_runs(inner, mentions)) for inner in run)
            yield f'<span class="note">{" ".join(blocks)}</span>'
        elif run.tag == f"{_PRINT}index":
            places = mentions.setdefault(run.get("key", ""), [])
            places.append(f"m{id(places)}-{len(places)}")
            yield f'<a id="{places[-1]}"></a>'


if __name__ == "__main__":
    main()
