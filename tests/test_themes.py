"""Colours that can be read in every theme."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from studytool.tui.themes import (
    ANSI_VARIABLES,
    LEGIBLE,
    LEGIBLE_BOLD,
    OWN_THEMES,
    contrast,
    variables_of,
)

TEXTUALS = [theme for name, theme in BUILTIN_THEMES.items() if not name.startswith("ansi")]


@pytest.mark.parametrize("theme", TEXTUALS, ids=lambda theme: theme.name)
def test_grades_and_muted_text_can_be_read_in_themes_of_others(theme: Theme) -> None:
    found = variables_of(theme)
    assert set(found) == set(ANSI_VARIABLES)
    ground = Color.parse(theme.to_color_system().generate()["surface"])
    assert contrast(Color.parse(found["card-muted"]), ground) >= LEGIBLE
    for name in ("grade-again", "grade-hard", "grade-good", "grade-easy"):
        assert contrast(Color.parse(found[name]), ground) >= LEGIBLE_BOLD - 0.05


@pytest.mark.parametrize("theme", OWN_THEMES.values(), ids=lambda theme: theme.name)
def test_all_text_of_our_own_themes_can_be_read(theme: Theme) -> None:
    for ground in (theme.background, theme.surface):
        for name, color in theme.variables.items():
            least = 1.2 if name == "card-rule" else 4.4
            assert contrast(Color.parse(color), Color.parse(ground or "")) >= least


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_a_theme_of_the_terminals_colours_takes_only_those(name: str) -> None:
    assert all(color.startswith("ansi_") for color in variables_of(BUILTIN_THEMES[name]).values())
