"""What the shipped profiles say of themselves: every example holds, every name is sound."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.convert import check, convention_names, describe, list_conventions, load_convention
from toolkit.convert.conventions.describe import tei_of_example
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.resources import SCHEMAS


def _own_rules(name: str) -> Iterator[dict[str, Any]]:
    data = json.loads((SCHEMAS / "conventions" / f"{name}.json").read_text(encoding="utf-8"))
    for kind in ("notation", "combinations", "footnotes"):
        yield from data.get(kind, ())


def _own_blocks(name: str) -> Iterator[dict[str, Any]]:
    data = json.loads((SCHEMAS / "conventions" / f"{name}.json").read_text(encoding="utf-8"))
    for kind in ("body", "anywhere"):
        yield from data.get("blocks", {}).get(kind, ())


EXAMPLES = [
    pytest.param(name, rule, example, id=f"{name}: {rule['name']}: {example['text']}")
    for name in convention_names()
    for rule in (*_own_rules(name), *_own_blocks(name))
    for example in rule.get("examples", ())
]


@pytest.mark.parametrize(("name", "rule", "example"), EXAMPLES)
def test_every_example_of_a_profile_becomes_the_tei_it_says(
    name: str, rule: dict[str, Any], example: dict[str, str]
) -> None:
    made = tei_of_example(load_convention(name), example["text"], rule.get("genre", ""))
    assert made == example["tei"]


@pytest.mark.parametrize("name", convention_names())
def test_every_notation_rule_has_an_example_and_a_sentence_for_the_header(name: str) -> None:
    for rule in _own_rules(name):
        assert rule.get("examples"), f"{name}: {rule['name']} has no example"
        assert rule.get("says"), f"{name}: {rule['name']} says nothing"


def _written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "own.json"
    file.write_text(text, encoding="utf-8")
    return str(file)


def _mistake(tmp_path: Path, text: str) -> Diagnostic:
    with pytest.raises(DiagnosticError) as failed:
        load_convention(_written(tmp_path, text))
    return failed.value.diagnostics[0]


def test_a_profile_that_is_not_json_is_reported_at_its_line(tmp_path: Path) -> None:
    found = _mistake(tmp_path, '{\n  "name": "own",\n  "title" "x"\n}')
    assert (found.code, found.line) == ("C202", 3)


def test_an_unknown_key_is_reported_at_its_line_with_the_nearest_known_one(tmp_path: Path) -> None:
    found = _mistake(
        tmp_path, '{\n "name": "own", "title": "t", "description": "d",\n "notatoin": []\n}'
    )
    assert (found.code, found.line) == ("C202", 3)
    assert "“notation”" in found.hint


def test_a_bad_regular_expression_is_reported_at_its_line(tmp_path: Path) -> None:
    found = _mistake(
        tmp_path,
        '{"name": "own", "title": "t", "description": "d",\n"suspicious": [\n'
        '{"name": "a", "pattern": "x"},\n{"name": "b", "pattern": "[x"}]}',
    )
    assert (found.code, found.line) == ("C202", 4)


def test_a_template_that_names_a_missing_part_is_reported_at_its_line(tmp_path: Path) -> None:
    found = _mistake(
        tmp_path,
        '{"name": "own", "title": "t", "description": "d", "notation": [\n'
        '{"name": "a", "scope": "point", "pattern": "x(?P<m>.)",\n'
        '"tei": {"element": "pb",\n"attributes": {"n": "{n}"}}}]}',
    )
    assert (found.code, found.line) == ("C202", 4)


_OPENER = '{"name": "own", "title": "t", "description": "d",\n"blocks": {"opener": [\n'


def test_a_block_rule_that_says_not_what_the_block_becomes_is_reported(tmp_path: Path) -> None:
    found = _mistake(tmp_path, _OPENER + '{"name": "a", "pattern": "x"}]}}')
    assert (found.code, found.line) == ("C202", 3)


def test_a_name_alone_that_stands_for_no_inherited_rule_is_reported(tmp_path: Path) -> None:
    found = _mistake(tmp_path, _OPENER + '{"name": "salutation"}]}}')
    assert (found.code, found.line) == ("C202", 3)


def test_a_rule_without_an_element_takes_the_sign_away_and_keeps_the_text(tmp_path: Path) -> None:
    own = _written(
        tmp_path,
        json.dumps(
            {
                "name": "own",
                "title": "t",
                "description": "d",
                "notation": [
                    {
                        "name": "escape",
                        "scope": "point",
                        "pattern": r"\\(?P<sign>[.*])",
                        "tei": {"content": "sign"},
                    }
                ],
            }
        ),
    )
    assert tei_of_example(load_convention(own), r"1\. one \* two") == "1. one * two"


def test_doubled_brackets_and_tags_go_before_single_ones(tmp_path: Path) -> None:
    rule = {"scope": "enclosed"}
    own = _written(
        tmp_path,
        json.dumps(
            {
                "name": "own",
                "title": "t",
                "description": "d",
                "extends": "default",
                "notation": [
                    {
                        **rule,
                        "name": "a",
                        "open": "[[u]]",
                        "close": "[[/u]]",
                        "tei": {"element": "hi"},
                    },
                    {**rule, "name": "b", "open": "[[", "close": "]]", "tei": {"element": "del"}},
                ],
            }
        ),
    )
    inside = tei_of_example(load_convention(own), "x [[u]]one[[/u]] [[two]] [three]")
    assert inside == "x <hi>one</hi> <del>two</del> <supplied>three</supplied>"


def test_a_profile_that_extends_itself_is_refused(tmp_path: Path) -> None:
    found = _mistake(
        tmp_path, '{"name": "own", "title": "t", "description": "d", "extends": "own.json"}'
    )
    assert found.code == "C203"


def test_an_unknown_profile_is_reported_with_the_nearest_name() -> None:
    with pytest.raises(DiagnosticError) as failed:
        load_convention("wilson-centre")
    (found,) = failed.value.diagnostics
    assert found.code == "C201"
    assert "“wilson-center”" in found.hint


def test_an_own_profile_adds_a_rule_before_those_it_inherits_and_removes_others(
    tmp_path: Path,
) -> None:
    own = _written(
        tmp_path,
        json.dumps(
            {
                "name": "own",
                "title": "t",
                "description": "d",
                "extends": "default",
                "remove": ["deletion"],
                "notation": [
                    {
                        "name": "abbreviation",
                        "scope": "enclosed",
                        "open": "(",
                        "close": ")",
                        "content": r"\w+",
                        "tei": {"element": "ex"},
                    }
                ],
            }
        ),
    )
    convention = load_convention(own)
    inside = tei_of_example(convention, "S(anct)us ~~et~~ [bonus]")
    assert inside == "S<ex>anct</ex>us ~~et~~ <supplied>bonus</supplied>"


def test_every_profile_is_listed_with_its_title_and_an_own_one_too(tmp_path: Path) -> None:
    folder = tmp_path / "conventions"
    folder.mkdir()
    (folder / "own.json").write_text('{"name": "own", "title": "t", "description": "d"}')
    (folder / "torn.json").write_text('{"name": ')
    listed = {name: about for name, *about in list_conventions([tmp_path])}
    assert listed["own"] == ["t", "d"]
    assert listed["torn"] == ["", "this profile cannot be read"]
    assert set(convention_names()) < set(listed)


@pytest.mark.parametrize("name", convention_names())
def test_a_profile_is_described_with_every_rule_and_example(name: str) -> None:
    convention = load_convention(name)
    page = describe(convention)
    for rule in convention.notation:
        assert f"\n{rule.name}\n" in page
        assert all(example.tei.replace("\n", "⏎") in page for example in rule.examples)


@pytest.mark.parametrize("name", convention_names())
def test_the_shipped_profiles_pass_their_own_check(name: str) -> None:
    assert check(SCHEMAS / "conventions" / f"{name}.json") == ()


def test_an_example_that_does_not_hold_is_reported_at_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(
        '{"name": "own", "title": "t", "description": "d", "notation": [\n'
        '{"name": "a", "scope": "enclosed", "open": "(", "close": ")", "tei": {"element": "ex"},\n'
        '"examples": [{"text": "S(anct)us",\n"tei": "S<ex>anct</ex>us"},\n'
        '{"text": "S(anct)us",\n"tei": "Sus"}]},\n'
        '{"name": "b", "scope": "point", "pattern": "#", "tei": {"element": "lb"}}]}'
    )
    found = [(each.code, each.line) for each in check(own)]
    assert found == [("C204", 6), ("C205", 7)]
