"""The bundled grammar is TEI P5, release 4.12.0: it accepts what the official schema accepts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from lxml import etree

from toolkit.validate.context import BUNDLED_SCHEMA
from toolkit.validate.relaxng import load_schema

RNG = "{http://relaxng.org/ns/structure/1.0}"
WORD = ("data", "token", (r"[^\p{C}\p{Z}]+",))


def joined(path: Path) -> etree._Element:
    """Return a schema in one tree: included files in place, annotations and prefixes left out."""
    root = etree.parse(path).getroot()
    for node in list(root.iter()):
        parent = node.getparent()
        if parent is not None and not str(node.tag).startswith(RNG):
            parent.remove(node)
    for node in root.iter(f"{RNG}attribute"):
        if node.get("name"):
            node.set("name", str(node.get("name")).rpartition(":")[2])
    for include in list(root.iter(f"{RNG}include")):
        assert len(include) == 0, "nothing overrides an included definition"
        parent = include.getparent()
        assert parent is not None
        included = list(joined(path.parent / str(include.get("href"))))
        parent[parent.index(include) : parent.index(include) + 1] = included
    return root


class Models:
    """The content models of a schema in a form that does not depend on how they are written."""

    def __init__(self, path: Path) -> None:
        root = joined(path)
        self.definitions = {d.get("name"): d for d in root.iter(f"{RNG}define")}
        self.known: dict[str | None, Any] = {}
        self.elements = {
            e.get("name"): self.split(self.sequence(e))
            for e in root.iter(f"{RNG}element")
            if e.get("name")
        }

    def sequence(self, node: Any) -> Any:
        parts: list[Any] = []
        for child in node:
            model = self.model(child)
            parts += model[1:] if model[0] == "group" else [model] if model != ("empty",) else []
        joined: list[Any] = []
        for part in parts:
            if joined and part == ("optional", ("repeat", joined[-1])):
                joined[-1] = ("repeat", joined[-1])
            else:
                joined.append(part)
        return joined[0] if len(joined) == 1 else ("group", *joined) if joined else ("empty",)

    def model(self, node: Any) -> Any:
        match etree.QName(node).localname:
            case "ref":
                name = node.get("name")
                if name not in self.known:
                    self.known[name] = self.sequence(self.definitions[name])
                return self.known[name]
            case "element":
                return ("element", node.get("name") or "*")
            case "attribute":
                return ("attribute", node.get("name") or "*", self.sequence(node))
            case "optional":
                return self.optional(self.sequence(node))
            case "oneOrMore":
                return ("repeat", self.sequence(node))
            case "zeroOrMore":
                inner = self.sequence(node)
                return ("optional", ("repeat", inner[1] if inner[0] == "optional" else inner))
            case "choice":
                return self.choice([self.model(child) for child in node])
            case "data":
                return ("data", node.get("type"), tuple(p.text for p in node.iter(f"{RNG}param")))
            case "value":
                return ("value", node.text or "")
            case "list":
                return ("list", self.sequence(node))
            case "group" | "define":
                return self.sequence(node)
            case kind:
                return (kind,)

    def choice(self, models: list[Any]) -> Any:
        parts: set[Any] = set()
        for model in models:
            match model[0]:
                case "choice":
                    parts |= model[1]
                case "optional":
                    parts |= {model[1], ("empty",)}
                case _:
                    parts.add(model)
        parts -= {("notAllowed",)}
        if WORD in parts:  # then values are suggestions
            parts = {part for part in parts if part[0] != "value"}
        if ("empty",) in parts and len(parts) > 1:
            return self.optional(self.choice(list(parts - {("empty",)})))
        return parts.pop() if len(parts) == 1 else ("choice", frozenset(parts))

    def optional(self, model: Any) -> Any:
        return model if model[0] == "optional" else ("optional", model)

    def split(self, model: Any) -> tuple[Any, Any]:
        parts = model[1:] if model[0] == "group" else (model,)
        attributes = frozenset(part for part in parts if "'attribute'" in repr(part))
        return attributes, tuple(p for p in parts if p not in attributes and p != ("empty",))


def test_every_element_has_the_content_and_attributes_of_the_official_one(
    data_folder: Path,
) -> None:
    official = Models(data_folder / "schemas" / "tei_all_4.12.0.rng").elements
    ours = Models(BUNDLED_SCHEMA).elements
    assert set(ours) == set(official)
    for name, (attributes, content) in ours.items():
        assert attributes == official[name][0], name
        assert content == official[name][1], name


def test_real_editions_get_the_official_verdict(data_folder: Path) -> None:
    official = load_schema(data_folder / "schemas" / "tei_all_4.12.0.rng")
    ours = load_schema(BUNDLED_SCHEMA)
    verdicts = []
    for corpus in ("dracor-ger", "frus-history", "isicily", "schnitzler-briefe", "tei-exemplars"):
        for file in sorted((data_folder / "corpora" / corpus).iterdir()):
            content = file.read_bytes()
            valid = not ours.validate(content, str(file))
            assert valid == (not official.validate(content, str(file))), file
            verdicts.append(valid)
    assert any(verdicts)
    assert not all(verdicts)


def test_the_grammar_is_read_in_a_moment() -> None:
    start = time.process_time()
    load_schema(BUNDLED_SCHEMA)
    assert time.process_time() - start < 5


def test_no_pattern_is_unused_or_undefined() -> None:
    root = joined(BUNDLED_SCHEMA)
    defined = [d.get("name") for d in root.iter(f"{RNG}define")]
    referred = {r.get("name") for r in root.iter(f"{RNG}ref")}
    assert len(defined) == len(set(defined))
    assert set(defined) == referred
