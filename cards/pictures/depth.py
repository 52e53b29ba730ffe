"""Depth seen from the side and from above: a cut 3D photo, and copies that fuse behind a page."""

from __future__ import annotations

from collections.abc import Sequence

from drawing import COPY, FLOW, GRADIENT, Canvas, Picture, Point

_NEAR, _FAR, _STEP = 250, 500, 0.1
_GREY = "#5a6672"
_LOOKS = {
    "known": 'fill="#ffffff" stroke="#3d5a78" stroke-width="3"',
    "context": 'fill="#2f6f3a" stroke="#2f6f3a" stroke-width="3"',
    "filled": 'fill="#fdeedd" stroke="#b4540a" stroke-width="4"',
    "unused": 'fill="#e6e9ec" stroke="#8496a8" stroke-width="3"',
}


def _line(canvas: Canvas, start: Point, end: Point, stroke: str, dashes: str = "") -> None:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    canvas.draw(
        f'<path d="M{start[0]:g} {start[1]:g} L{end[0]:g} {end[1]:g}" fill="none"'
        f' stroke="{stroke}" stroke-width="3"{dashed}/>'
    )


def _camera(canvas: Canvas, y: float, colour: str) -> None:
    canvas.draw(f'<path d="M26 {y - 15:g} h34 v30 h-34 Z" fill="{colour}"/>')
    canvas.draw(f'<path d="M60 {y:g} l17 -13 v26 Z" fill="{colour}"/>')


def _pixels(canvas: Canvas, depth: float, axis: float, rows: Sequence[int], look: str) -> None:
    """Draw linked pixels of one depth, each on its own line of sight."""
    places = [axis + row * _STEP * (depth - 77) for row in rows]
    dark = {"context": "#2f6f3a", "filled": "#b4540a", "unused": "#8496a8"}.get(look, "#3d5a78")
    _line(canvas, (depth, places[0]), (depth, places[-1]), dark)
    for y in places:
        canvas.draw(f'<circle cx="{depth:g}" cy="{y:g}" r="8" {_LOOKS[look]}/>')


def _layers() -> Picture:
    canvas = Canvas(846)
    canvas.label(20, 36, "*1. Cut at the depth edge", anchor="start")
    axis = 230
    edge = (_NEAR, axis + _STEP * (_NEAR - 77))
    _line(canvas, (_FAR, axis), edge, "#b4540a", "3 6")
    _pixels(canvas, _FAR, axis, range(-4, 1), "known")
    _pixels(canvas, _NEAR, axis, range(1, 8), "known")
    _camera(canvas, axis, _GREY)
    canvas.draw(
        '<path d="M352 216 l22 46 M376 214 l-28 46" fill="none" stroke="#8c3f04" stroke-width="5"/>'
    )
    canvas.label(362, 186, "*cut", colour=GRADIENT)
    canvas.label(24, 274, "camera", anchor="start")
    canvas.label(234, 320, "post", anchor="end")
    canvas.label(520, 150, "wall", anchor="start")

    canvas.label(20, 440, "*2. Fill in what the post hid", anchor="start")
    axis = 640
    edge = (_NEAR, axis + _STEP * (_NEAR - 77))
    eye = (77, axis - 80)
    slope = (edge[1] - 12 - eye[1]) / (_NEAR - eye[0])
    _line(canvas, eye, (_FAR, eye[1] + slope * (_FAR - eye[0])), _GREY, "10 7")
    _line(canvas, (_FAR, axis), (_FAR, axis + _STEP * (_FAR - 77)), "#b4540a")
    _pixels(canvas, _FAR, axis, range(-4, 1), "context")
    _pixels(canvas, _FAR, axis, range(1, 5), "filled")
    _pixels(canvas, _NEAR, axis, range(1, 8), "unused")
    _camera(canvas, axis - 80, _GREY)
    _camera(canvas, axis, "#ccd4dc")
    canvas.arrow((42, axis - 22), (42, axis - 60))
    canvas.label(28, 506, "new view", anchor="start")
    canvas.label(520, 550, "context", anchor="start", colour=COPY)
    canvas.label(520, 740, "filled in", anchor="start", colour=GRADIENT)
    canvas.arrow((562, 576), (562, 716))
    canvas.label(234, 734, "not used", anchor="end")
    return canvas.finish(
        "photo-3d-layers",
        "3D photo inpainting: cut at a depth edge, then fill in",
        """
        Two panels in side view, the camera at the left. In the first a row of pixels on a near
        post and a row on the far wall are still linked where the depth jumps; this link is cut.
        In the second the wall continues behind the post: its known pixels next to the cut are the
        context, from them new pixels are filled in below, and the pixels of the post are not
        used. A new view from higher up looks past the top of the post and meets the wall where
        it was filled in.
        """,
    )


def _page(canvas: Canvas, left: float, y: float, first: float, period: float) -> None:
    """Draw a strip of texture that repeats: a disc and a bar in each period."""
    canvas.draw(
        f'<rect x="{left:g}" y="{y - 14:g}" width="270" height="28" fill="#ffffff"'
        ' stroke="#3d5a78" stroke-width="2"/>'
    )
    start = first - period * int((first - left - 12) / period)
    while start < left + 262:
        canvas.draw(f'<circle cx="{start:g}" cy="{y:g}" r="9" fill="#1f4f82"/>')
        bar = start + period / 2
        if bar < left + 262:
            canvas.draw(f'<path d="M{bar:g} {y - 9:g} v18" stroke="#8496a8" stroke-width="5"/>')
        start += period


def _span(canvas: Canvas, x: float, top: float, bottom: float, name: str) -> None:
    """Draw a distance as an upright line with a foot at each end and its name beside it."""
    canvas.draw(
        f'<path d="M{x - 7:g} {top:g} h14 M{x:g} {top:g} V{bottom:g} M{x - 7:g} {bottom:g} h14"'
        f' fill="none" stroke="{_GREY}" stroke-width="2"/>'
    )
    canvas.label(x - 16, (top + bottom) / 2, name)


def _fused(canvas: Canvas, middle: float, behind: float) -> None:
    """Draw two eyes, the page and the spot so far behind it where the lines of sight meet."""
    apart, distance, page = 130, 200, 420
    copies = apart * behind / (distance + behind)
    tip = (middle, page - behind)
    _span(canvas, middle + 112, tip[1], page - 16, "z")
    _span(canvas, middle + 112, page + 16, page + distance, "D")
    canvas.label(middle, page + 36, "s", colour=GRADIENT)
    canvas.label(middle, page + distance, "E")
    _page(canvas, middle - 135, page, middle - copies / 2, copies)
    for side in (-0.5, 0.5):
        eye = (middle + side * apart, page + distance)
        through = (middle + side * copies, page)
        _line(canvas, eye, through, "#33506e")
        _line(canvas, through, tip, "#33506e", "7 6")
        canvas.draw(
            f'<circle cx="{through[0]:g}" cy="{page}" r="9" fill="#b4540a" stroke="#ffffff"'
            ' stroke-width="2"/>'
        )
        canvas.draw(
            f'<circle cx="{eye[0]:g}" cy="{eye[1]:g}" r="17" fill="#ffffff" stroke="#1c2733"'
            ' stroke-width="3"/>'
        )
        canvas.draw(f'<circle cx="{eye[0]:g}" cy="{eye[1] - 8:g}" r="8" fill="#1c2733"/>')
    canvas.draw(
        f'<circle cx="{tip[0]:g}" cy="{tip[1]:g}" r="12" fill="#fdeedd" stroke="#b4540a"'
        ' stroke-width="4"/>'
    )


def _autostereogram() -> Picture:
    canvas = Canvas(724)
    for middle, behind in ((165, 300), (475, 90)):
        _fused(canvas, middle, behind)
    canvas.label(165, 40, "*copies far apart:", "*seen far behind")
    canvas.label(475, 40, "*copies closer:", "*seen nearer")
    canvas.label(320, 378, "page", colour=FLOW)
    canvas.label(320, 620, "eyes")
    canvas.label(320, 688, "the brain fuses two copies")
    return canvas.finish(
        "autostereogram",
        "An autostereogram: the distance of the copies sets the depth",
        """
        Twice the same two eyes, seen from above, look through the page, on which a pattern
        repeats. Each eye looks at another copy of the same dot, and the brain fuses the two where
        the lines of sight meet, behind the page. On the left the copies are far apart and the dot
        is seen far behind the page; on the right they are closer and it is seen nearer. Marked
        are the distance s of the copies, the depth z behind the page, the distance D of the eyes
        from the page, and the distance E between the eyes.
        """,
    )


PICTURES = [_layers(), _autostereogram()]
