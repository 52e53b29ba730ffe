"""Our dark and light theme, and the variables every other theme needs for our screens."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="studytool-dark",
    primary="#8FB4FF",
    secondary="#7FB2D9",
    accent="#E5B567",
    warning="#E5A25F",
    error="#E8806B",
    success="#93C47D",
    foreground="#DAD7CF",
    background="#15161A",
    surface="#1C1E24",
    panel="#262932",
    dark=True,
    variables={
        "card-muted": "#8A8F9C",
        "card-rule": "#343845",
        "grade-again": "#E8806B",
        "grade-hard": "#E5B567",
        "grade-good": "#93C47D",
        "grade-easy": "#8FB4FF",
    },
)
LIGHT = Theme(
    name="studytool-light",
    primary="#2F5FB3",
    secondary="#2F6F9F",
    accent="#9A5B12",
    warning="#9A5B12",
    error="#B23A2B",
    success="#3A7532",
    foreground="#2B2A27",
    background="#FBF9F4",
    surface="#F3F0E8",
    panel="#E9E5DA",
    dark=False,
    variables={
        "card-muted": "#6F6B62",
        "card-rule": "#D9D4C7",
        "grade-again": "#B23A2B",
        "grade-hard": "#9A5B12",
        "grade-good": "#3A7532",
        "grade-easy": "#2F5FB3",
    },
)
OWN_THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
FALLBACK_VARIABLES = {
    "card-muted": "ansi_bright_black",
    "card-rule": "ansi_bright_black",
    "grade-again": "ansi_red",
    "grade-hard": "ansi_yellow",
    "grade-good": "ansi_green",
    "grade-easy": "ansi_blue",
}
"""What Textual's own themes take for our variables."""
