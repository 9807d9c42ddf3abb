"""Lines that run from top to bottom do so on the page, if the encoding says it."""

from __future__ import annotations

import pytest

from tests.publish.test_html import page_of, reading


@pytest.mark.parametrize(
    ("style", "token"),
    [
        ("writing-mode: vertical-rl", "vertical-rl"),
        ("color: red; -epub-writing-mode:vertical-lr", "vertical-lr"),
        ("writing-mode: tb-rl", "vertical-rl"),
        ("writing-mode: horizontal-tb", None),
    ],
)
def test_a_block_of_vertical_lines_scrolls_by_the_keyboard_too(
    style: str, token: str | None
) -> None:
    page = reading(page_of(f'<div style="{style}"><p>\u62dd\u5553</p></div>'))
    (block,) = page.find_class("div")
    classes = block.get("class").split()
    assert [name for name in classes if name.startswith("r-vertical")] == (
        [f"r-{token}"] if token else []
    )
    assert block.get("tabindex") == ("0" if token else None)


def test_words_within_a_line_take_no_place_in_the_order_of_the_keyboard() -> None:
    page = reading(page_of('<p>so <hi style="writing-mode: vertical-rl">it</hi></p>'))
    (word,) = page.find_class("r-vertical-rl")
    assert word.get("tabindex") is None
