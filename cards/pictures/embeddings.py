"""Two methods that learn to embed images: from captions and from crops."""

from __future__ import annotations

from drawing import COPY, FLOW, GRADIENT, Canvas, Picture


def _row(canvas: Canvas, x: float, y: float, cell: float, best: int, words: list[str]) -> None:
    """Draw one row of similarities, its best cell with a heavy edge."""
    for number, word in enumerate(words):
        kind = "network" if number == best else "thing"
        text = f"*{word}" if number == best else word
        canvas.box(x + number * cell + 3, y + 3, cell - 6, 52, text, kind=kind)


def _clip() -> Picture:
    canvas = Canvas(976)
    canvas.label(20, 36, "*1. Training on images with captions", anchor="start")
    captions = canvas.box(250, 64, 370, 52, "a batch of N captions")
    texts = canvas.box(250, 156, 370, 52, "*Text encoder", kind="network")
    canvas.box(20, 156, 170, 52, "N images")
    sight = canvas.box(20, 264, 130, 232, "*Image", "*encoder", kind="network")
    canvas.arrow(captions.bottom(), texts.top())
    canvas.arrow((85, 208), (85, sight.y))
    for number in range(4):
        index = str(number + 1) if number < 3 else "N"
        canvas.label(296 + 92.5 * number, 236, f"T_{index}", colour=FLOW)
        canvas.label(228, 293 + 58 * number, f"I_{index}", colour=FLOW)
        canvas.arrow((150, 293 + 58 * number), (210, 293 + 58 * number))
        words = ["low"] * 4
        words[number] = "high"
        _row(canvas, 250, 264 + 58 * number, 92.5, number, words)
    canvas.label(435, 520, "similarity of each pair")

    canvas.label(20, 588, "*2. Classifying without training", anchor="start")
    names = canvas.box(250, 616, 370, 82, "“a photo of a …”", "cat, dog, plane", kind="given")
    texts = canvas.box(250, 742, 370, 52, "*Text encoder", kind="frozen")
    photo = canvas.box(20, 742, 170, 52, "new image")
    sight = canvas.box(20, 842, 130, 82, "*Image", "*encoder", kind="frozen")
    canvas.arrow(names.bottom(), texts.top())
    canvas.arrow((85, photo.y + photo.h), (85, sight.y))
    canvas.arrow(sight.right(), (245, 883))
    for number, name in enumerate(("cat", "dog", "plane")):
        canvas.label(312 + 123 * number, 824, name, colour=FLOW)
    _row(canvas, 250, 854, 123.3, 1, ["low", "high", "low"])
    canvas.label(435, 944, "the highest wins: dog")
    return canvas.finish(
        "clip",
        "CLIP: training on pairs, then classifying by names",
        """
        Training: a text encoder turns the N captions of a batch into vectors T_1 to T_N, an image
        encoder the N images into I_1 to I_N. Of all N × N similarities the ones on the diagonal,
        image and own caption, are pushed up, all others down. Use: the names of the classes, as
        in “a photo of a dog”, pass through the text encoder and form a classifier, with no
        further training; a new image belongs to the name whose vector is most similar to its own.
        """,
    )


def _dino() -> Picture:
    canvas = Canvas(860)
    image = canvas.box(220, 20, 200, 52, "one image")
    many = canvas.box(30, 130, 230, 82, "*all crops", "large and small")
    few = canvas.box(380, 130, 230, 82, "*2 large crops", "no small ones")
    student = canvas.box(30, 268, 230, 82, "*Student", "gets the gradient", kind="network")
    teacher = canvas.box(380, 268, 230, 82, "*Teacher", "gets no gradient", kind="frozen")
    plain = canvas.box(30, 420, 230, 82, "softmax")
    sharp = canvas.box(380, 420, 230, 82, "centre, sharpen,", "softmax")
    p_s = canvas.box(80, 558, 130, 52, "p_s")
    p_t = canvas.box(430, 558, 130, 52, "p_t")
    loss = canvas.box(
        30, 716, 580, 114, "*cross-entropy H(p_t, p_s)", "for two different crops", kind="loss"
    )
    canvas.arrow(image.left(), (145, 46), many.top())
    canvas.arrow(image.right(), (495, 46), few.top())
    for column in ((many, student, plain, p_s), (few, teacher, sharp, p_t)):
        for upper, lower in zip(column, column[1:], strict=False):
            canvas.arrow(upper.bottom(), lower.top())
    canvas.arrow(p_s.bottom(), (145, loss.y))
    canvas.arrow(p_t.bottom(), (495, loss.y))
    canvas.arrow(student.right(), teacher.left(), kind="copy")
    canvas.label(320, 287, "moving", colour=COPY)
    canvas.label(320, 331, "average", colour=COPY)
    canvas.arrow((234, loss.y), (234, student.y + student.h), kind="gradient")
    canvas.label(246, 612, "gradient", anchor="start", colour=GRADIENT)
    canvas.draw('<path d="M475 660 H515 M475 672 H515" stroke="#8c3f04" stroke-width="5"/>')
    canvas.label(460, 666, "stop-gradient", anchor="end", colour=GRADIENT)
    return canvas.finish(
        "dino",
        "DINO: a student learns from a teacher that is its own average",
        """
        One image is cut into two large and some small crops. The student sees all of them and
        gives p_s through a softmax; the teacher sees only the two large ones, and its output is
        centred and sharpened before it becomes p_t. The loss is the cross-entropy H(p_t, p_s) for
        two different crops; its gradient changes the student only, since a stop-gradient cuts the
        way into the teacher. The teacher's weights are a moving average of the student's.
        """,
    )


PICTURES = [_clip(), _dino()]
