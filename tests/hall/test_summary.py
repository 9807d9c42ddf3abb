"""The closing lines of a command can be read, of one document or of thousands."""

from toolkit.steps.report import Report
from toolkit.summary import summarise


def test_of_a_few_documents_each_is_told_with_what_was_recognised() -> None:
    reports = [Report("a.txt", counts={"stamp": 1, "deletion": 2}), Report("b.txt")]
    assert summarise(reports, [], "converted", with_counts=True).splitlines() == [
        "a.txt: deletion 2, stamp 1",
        "2 files converted; nothing to report.",
    ]


def test_of_many_documents_the_totals_are_told() -> None:
    reports = [
        Report(f"{number}.txt", counts={"deletion": 2, **({"stamp": 1} if number == 7 else {})})
        for number in range(2000)
    ]
    assert summarise(reports, [], "converted", with_counts=True).splitlines() == [
        "deletion: 4000 in 2000 files",
        "stamp: 1 in 1 file",
        "2000 files converted; nothing to report.",
    ]
