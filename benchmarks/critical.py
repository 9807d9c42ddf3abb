"""How long a critical edition takes to set, with its apparatus keyed to lines.

    python benchmarks/critical.py [--pages 200]

The text is made up, the same at each run: on a page about seven entries of the apparatus, and two
notes of the author and of the editors, some of them long. Told are the pages, the times by the
clock and of the processor, from TEI to the checked PDF, and the most memory that was held (Linux).
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import time

import pypdf

from toolkit.publish.outputs.pdf import publish_document
from toolkit.publish.publication import Publication
from toolkit.tei.parse import parse

WORDS = (
    *("arma", "virumque", "cano", "Troiae", "qui", "primus", "ab", "oris", "Italiam", "fato"),
    *("profugus", "Laviniaque", "venit", "litora", "multum", "ille", "et", "terris", "iactatus"),
    *("alto", "vi", "superum", "saevae", "memorem", "Iunonis", "ob", "iram", "multa", "quoque"),
)
CHARACTERS_OF_PAGE = 1650
HEADER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="la"><teiHeader><fileDesc><titleStmt>'
    "<title>Opera</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>"
)


class Text:
    """A text with notes that comes out alike each time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (no secret)

    def words(self, least: int, most: int) -> str:
        """Return some words."""
        return " ".join(self._random.choices(WORDS, k=self._random.randint(least, most)))

    def entry(self) -> str:
        """Return words with variants."""
        length = self._random.choice((1, 1, 1, 2, 3, 8))
        second = f'<rdg wit="#B #C">{self.words(1, 3)}</rdg>' if self._random.random() < 0.6 else ""
        lemma = self.words(length, length)
        return f'<app><lem>{lemma}</lem><rdg wit="#A">{self.words(1, 2)}</rdg>{second}</app>'

    def note(self) -> str:
        """Return a note of the editors, or (seldom) of the author."""
        if self._random.random() < 0.2:
            return f'<note type="annotation" place="foot">{self.words(4, 15)}.</note>'
        longest = 300 if self._random.random() < 0.05 else 40
        return f'<note type="editorial">{self.words(4, longest)}.</note>'

    def paragraph(self) -> str:
        """Return a paragraph with entries and notes."""
        pieces = []
        for _ in range(self._random.randint(2, 6)):
            note = self.note() if self._random.random() < 0.3 else ""
            pieces.append(f"{self.words(8, 25)} {self.entry()} {self.words(4, 18)}.{note}")
        return f"<p>{' '.join(pieces)}</p>"


def critical_edition(pages: int) -> bytes:
    """Return TEI of about so many pages."""
    text = Text(pages)
    divisions, length = [], 0
    while length < pages * CHARACTERS_OF_PAGE * 2:
        paragraphs = "".join(text.paragraph() for _ in range(12))
        divisions.append(f"<div><head>{text.words(2, 4)}</head>{paragraphs}</div>")
        length += len(paragraphs)
    return (HEADER + "".join(divisions) + "</body></text></TEI>").encode()


def main() -> None:
    """Set the edition, and tell what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    content = critical_edition(parser.parse_args().pages)
    document = parse("critical.xml", content)
    clock, processor = time.perf_counter(), time.process_time()
    made = publish_document("critical", document, Publication(title="Opera"))
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    pages = len(pypdf.PdfReader(io.BytesIO(made.files["critical.pdf"])).pages)
    entries = content.count(b"<app>") + content.count(b"<note ")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    findings = ", ".join(found.code for found in made.diagnostics) or "none"
    print(f"{pages} pages, {entries} notes, findings: {findings}")
    print(f"{clock:.1f} s by the clock, {processor:.1f} s of the processor, {memory} MB")


if __name__ == "__main__":
    main()
