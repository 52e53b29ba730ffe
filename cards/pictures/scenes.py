"""Things that the diagrams show in small images: a mug in a kitchen, a car on a road."""

from __future__ import annotations

from drawing import Box, Canvas

MUG = "M0 0 H44 V52 Q44 60 36 60 H8 Q0 60 0 52 Z M44 12 H52 Q64 12 64 27 Q64 42 52 42 H44 V33 H50"
MUG += " Q54 33 54 27 Q54 21 50 21 H44 Z"
CAR = "M0 38 V26 Q0 20 8 19 L20 17 L32 3 Q34 0 38 0 H64 Q68 0 71 3 L82 17 L92 20 Q98 22 98 28 V38"
CAR += " H88 A10 10 0 0 1 68 38 H32 A10 10 0 0 1 12 38 Z"
CAR_BODY = "#b3392f"


def placed(shape: str, x: float, y: float, scale: float, look: str, *, turn: float = 0) -> str:
    """Return the outline, its origin at this place, enlarged and turned by degrees."""
    turned = f" rotate({turn:g})" if turn else ""
    return f'<path d="{shape}" transform="translate({x:g} {y:g}){turned} scale({scale:g})" {look}/>'


def car(x: float, y: float, scale: float, body: str = CAR_BODY, *, plain: bool = False) -> str:
    """Return a car, 98 units long and 48 high at scale 1; a plain one is of one colour."""
    pane, tyre = (body, body) if plain else ("#dce9f5", "#1c2733")
    glass = "M36 15 L42 6 H50 V15 Z M55 15 V6 H63 L70 15 Z"
    wheels = "".join(
        placed(
            "M-8 0 A8 8 0 0 1 8 0 A8 8 0 0 1 -8 0 Z",
            x + at * scale,
            y + 39 * scale,
            scale,
            f'fill="{tyre}"',
        )
        for at in (22, 78)
    )
    return (
        placed(CAR, x, y, scale, f'fill="{body}"')
        + placed(glass, x, y, scale, f'fill="{pane}"')
        + wheels
    )


def frame(canvas: Canvas, x: float, y: float, w: float, h: float, ground: str) -> Box:
    """Draw the ground of a small image and return its box; `edge` closes it."""
    box = canvas.box(x, y, w, h)
    canvas.draw(f'<path d="M{x:g} {y:g} h{w:g} v{h:g} h{-w:g} Z" fill="{ground}"/>')
    return box


def edge(canvas: Canvas, box: Box) -> None:
    """Draw the edge of a small image over what it shows."""
    canvas.draw(
        f'<path d="M{box.x:g} {box.y:g} h{box.w:g} v{box.h:g} h{-box.w:g} Z" fill="none"'
        ' stroke="#3d5a78" stroke-width="4"/>'
    )


def kitchen(canvas: Canvas, x: float, y: float, w: float, h: float) -> Box:
    """Draw a wall with a window above a table and return its box."""
    box = frame(canvas, x, y, w, h, "#efe3c8")
    canvas.draw(
        f'<path d="M{x:g} {y + h * 0.68:g} h{w:g} v{h * 0.32:g} h{-w:g} Z" fill="#a9825a"/>'
    )
    canvas.draw(
        f'<path d="M{x + w * 0.1:g} {y + h * 0.12:g} h{w * 0.3:g} v{h * 0.38:g} h{-w * 0.3:g} Z'
        f' m{w * 0.15:g} 0 v{h * 0.38:g}" fill="#bcdcf2" stroke="#ffffff" stroke-width="4"/>'
    )
    return box


def street(canvas: Canvas, box: Box, sky: str, land: str, road: str) -> None:
    """Fill a box with sky, a strip of land and a road."""
    x, y, w, h = box.x, box.y, box.w, box.h
    for at, part, colour in ((0, 0.45, sky), (0.45, 0.2, land), (0.65, 0.35, road)):
        canvas.draw(
            f'<path d="M{x:g} {y + h * at:g} h{w:g} v{h * part:g} h{-w:g} Z" fill="{colour}"/>'
        )
