"""Cut-and-paste as a factory of training images, and as a judge of masks."""

from __future__ import annotations

from drawing import COPY, FLOW, GRADIENT, Canvas, Picture
from scenes import CAR, MUG, car, edge, frame, kitchen, placed, street

_MUG = "#c8452f"


def _pasted(canvas: Canvas, x: float, y: float, blend: str) -> None:
    """Draw one version of the scene: the same mug in the same place, its edge blended so."""
    scene = kitchen(canvas, x, y, 184, 150)
    at = (x + 112, y + 46)
    if blend == "none":
        canvas.draw(
            placed(MUG, *at, 0.9, f'fill="{_MUG}" stroke="#ffffff" stroke-width="4"', turn=14)
        )
    if blend == "Gaussian":
        for wide, share in ((16, 0.2), (11, 0.3), (6, 0.45)):
            look = f'fill="none" stroke="{_MUG}" stroke-width="{wide}" stroke-opacity="{share}"'
            canvas.draw(placed(MUG, *at, 0.9, look, turn=14))
        canvas.draw(placed(MUG, *at, 0.9, f'fill="{_MUG}"', turn=14))
    if blend == "Poisson":
        canvas.draw(placed(MUG, *at, 0.9, 'fill="#d98a66"', turn=14))
    canvas.draw(
        f'<path d="M{x + 96:g} {y + 41:g} h73 v69 h-73 Z" fill="none" stroke="#1c2733"'
        ' stroke-width="3.5" stroke-dasharray="8 5"/>'
    )
    edge(canvas, scene)
    canvas.label(x + 92, y + 176, blend)


def _pipeline() -> Picture:
    canvas = Canvas(824)
    photo = frame(canvas, 24, 24, 130, 130, "#dfe3e6")
    canvas.draw(placed(MUG, 53, 50, 1.25, f'fill="{_MUG}"'))
    edge(canvas, photo)
    network = canvas.box(214, 48, 200, 82, "*Mask", "*network", kind="network")
    mask = frame(canvas, 474, 24, 130, 130, "#1c2733")
    canvas.draw(placed(MUG, 503, 50, 1.25, 'fill="#ffffff"'))
    edge(canvas, mask)
    canvas.arrow(photo.right(), network.left())
    canvas.arrow(network.right(), mask.left())
    canvas.label(104, 182, "plain photo", anchor="start")
    cut = canvas.group(24, 280, 250, 150)
    for x, y, scale, turn in ((42, 318, 0.8, -12), (134, 312, 1.1, 16), (250, 344, 0.6, 90)):
        canvas.draw(placed(MUG, x, y, scale, f'fill="{_MUG}"', turn=turn))
    scene = kitchen(canvas, 400, 280, 204, 150)
    edge(canvas, scene)
    canvas.arrow((89, 156), (89, cut.y))
    canvas.arrow(mask.bottom(), (539, 228), (200, 228), (200, cut.y))
    canvas.label(149, 456, "scale, turn")
    canvas.label(502, 456, "any scene")
    canvas.arrow((274, 355), (337, 355), (337, 520))
    canvas.arrow((400, 355), (337, 355), (337, 520))
    canvas.label(216, 500, "paste", colour=FLOW)
    for x, blend in ((24, "none"), (228, "Gaussian"), (432, "Poisson")):
        _pasted(canvas, x, 530, blend)
    canvas.label(320, 744, "*one scene, several blends")
    canvas.label(320, 790, "the box comes free", colour=COPY)
    return canvas.finish(
        "cut-and-paste-pipeline",
        "Cut, Paste and Learn: from photographs to labelled scenes",
        """
        The photograph of a mug on a plain background goes into a mask network, whose mask cuts
        the mug out. The cut-outs are scaled and turned at random and pasted into the photograph
        of any scene, here a kitchen. The same scene is kept in several versions, with the mug in
        the same place: without blending a white seam remains, Gaussian blending makes the edge
        soft, Poisson blending adapts the colours. The box around the mug, which is the label,
        comes free, as the program chose the place.
        """,
    )


PICTURES = [_pipeline()]
