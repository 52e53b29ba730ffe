"""Our dark and light theme, and the variables every other theme needs for our screens."""

from __future__ import annotations

from textual.color import Color
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
ANSI_VARIABLES = {
    "card-muted": "ansi_bright_black",
    "card-rule": "ansi_bright_black",
    "grade-again": "ansi_red",
    "grade-hard": "ansi_yellow",
    "grade-good": "ansi_green",
    "grade-easy": "ansi_blue",
}
"""What themes take for our variables that leave all colours to the terminal."""
LEGIBLE, LEGIBLE_BOLD = 4.0, 3.0
"""The least contrasts of text with its ground, by WCAG 2; some themes have little themselves."""


def variables_of(theme: Theme) -> dict[str, str]:
    """Return what a theme that does not know our variables takes for them: its own colours.

    They are drawn towards the colour of its text until they can be read on tiles too.
    """
    if theme.name in OWN_THEMES or theme.ansi:
        return ANSI_VARIABLES
    colors = {
        name: Color.parse(value)
        for name, value in theme.to_color_system().generate().items()
        if name in ("foreground", "surface", *_ROLES.values())
    }
    ground, text = colors["surface"], colors["foreground"]
    return {
        "card-muted": _legible(ground.blend(text, 0.5), ground, text, LEGIBLE).hex,
        "card-rule": ground.blend(text, 0.2).hex,
        **{
            name: _legible(colors[role], ground, text, LEGIBLE_BOLD).hex
            for name, role in _ROLES.items()
        },
    }


_ROLES = {
    "grade-again": "error",
    "grade-hard": "warning",
    "grade-good": "success",
    "grade-easy": "primary",
}


def _legible(color: Color, ground: Color, text: Color, least: float) -> Color:
    """Return a colour, as near to that of the text as it must be to be read on a ground."""
    steps = (color.blend(text, step / 10) for step in range(11))
    return next((mixed for mixed in steps if contrast(mixed, ground) >= least), text)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours by WCAG 2, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    """Return how light a colour is, from 0 to 1."""
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
