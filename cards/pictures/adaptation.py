"""Domain adaptation: three schemes for classes, and one shared space for pixel labels."""

from __future__ import annotations

from drawing import COPY, GRADIENT, Box, Canvas, Picture
from scenes import car, edge, frame, street


def _inputs(canvas: Canvas, top: float, title: str, height: float) -> tuple[Box, Box]:
    """Draw the panel of a scheme with its two domains and return their boxes."""
    canvas.group(20, top, 600, height)
    canvas.label(36, top + 30, f"*{title}", anchor="start")
    source = canvas.box(36, top + 54, 106, 64, "source", kind="given")
    return source, canvas.box(36, top + 140, 106, 64, "target")


def _aligned(canvas: Canvas, top: float) -> None:
    source, target = _inputs(canvas, top, "1. Gradient reversal", 224)
    features = canvas.box(206, top + 54, 130, 150, "*F", "features", kind="network")
    classes = canvas.box(460, top + 54, 144, 64, "*C", "class", kind="network")
    judge = canvas.box(460, top + 140, 144, 64, "*D", "domain?", kind="network")
    for domain in (source, target):
        canvas.arrow(domain.right(), (features.x, domain.right()[1]))
    canvas.arrow((336, top + 86), classes.left(), kind="copy")
    canvas.arrow((336, top + 158), (judge.x, top + 158))
    canvas.arrow((judge.x, top + 186), (336, top + 186), kind="gradient")
    canvas.label(398, top + 207, "reversed", colour=GRADIENT)


def _generated(canvas: Canvas, top: float) -> None:
    source, target = _inputs(canvas, top, "2. Generate To Adapt", 224)
    features = canvas.box(178, top + 54, 116, 150, "*F", "features", kind="network")
    classes = canvas.box(460, top + 54, 144, 64, "*C", "class", kind="network")
    generator = canvas.box(338, top + 140, 106, 64, "*G", "image", kind="network")
    judge = canvas.box(488, top + 140, 116, 64, "*D", "source?", kind="network")
    for domain in (source, target):
        canvas.arrow(domain.right(), (features.x, domain.right()[1]))
    canvas.arrow((294, top + 86), classes.left(), kind="copy")
    for left, right in ((294, generator.x), (444, judge.x)):
        canvas.arrow((left, top + 158), (right, top + 158))
        canvas.arrow((right, top + 186), (left, top + 186), kind="gradient")


def _similar(canvas: Canvas, top: float) -> None:
    source, target = _inputs(canvas, top, "3. Similarity learning", 310)
    prototype = canvas.box(216, top + 54, 110, 64, "*g", kind="network")
    features = canvas.box(216, top + 140, 110, 64, "*f", kind="network")
    classes = canvas.box(430, top + 54, 174, 64, "prototypes", "per class")
    label = canvas.box(430, top + 140, 174, 64, "class of the", "most similar")
    judge = canvas.box(430, top + 226, 174, 64, "*D", "domain?", kind="network")
    canvas.arrow(source.right(0.3), prototype.left(0.3), kind="copy")
    canvas.arrow(source.right(0.75), (178, top + 102), (178, top + 158), features.left(0.28))
    canvas.arrow(target.right(0.72), features.left(0.72))
    canvas.arrow(prototype.right(), classes.left(), kind="copy")
    canvas.arrow(features.right(), label.left())
    canvas.arrow(classes.bottom(), label.top())
    canvas.arrow((296, top + 204), (296, top + 244), (judge.x, top + 244))
    canvas.arrow((judge.x, top + 272), (250, top + 272), (250, top + 204), kind="gradient")


def _schemes() -> Picture:
    canvas = Canvas(836)
    _aligned(canvas, 20)
    _generated(canvas, 262)
    _similar(canvas, 504)
    return canvas.finish(
        "adaptation-schemes",
        "Three schemes of domain adaptation",
        """
        In all three panels source images have labels, green and dashed, target images have none,
        and an orange dotted gradient trains the features. First, gradient reversal: the
        classifier C learns on source features, the discriminator D names the domain of features
        from both, and its reversed gradient changes the extractor F. Second, Generate To Adapt:
        the generator G, trained to draw source images, turns features into an image, D asks
        whether it is a real source image, and the gradient reaches F through G. Third, similarity
        learning: g makes a prototype for each class from source images, an image embedded by f
        gets the class of the most similar prototype, and D judges the domain as in the first
        scheme.
        """,
    )


def _weather(canvas: Canvas, box: Box, rain: bool) -> None:
    """Fill a box with a street in sunshine or in rain."""
    x, y, w = box.x, box.y, box.w
    if not rain:
        street(canvas, box, "#bfe0f6", "#8cc06f", "#a3a9ae")
        canvas.draw(f'<circle cx="{x + w - 30:g}" cy="{y + 26:g}" r="15" fill="#f2b01e"/>')
        return
    street(canvas, box, "#8f9ba6", "#5d7a5a", "#5b646d")
    canvas.draw(f'<path d="M{x + 2:g} {y + 2:g} h{w - 4:g} v16 h{4 - w:g} Z" fill="#5f6b76"/>')


def _drops(canvas: Canvas, box: Box) -> None:
    drops = " ".join(
        f"M{box.x + 18 + 26 * n:g} {box.y + 24 + 30 * row:g} l-7 16"
        for row in range(3)
        for n in range(6)
    )
    canvas.draw(f'<path d="{drops}" fill="none" stroke="#e8f1f8" stroke-width="3"/>')


def _view(canvas: Canvas, x: float, y: float, *, rain: bool, at: float, colour: str) -> Box:
    """Draw a street with a car and return its box."""
    box = frame(canvas, x, y, 170, 116, "#ffffff")
    _weather(canvas, box, rain)
    canvas.draw(car(x + at, y + 58, 0.95, colour))
    if rain:
        _drops(canvas, box)
    edge(canvas, box)
    return box


def _shared_space() -> Picture:
    canvas = Canvas(770)
    red, blue = "#b3392f", "#2d63a0"
    sunny = _view(canvas, 24, 24, rain=False, at=14, colour=red)
    rainy = _view(canvas, 434, 24, rain=True, at=62, colour=blue)
    canvas.label(122, 170, "source x", anchor="start")
    canvas.label(506, 170, "target y", anchor="end")
    judge = canvas.box(236, 24, 156, 112, "*D", "source or", "target?", kind="network")
    f_x = canvas.box(24, 208, 170, 82, "*f_X", "encoder", kind="network")
    f_y = canvas.box(434, 208, 170, 82, "*f_Y", "encoder", kind="network")
    space = frame(canvas, 236, 212, 156, 136, "#ffffff")
    street(canvas, space, "#eef2f6", "#dde3e8", "#c6ced6")
    canvas.draw(car(250, 282, 0.95, "#6b7783", plain=True))
    edge(canvas, space)
    canvas.label(330, 192, "*Z", anchor="start")
    g_x = canvas.box(24, 430, 170, 82, "*g_X", "decoder", kind="network")
    reader = canvas.box(236, 430, 156, 82, "*label", "*network", kind="network")
    g_y = canvas.box(434, 430, 170, 82, "*g_Y", "decoder", kind="network")
    again = _view(canvas, 24, 574, rain=False, at=14, colour=red)
    labels = frame(canvas, 236, 574, 156, 116, "#ffffff")
    street(canvas, labels, "#4a86c5", "#5c8f3a", "#7b4a8c")
    canvas.draw(car(250, 632, 0.95, "#f0c419", plain=True))
    edge(canvas, labels)
    other = _view(canvas, 434, 574, rain=True, at=14, colour=red)
    canvas.label(109, 724, "with sun")
    canvas.label(314, 724, "labels")
    canvas.label(519, 724, "with rain")
    canvas.arrow(sunny.bottom(), f_x.top())
    canvas.arrow(rainy.bottom(), f_y.top())
    canvas.arrow(f_x.right(), (space.x, 249))
    canvas.arrow(f_y.left(), (space.x + space.w, 249))
    canvas.arrow(space.top(), judge.bottom())
    canvas.arrow(space.bottom(), reader.top())
    canvas.arrow((space.x, 322), (109, 322), g_x.top())
    canvas.arrow((space.x + space.w, 322), (519, 322), g_y.top())
    canvas.arrow(g_x.bottom(), again.top())
    canvas.arrow(reader.bottom(), labels.top())
    canvas.arrow(g_y.bottom(), other.top())
    canvas.arrow(other.right(), (626, 632), (626, 249), f_y.right(), kind="copy")
    canvas.label(612, 372, "back", anchor="end", colour=COPY)
    return canvas.finish(
        "segmentation-adaptation",
        "One space for two domains: image to image translation for adaptation",
        """
        The encoder f_X takes a source image, a sunny street, and f_Y a target image, a rainy
        street, into one space Z, which keeps the street and drops the weather; a discriminator D
        tries to tell from Z whether an image is source or target, and the encoders learn to fool
        it. A label network, trained on source images, reads the pixel labels off Z. Two decoders
        lead out of Z: g_X draws the street with sun, which must be the source image again, and
        g_Y draws it with rain. A green dashed arrow goes back: the image with rain is encoded by
        f_Y again, so that g_X can close the cycle.
        """,
    )


PICTURES = [_schemes(), _shared_space()]
