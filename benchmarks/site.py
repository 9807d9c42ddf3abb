"""A site of many letters: built whole, built again after one letter changed, and compared.

Usage: python benchmarks/site.py [--letters N] [--jobs N] [--keep FOLDER]

The edition is made up, the same each time: letters of about 500 words with notes, deletions and
page breaks, persons, places and organisations in three registers. Seconds are those of whole
processes (``tei publish``); the pages made after the change are compared, byte for byte, with those
of a site made from nothing.

Seconds are those of the wall clock; beside them stand those of the processors, all processes
together, which a busy machine changes less.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_TEI = "http://www.tei-c.org/ns/1.0"
_SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "ru", "ar", "en", "ik", "ol")
_SETTINGS = """title = "Letters"
language = "en"
description = "Made up, to measure with."
outputs = ["html"]
"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="make the edition here and leave it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch) / "edition"
        make_edition(folder, arguments.letters)
        print("step", "seconds", "of processors", "MB of the largest process", sep="\t")
        _measure("whole site", folder, folder / "output", arguments.jobs)
        _measure("nothing changed", folder, folder / "output", arguments.jobs)
        letter = sorted((folder / "tei").glob("*.xml"))[arguments.letters // 2]
        for what, old, new in (
            ("one word changed", "<p>", "<p>Changed "),
            ("one title changed", "<title>", "<title>Changed "),
        ):
            letter.write_text(letter.read_text("utf-8").replace(old, new, 1), "utf-8")
            _measure(what, folder, folder / "output", arguments.jobs)
        _measure("whole site again", folder, Path(scratch) / "again", arguments.jobs)
        same = _bytes(folder / "output") == _bytes(Path(scratch) / "again")
        print("the same bytes:", "yes" if same else "no")
    return 0 if same else 1


def make_edition(folder: Path, letters: int) -> None:
    """Make an edition of made-up letters in ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    chance = random.Random(1837)  # noqa: S311
    vocabulary = [_word(chance) for _ in range(6000)]
    (folder / "tei" / "registers").mkdir(parents=True)
    (folder / "edition.toml").write_text(_SETTINGS, "utf-8")
    entries = {
        "persons": [_person(chance, vocabulary, n) for n in range(400)],
        "places": [_place(chance, vocabulary, n) for n in range(150)],
        "organisations": [_organisation(chance, vocabulary, n) for n in range(50)],
    }
    for (stem, made), name in zip(
        entries.items(), ("listPerson", "listPlace", "listOrg"), strict=True
    ):
        content = "\n".join(source for _, source in made)
        text = f"<text><body><{name}>\n{content}\n</{name}></body></text>"
        (folder / "tei" / "registers" / f"{stem}.xml").write_text(
            f'<TEI xmlns="{_TEI}">{_header(stem.capitalize())}{text}</TEI>', "utf-8"
        )
    names = {stem: [name for name, _ in made] for stem, made in entries.items()}
    for number in range(letters):
        (folder / "tei" / f"letter-{number:05}.xml").write_text(
            _letter(chance, vocabulary, names, number), "utf-8"
        )


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(1, 4)))


def _person(chance: random.Random, vocabulary: list[str], number: int) -> tuple[str, str]:
    name = f"{chance.choice(vocabulary).title()} {chance.choice(vocabulary).title()}"
    return name, (
        f'<person xml:id="persons-{number}"><persName>{name}</persName>'
        f'<birth when="{chance.randint(1760, 1820)}"/><idno type="GND">{chance.randint(1, 10**9)}'
        f"</idno><note>{_sentence(chance, vocabulary)}</note></person>"
    )


def _place(chance: random.Random, vocabulary: list[str], number: int) -> tuple[str, str]:
    name = chance.choice(vocabulary).title()
    where = f"{chance.uniform(40, 60):.3f} {chance.uniform(-5, 30):.3f}"
    return name, (
        f'<place xml:id="places-{number}"><placeName>{name}</placeName>'
        f"<location><geo>{where}</geo></location></place>"
    )


def _organisation(chance: random.Random, vocabulary: list[str], number: int) -> tuple[str, str]:
    name = f"Society of {chance.choice(vocabulary).title()}"
    return name, f'<org xml:id="organisations-{number}"><orgName>{name}</orgName></org>'


def _letter(
    chance: random.Random, vocabulary: list[str], names: dict[str, list[str]], number: int
) -> str:
    sender, recipient = (_name(chance, names, "persons") for _ in range(2))
    place = _name(chance, names, "places")
    when = f"{chance.randint(1800, 1850)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    correspondence = (
        f'<correspDesc><correspAction type="sent">{sender}{place}<date when="{when}"/>'
        f'</correspAction><correspAction type="received">{recipient}</correspAction></correspDesc>'
    )
    paragraphs = "\n".join(_paragraph(chance, vocabulary, names, page) for page in range(8))
    return (
        f'<TEI xmlns="{_TEI}">{_header(f"Letter {number}", correspondence)}<text><body>\n'
        f"<opener><dateline>{place}</dateline><salute>{_sentence(chance, vocabulary)}</salute>"
        f"</opener>\n{paragraphs}\n<closer><signed>{sender}</signed></closer></body></text></TEI>"
    )


def _header(title: str, profile: str = "") -> str:
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt>"
        "<p>Made up.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc>"
        f'<profileDesc>{profile}<textClass><keywords><term type="genre">letter</term></keywords>'
        "</textClass></profileDesc></teiHeader>"
    )


def _paragraph(
    chance: random.Random, vocabulary: list[str], names: dict[str, list[str]], page: int
) -> str:
    sentences = [_sentence(chance, vocabulary) for _ in range(5)]
    sentences.insert(1, _name(chance, names, "persons"))
    sentences.insert(3, _name(chance, names, chance.choice(("places", "organisations"))))
    if page % 3 == 2:
        sentences.insert(2, f'<pb n="{page}"/><del>{chance.choice(vocabulary)}</del>')
        sentences.append(f'<note place="foot">{_sentence(chance, vocabulary)}</note>')
    return f"<p>{' '.join(sentences)}</p>"


def _name(chance: random.Random, names: dict[str, list[str]], stem: str) -> str:
    element = {"persons": "persName", "places": "placeName", "organisations": "orgName"}[stem]
    number = chance.randrange(len(names[stem]))
    target = f"registers/{stem}.xml#{stem}-{number}"
    return f'<{element} ref="{target}">{names[stem][number]}</{element}>'


def _sentence(chance: random.Random, vocabulary: list[str]) -> str:
    words = chance.choices(vocabulary, k=chance.randint(8, 16))
    return f"{' '.join(words).capitalize()}."


def _measure(what: str, folder: Path, output: Path, jobs: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "publish", "--quiet"]
    command += ["--jobs", str(jobs), "--edition", str(folder), "--output", str(output)]
    start, before = time.perf_counter(), _processors()
    subprocess.run([*command, "--to", "html"], check=True, env=environment, cwd=folder)
    seconds = time.perf_counter() - start
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    worked = _processors() - before
    print(what, f"{seconds:.2f}", f"{worked:.2f}", f"{largest:.0f}", sep="\t", flush=True)


def _processors() -> float:
    """Return the seconds that processes this one has waited for kept processors busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name != ".tei-build.json"
    }


if __name__ == "__main__":
    sys.exit(main())
