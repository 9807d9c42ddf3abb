"""What ships for build services: the hooks for pre-commit and the GitHub Action."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.letter import LETTER

PROGRAMS = Path(sys.executable).parent
BROKEN = LETTER.replace("<p>thank", "<p><bogus/>thank")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Return a repository with a good letter, one with a mistake, and files of other kinds."""
    folder = tmp_path / "letters"
    for name, text in {
        "tei/good.xml": LETTER,
        "tei/with a mistake.xml": BROKEN,
        "tei/picture.svg": "<svg/>",
        "conventions/mine.json": '{"name": "mine", "extends": "bogus"}',
        "package.json": "{}",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    return folder


class TestHooks:
    @pytest.fixture
    def manifest(self, repository: Path) -> Path:
        return repository / ".pre-commit-hooks.yaml"

    def test_the_manifest_is_valid(self, manifest: Path) -> None:
        program = str(PROGRAMS / "pre-commit")
        assert subprocess.run([program, "validate-manifest", str(manifest)]).returncode == 0

    @pytest.mark.parametrize(
        ("hook", "said", "not_said"),
        [
            ("tei-validate", "tei/with a mistake.xml:32:12: error V101", "picture.svg"),
            ("tei-conventions-check", "conventions/mine.json:1:", "package.json"),
        ],
    )
    def test_each_hook_finds_what_is_wrong_in_its_files(
        self, manifest: Path, letters: Path, tmp_path: Path, hook: str, said: str, not_said: str
    ) -> None:
        # As pre-commit runs it, but with the toolkit that is installed already.
        hooks = yaml.safe_load(manifest.read_text(encoding="utf-8"))
        local = [{**each, "language": "system"} for each in hooks]
        config = {"repos": [{"repo": "local", "hooks": local}]}
        (letters / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        done = subprocess.run(
            [PROGRAMS / "pre-commit", "run", hook, "--all-files"],
            cwd=letters,
            env=os.environ
            | {
                "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
                "PRE_COMMIT_HOME": str(tmp_path / "home"),
            },
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1, done.stderr
        assert said in done.stdout
        assert not_said not in done.stdout


class TestAction:
    @pytest.fixture
    def action(self, repository: Path) -> dict[str, Any]:
        said: dict[str, Any] = yaml.safe_load((repository / "action.yml").read_text("utf-8"))
        return said

    def step(self, action: dict[str, Any], name: str) -> dict[str, Any]:
        steps: list[dict[str, Any]] = action["runs"]["steps"]
        return next(step for step in steps if step.get("name") == name)

    def run(
        self, step: dict[str, Any], inputs: dict[str, str], folder: Path, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the script of a step as the service does, with inputs put into the variables."""

        def filled(value: str) -> str:
            return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: inputs[m[1]], value)

        variables |= {name: filled(value) for name, value in step["env"].items()} | variables
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env=os.environ | variables,
            capture_output=True,
            text=True,
        )

    def validate(
        self, action: dict[str, Any], folder: Path, **given: str
    ) -> subprocess.CompletedProcess[str]:
        inputs = {name: said["default"] for name, said in action["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        return self.run(
            self.step(action, "Validate"),
            inputs,
            folder,
            TEI=str(PROGRAMS / "tei"),
            GITHUB_WORKSPACE=str(folder),
        )

    def test_it_annotates_the_line_of_a_mistake(
        self, action: dict[str, Any], letters: Path
    ) -> None:
        done = self.validate(action, letters, paths="tei")
        assert done.returncode == 1
        assert done.stdout.startswith(
            "::error file=tei/with a mistake.xml,line=32,col=12,title=V101"
        )

    def test_it_checks_the_paths_one_a_line(self, action: dict[str, Any], letters: Path) -> None:
        done = self.validate(action, letters, paths="tei/good.xml\n\n  \ntei/with a mistake.xml\n")
        assert done.returncode == 1
        assert self.validate(action, letters, paths="tei/g*.xml").returncode == 0

    def test_it_checks_the_edition_if_no_paths_are_given(
        self, action: dict[str, Any], letters: Path
    ) -> None:
        (letters / "edition.toml").write_text('title = "A"\nlanguage = "en"\n')
        assert "line=32" in self.validate(action, letters).stdout

    def test_its_inputs_reach_the_command(self, action: dict[str, Any], letters: Path) -> None:
        (letters / "any.rnc").write_text("start = element * { (attribute * { text } | text)* }")
        options = {"format": "json", "output_file": "out.json", "select": "V", "ignore": "V1,V6"}
        assert self.validate(action, letters, paths="tei/with*", **options).returncode == 0
        assert (letters / "out.json").read_text() == "[]\n"
        strict = self.validate(action, letters, paths="tei/good.xml", schema="any.rnc")
        assert "title=V1" in strict.stdout
        assert (
            "absent.json"
            in self.validate(action, letters, baseline="absent.json", paths="tei").stderr
        )
        changed = self.validate(action, letters, paths="tei", changed_since="main")
        assert "--changed-since main" in changed.stderr

    @pytest.mark.parametrize(
        "hostile",
        [
            "$(touch sprung)",
            "`touch sprung`",
            "; touch sprung #",
            "x' ; touch sprung ; '",
            'x" ; touch sprung ; "',
            "--write-baseline=sprung",
            "a[$(touch sprung)]",
        ],
    )
    def test_inputs_are_handed_over_as_they_are_and_never_run(
        self, action: dict[str, Any], tmp_path: Path, hostile: str
    ) -> None:
        echo = tmp_path / "echo"
        echo.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
        echo.chmod(0o755)
        inputs = dict.fromkeys(action["inputs"], hostile)
        done = self.run(self.step(action, "Validate"), inputs, tmp_path, TEI=str(echo))
        first, *options, separator, path = done.stdout.splitlines()
        assert (first, separator, path) == ("validate", "--", hostile)
        assert {option.partition("=")[2] for option in options} == {hostile}
        assert not (tmp_path / "sprung").exists()

    def test_a_path_is_never_an_option(self, action: dict[str, Any], letters: Path) -> None:
        done = self.validate(action, letters, paths="--write-baseline=sprung")
        assert "title=F001" in done.stdout
        assert not (letters / "sprung").exists()

    def test_no_script_holds_an_input(self, action: dict[str, Any]) -> None:
        for step in action["runs"]["steps"]:
            assert "${{" not in step.get("run", "")

    @pytest.mark.parametrize(
        ("version", "wanted"), [("", "THE ACTION"), ("1.2.0", "tei-toolkit==1.2.0")]
    )
    def test_it_installs_itself_or_the_release_that_is_named(
        self, action: dict[str, Any], tmp_path: Path, version: str, wanted: str
    ) -> None:
        # A python that makes an environment of itself and prints what it is asked.
        programs = tmp_path / "tei-toolkit" / "bin"
        programs.mkdir(parents=True)
        (programs / "python").write_text(
            '#!/bin/sh\nfor last; do :; done\nprintf "%s\\n" "$last"\n'
        )
        (programs / "python").chmod(0o755)
        done = self.run(
            self.step(action, "Install the toolkit"),
            {"version": version},
            tmp_path,
            PYTHON=str(programs / "python"),
            ACTION="THE ACTION",
            RUNNER_TEMP=str(tmp_path),
            GITHUB_ENV=str(tmp_path / "variables"),
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == wanted
        assert (tmp_path / "variables").read_text() == f"TEI={programs}/tei\n"

    @pytest.mark.parametrize("version", ["1.0 --index-url=x", "-r", "1; touch sprung", "git+x"])
    def test_a_version_that_is_none_is_refused(
        self, action: dict[str, Any], tmp_path: Path, version: str
    ) -> None:
        step = self.step(action, "Install the toolkit")
        done = self.run(step, {"version": version}, tmp_path, PYTHON="false")
        assert done.returncode == 2
        assert done.stdout.startswith("::error")
