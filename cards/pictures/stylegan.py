"""StyleGAN, and two methods that use a trained one as a source of data."""

from __future__ import annotations

from drawing import COPY, FLOW, GRADIENT, Canvas, Picture


def _networks() -> Picture:
    canvas = Canvas(880)
    z = canvas.box(20, 24, 170, 82, "*z", "random")
    mapping = canvas.box(20, 152, 170, 114, "*Mapping", "*network", "8 layers", kind="network")
    w = canvas.box(20, 312, 170, 82, "*w", "style code")
    canvas.label(400, 60, "*Synthesis network", "from coarse to fine")
    start = canvas.box(275, 124, 250, 82, "a learned", "4 × 4 constant")
    levels = [
        canvas.box(275, y, 250, 114, *lines, kind="network")
        for y, lines in (
            (296, ("*4 × 4, 8 × 8", "coarse styles:", "pose, face shape")),
            (466, ("*16 × 16, 32 × 32", "middle styles:", "facial features")),
            (636, ("*64 × 64 up to", "*1024 × 1024", "fine styles: colours")),
        )
    ]
    image = canvas.box(275, 806, 250, 52, "image")
    canvas.arrow(z.bottom(), mapping.top())
    canvas.arrow(mapping.bottom(), w.top())
    for upper, lower in zip([start, *levels], [*levels, image], strict=True):
        canvas.arrow(upper.bottom(), lower.top())
    for number, level in enumerate(levels):
        at = level.left()[1]
        begin = [w.right()] if number == 0 else [(105, w.y + w.h), (105, at)]
        canvas.arrow(*begin, level.left())
        canvas.arrow((624, at), level.right())
        canvas.label(228, at - 22, "AdaIN", colour=FLOW)
        canvas.label(582, at - 22, "noise", colour=FLOW)
    canvas.label(
        20, 796, "at each level twice:", "add noise, then", "set the style", anchor="start"
    )
    return canvas.finish(
        "stylegan-networks",
        "The two networks of StyleGAN",
        """
        On the left, a mapping network of 8 layers turns the random code z into the style code w.
        On the right, the synthesis network begins with a learned constant of 4 × 4 and doubles
        the resolution level by level up to an image of 1024 × 1024. At every level w enters from
        the left through AdaIN and fresh noise from the right. Styles at the coarse levels, 4 × 4
        and 8 × 8, set pose and face shape; those at 16 × 16 and 32 × 32 facial features; those
        from 64 × 64 on colours.
        """,
    )


def _grid(canvas: Canvas, x: float, bottom: float, cells: int, side: int) -> None:
    cell = side / cells
    lines = "".join(
        f"M{x:g} {bottom - n * cell:g} h{side} M{x + n * cell:g} {bottom:g} v{-side} "
        for n in range(cells + 1)
    )
    canvas.draw(f'<path d="{lines.strip()}" fill="none" stroke="#3d5a78" stroke-width="2"/>')


def _datasetgan() -> Picture:
    canvas = Canvas(1000)
    z = canvas.box(245, 20, 150, 52, "random z")
    gan = canvas.box(120, 116, 400, 82, "*StyleGAN", "trained before, now fixed", kind="frozen")
    image = canvas.box(24, 276, 216, 52, "image")
    maps = canvas.group(320, 250, 300, 142)
    canvas.label(470, 274, "*feature maps")
    for x, cells, side in ((346, 2, 30), (410, 4, 52), (494, 8, 88)):
        _grid(canvas, x, 380, cells, side)
    vector = canvas.box(320, 458, 300, 82, "*for every pixel", "one long vector")
    interpreter = canvas.box(
        320,
        606,
        300,
        114,
        "*Style interpreter",
        "several small MLPs",
        "vote on the label",
        kind="network",
    )
    human = canvas.box(66, 606, 176, 114, "a human", "labels tens of", "them, once", kind="given")
    labels = canvas.box(320, 776, 300, 52, "a label for each pixel")
    pair = canvas.box(24, 894, 596, 82, "*image with label map", "any number of them")
    canvas.arrow(z.bottom(), gan.top())
    canvas.arrow((154, 198), (154, image.y))
    canvas.arrow((470, 198), maps.top())
    canvas.arrow(maps.bottom(), vector.top())
    canvas.label(456, 425, "enlarge, stack", anchor="end", colour=FLOW)
    canvas.arrow(vector.bottom(), interpreter.top())
    canvas.arrow(interpreter.bottom(), labels.top())
    canvas.arrow(labels.bottom(), (labels.bottom()[0], pair.y))
    canvas.arrow((154, image.y + image.h), human.top())
    canvas.arrow(human.right(), interpreter.left(), kind="copy")
    canvas.label(280, 640, "trains", colour=COPY)
    canvas.arrow((46, image.y + image.h), (46, pair.y))
    return canvas.finish(
        "datasetgan",
        "How DatasetGAN labels what StyleGAN draws",
        """
        A random code z passes through a trained and fixed StyleGAN, which gives an image and,
        inside, feature maps of all sizes. The maps are enlarged to the size of the image and
        stacked, so that every pixel has one long vector. The style interpreter, an ensemble of
        small MLPs that vote, predicts a label for each pixel from its vector. It is trained once
        on some tens of generated images that a human has labelled; from then on images come with
        their label maps in any number.
        """,
    )


def _inverse_graphics() -> Picture:
    canvas = Canvas(914)
    gan = canvas.box(70, 20, 400, 82, "*StyleGAN", "one object, many views", kind="frozen")
    for shift in (16, 8):
        canvas.draw(
            f'<rect x="{70 + shift}" y="{158 - shift}" width="400" height="82" rx="10"'
            ' fill="#ffffff" stroke="#3d5a78" stroke-width="2"/>'
        )
    images = canvas.box(70, 158, 400, 82, "*images", "each view is known")
    network = canvas.box(70, 300, 400, 82, "*Inverse graphics", "*network", kind="network")
    parts = [
        canvas.box(x, 436, wide, 52, text)
        for x, wide, text in ((126, 106, "mesh"), (244, 116, "texture"), (372, 98, "light"))
    ]
    renderer = canvas.box(70, 542, 400, 82, "*DIB-R", "differentiable renderer", kind="frozen")
    rendered = canvas.box(70, 684, 400, 52, "rendered image")
    loss = canvas.box(70, 810, 400, 82, "*loss", "rendered against image", kind="loss")
    canvas.arrow(gan.bottom(), (270, 142))
    canvas.arrow(images.bottom(), network.top())
    for part in parts:
        canvas.arrow((part.top()[0], 382), part.top())
        canvas.arrow(part.bottom(), (part.bottom()[0], renderer.y))
    canvas.arrow(renderer.bottom(), rendered.top())
    canvas.arrow(rendered.bottom(), loss.top())
    canvas.arrow(
        (486, images.right(0.75)[1]), (508, images.right(0.75)[1]), (508, 583), renderer.right()
    )
    canvas.label(520, 420, "view", anchor="start", colour=FLOW)
    canvas.arrow(
        (486, images.right(0.35)[1]), (600, images.right(0.35)[1]), (600, 851), loss.right()
    )
    canvas.label(588, 700, "image", anchor="end", colour=FLOW)
    canvas.arrow((98, loss.y), (98, network.y + network.h), kind="gradient")
    canvas.label(112, 773, "gradient", anchor="start", colour=GRADIENT)
    return canvas.finish(
        "inverse-graphics",
        "Training an inverse graphics network on the images of a GAN",
        """
        StyleGAN generates the same object from many viewpoints that are known. The inverse
        graphics network predicts mesh, texture and light from one such image. The differentiable
        renderer DIB-R turns these, seen from the known view, into an image again. The loss
        compares it with the image of StyleGAN, and its gradient runs back through the renderer
        into the inverse graphics network.
        """,
    )


PICTURES = [_networks(), _datasetgan(), _inverse_graphics()]
