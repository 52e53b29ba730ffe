"""The pictures of README show what the program shows now, and need nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import take_pictures as pictures

README = (Path(__file__).parent.parent / "README.md").read_text()


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_true(name: str) -> None:
    """`python tests/take_pictures.py` takes them anew."""
    kept = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert pictures.words_of(pictures.picture(name)) == pictures.words_of(kept)


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_stands_by_itself_and_is_small(name: str) -> None:
    svg = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    links = set(re.findall(r"[a-z]+://[^\"' )]+", svg))
    assert links == {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in svg
    assert "<script" not in svg
    assert len(svg) < 60_000


def test_readme_shows_every_picture_and_says_what_it_shows() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(tests/pictures/([\w-]+)\.svg\)", README)
    assert sorted(name for _, name in shown) == sorted(pictures.PICTURES)
    assert sorted(pictures.PICTURES) == sorted(file.stem for file in pictures.FOLDER.iterdir())
    assert all(len(words) > 20 for words, _ in shown)
