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


_DESERT = ("#f6e3b8", "#dcb46a", "#b9a288")
_TOWN = ("#bcdcf2", "#7fae6d", "#8b949c")
# What the mask takes along by mistake, in the coordinates of the car.
_WRONG = "M70 -4 H102 Q107 -4 107 1 V22 H86 Z"


def _loop() -> Picture:
    canvas = Canvas(796)
    photo = frame(canvas, 24, 24, 190, 140, "#ffffff")
    street(canvas, photo, *_DESERT)
    canvas.draw(car(54, 92, 1.2))
    edge(canvas, photo)
    generator = canvas.box(250, 53, 166, 82, "*Generator", kind="network")
    mask = frame(canvas, 452, 24, 150, 140, "#1c2733")
    for shape in (CAR, _WRONG):
        canvas.draw(placed(shape, 468, 92, 1.2, 'fill="#ffffff"'))
    edge(canvas, mask)
    canvas.label(38, 190, "object X", anchor="start")
    canvas.label(590, 190, "mask m", anchor="end")

    ground = frame(canvas, 24, 326, 150, 110, "#ffffff")
    street(canvas, ground, *_TOWN)
    edge(canvas, ground)
    canvas.label(24, 464, "background B", anchor="start")
    composite = frame(canvas, 222, 290, 220, 182, "#ffffff")
    street(canvas, composite, *_TOWN)
    canvas.draw(placed(_WRONG, 300, 386, 1.2, f'fill="{_DESERT[1]}"'))
    canvas.draw(car(300, 386, 1.2))
    edge(canvas, composite)
    canvas.label(436, 264, "composite", anchor="end")
    real = frame(canvas, 466, 362, 136, 110, "#ffffff")
    street(canvas, real, "#dfe6ec", "#5f9061", "#9a9fa6")
    canvas.draw(car(486, 406, 0.95, "#2d63a0"))
    edge(canvas, real)
    canvas.label(534, 336, "real photo")
    judge = canvas.box(24, 540, 578, 82, "*Discriminator", "real or fake?", kind="network")
    loss = canvas.box(
        123, 690, 380, 82, "*loss of the generator", "low if it looks real", kind="loss"
    )
    canvas.arrow(photo.right(), generator.left())
    canvas.arrow(generator.right(0.35), mask.left(0.41))
    canvas.arrow(mask.left(0.66), generator.right(0.79), kind="gradient")
    canvas.arrow((160, 166), (160, 226), (262, 226), (262, composite.y))
    canvas.arrow((480, 166), (480, 226), (296, 226), (296, composite.y))
    canvas.arrow(ground.right(), composite.left(0.5))
    canvas.arrow(composite.bottom(), (332, judge.y))
    canvas.arrow(real.bottom(), (534, judge.y))
    canvas.arrow(judge.bottom(), loss.top())
    canvas.arrow(loss.right(), (624, 731), (624, 94), mask.right(), kind="gradient")
    canvas.label(610, 657, "gradient to the mask", anchor="end", colour=GRADIENT)
    return canvas.finish(
        "remez-loop",
        "Learning to Segment via Cut-and-Paste: a discriminator judges masks",
        """
        The generator predicts the mask of a boxed object, here a car in a desert. With it the car
        is cut out and pasted at another place of a background, a green landscape. The mask takes
        too much, so a piece of desert is pasted along and the composite looks fake. The
        discriminator, which learns to tell composites from real photographs, notices. The
        gradient of the loss of the generator runs back through discriminator and composite to the
        mask and into the generator.
        """,
    )


PICTURES = [_pipeline(), _loop()]
