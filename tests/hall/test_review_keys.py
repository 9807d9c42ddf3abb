"""Whatever keys an editor presses in whatever order: what the screen says is what is kept."""

from __future__ import annotations

import io
import itertools
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.hall.test_review import REGISTER
from toolkit.annotate import (
    Candidate,
    Decision,
    OpenName,
    Reason,
    decisions_as_toml,
    read_decisions,
    review_as_json,
)
from toolkit.annotate.decisions import Decisions
from toolkit.reviewing.review import Folders, Review
from toolkit.reviewing.terminal import Conversation

HEADING = re.compile(r"\[\d+ of \d+\] (\w+), (everywhere|in this document|at this place): (\d+)")
PLACE = re.compile(r"^  (tei/\w+\.xml):\d+\n    (.*)$", re.MULTILINE)
KEYS = st.lists(st.sampled_from([*"12xdpavlu?fnz"]), max_size=14)
TYPED = {"f": ("Ames",), "n": ("New Name", "person", "", "")}
"""What is typed after a key that asks for more."""


@dataclass(frozen=True)
class Folder:
    """The files of an edition under review."""

    top: Path

    @property
    def folders(self) -> Folders:
        return Folders(self.top / "annotation", self.top / "registers")

    def state(self) -> dict[str, bytes]:
        """Return what editors and their answers have written."""
        files = (*self.top.glob("registers/*"), *self.top.glob("annotation/decisions.toml"))
        return {file.name: file.read_bytes() for file in files}

    def decided(self) -> frozenset[Decision]:
        return frozenset(read_decisions(self.top / "annotation" / "decisions.toml").every)

    @classmethod
    def made(cls, top: str, decisions: str | None) -> Folder:
        made = cls(Path(top))
        for folder in ("annotation", "registers"):
            (made.top / folder).mkdir()
        (made.top / "registers" / "persons.xml").write_text(REGISTER, encoding="utf-8")
        (made.top / "annotation" / "review.json").write_text(review_as_json(names()), "utf-8")
        if decisions is not None:
            (made.top / "annotation" / "decisions.toml").write_text(decisions, "utf-8")
        return made


def names() -> Iterator[OpenName]:
    found = tuple(Candidate(f"persons.xml#{i}", "person", i, 0.5) for i in ("ann", "bob"))
    for form in ("Ames", "Bell"):
        for document in ("a", "b"):
            for before in ("once", "upon"):
                yield OpenName(
                    form, Reason.SEVERAL_ENTRIES, found, ("person",), f"tei/{document}.xml", 1,
                    f"{before} ", "",
                )  # fmt: skip


@dataclass
class Typist:
    """Presses keys, and looks at the screen and the files before each of them."""

    folder: Folder
    output: io.StringIO
    keys: list[str]
    seen: list[tuple[str, str, dict[str, bytes], frozenset[Decision]]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def key(self, options: int) -> str | None:
        del options
        key = self.keys.pop(0) if self.keys else None
        self.lines = list(TYPED.get(key or "", ()))
        shown = self.output.getvalue()
        self.seen.append((key or "", shown, self.folder.state(), self.folder.decided()))
        return key

    def line(self) -> str | None:
        return self.lines.pop(0) if self.lines else "-"


def asked(shown: str) -> tuple[str, str, str, int]:
    """Return the form, the reach, the first document and the number of places last shown."""
    heading = list(HEADING.finditer(shown))[-1]
    place = PLACE.search(shown, heading.end())
    assert place
    return heading[1], heading[2], place[1], int(heading[3])


def reach_of(decision: Decision) -> str:
    if decision.place is not None:
        return "at this place"
    return "in this document" if decision.document else "everywhere"


def typed(folder: Folder, keys: list[str]) -> Typist:
    output = io.StringIO()
    typist = Typist(folder, output, list(keys))
    Conversation(Review(folder.folders), typist, output, colours=False).run()
    return typist


BEFORE = '# By hand\n[[decision]]\nform   = "Zoe"\nno-name = true   # not sorted\n'


@settings(max_examples=examples(30), deadline=None)
@given(KEYS, st.sampled_from([None, BEFORE]))
@example([*"p111111"], None)
@example([*"pllla1u"], None)
@example([*"1uu"], BEFORE)
def test_what_the_screen_says_is_what_is_kept(keys: list[str], before: str | None) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Folder.made(top, before)
        seen = typed(folder, keys).seen
        for (key, shown, _state, decided), (_, _, _, after) in itertools.pairwise(seen):
            if key in {"1", "2", "x"} and after != decided:
                form, reach, document, _count = asked(shown)
                (new,) = after - decided
                assert (new.form, reach_of(new)) == (form, reach)
                assert (new.place.file if new.place else new.document or document) == document
                assert (new.entry is None) == (key == "x")
                assert {each for each in decided if each.is_about != new.is_about} == after - {new}
        # A later session asks about the rest, as after a kill: each answer is written at once.
        kept = Decisions(tuple(folder.decided()))
        left = {(p.form, p.place) for f in Review(folder.folders).waiting() for p in f.places}
        every = {(each.form, each.place) for each in names()}
        assert left == {(form, place) for form, place in every if not kept.holds(form, place)}


@settings(max_examples=examples(30), deadline=None)
@given(KEYS.filter(lambda keys: "u" not in keys), st.sampled_from([None, BEFORE]))
@example(["n", "1"], None)
@example(["1"], BEFORE)
@example(["p", "1", "a", "x"], None)
def test_undo_leads_back_through_the_very_same_files(keys: list[str], before: str | None) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Folder.made(top, before)
        seen = typed(folder, [*keys, *"u" * (len(keys) + 1)]).seen
        states = [state for _key, _shown, state, _decided in seen]
        forth, back = states[: len(keys) + 1], states[len(keys) + 1 :]
        assert back[-1] == forth[0]
        assert all(state in forth for state in back)


def test_after_an_interruption_the_last_place_is_asked_about_alone() -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Folder.made(top, None)
        typed(folder, ["p", "1", "1", "1"])  # of four places; then the session ends
        shown = typed(folder, ["1", "2"]).seen[1][1]  # Bell, with more places, comes first
        assert asked(shown)[:2] == ("Ames", "at this place")
        decided = [each for each in folder.decided() if each.form == "Ames"]
        assert [reach_of(each) for each in decided] == ["at this place"] * 4


def test_places_put_off_are_asked_about_with_the_others_again() -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Folder.made(top, None)
        shown = typed(folder, ["p", "l", "l", "1", "a"]).seen[-1][1]
        assert asked(shown) == ("Ames", "everywhere", "tei/a.xml", 3)


def test_decisions_that_are_undone_leave_a_file_as_its_editor_wrote_it() -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Folder.made(top, BEFORE)
        typed(folder, ["1", "u"])
        assert (folder.top / "annotation" / "decisions.toml").read_text("utf-8") == BEFORE
        assert decisions_as_toml(Decisions(tuple(folder.decided()))) != BEFORE
