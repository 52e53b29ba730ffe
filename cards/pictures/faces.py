"""Three methods for faces: identity and attributes, make-up, expression."""

from __future__ import annotations

from drawing import Canvas, Picture


def _open_set_faces() -> Picture:
    canvas = Canvas(990)
    source = canvas.box(60, 20, 230, 82, "*photo x^s", "the person")
    attribute = canvas.box(350, 20, 230, 82, "*photo x^a", "pose, light, …")
    identity = canvas.box(60, 150, 230, 82, "*I", "identity encoder", kind="network")
    encoder = canvas.box(350, 150, 230, 82, "*A", "attribute encoder", kind="network")
    loss_i = canvas.box(44, 290, 170, 82, "*L_I", "who is it?", kind="loss")
    loss_kl = canvas.box(426, 290, 170, 82, "*L_{KL}", "near N(0, I)", kind="loss")
    generator = canvas.box(200, 430, 240, 82, "*G", "generator", kind="network")
    face = canvas.box(220, 562, 200, 52, "*new face x′")
    judge_c = canvas.box(58, 680, 174, 82, "*C", "classifier", kind="network")
    judge_d = canvas.box(408, 680, 174, 82, "*D", "discriminator", kind="network")
    loss_r = canvas.box(246, 680, 148, 82, "*L_R", "x′ ≈ x^a", kind="loss")
    loss_c = canvas.box(
        24,
        822,
        288,
        144,
        "*L_C",
        "C names the person",
        "*L_{GC}",
        "features: x′ ≈ x^s",
        kind="loss",
    )
    loss_d = canvas.box(
        328,
        822,
        288,
        144,
        "*L_D",
        "D tells x′ from x^a",
        "*L_{GD}",
        "features: x′ ≈ x^a",
        kind="loss",
    )
    canvas.arrow(source.bottom(), identity.top())
    canvas.arrow(attribute.bottom(), encoder.top())
    canvas.arrow((129, 232), loss_i.top())
    canvas.arrow((511, 232), loss_kl.top())
    canvas.arrow((252, 232), (252, generator.y))
    canvas.arrow((388, 232), (388, generator.y))
    canvas.label(320, 330, "both", "codes")
    canvas.arrow(generator.bottom(), face.top())
    canvas.arrow(face.bottom(), loss_r.top())
    canvas.arrow(face.left(), (145, face.left()[1]), judge_c.top())
    canvas.arrow(face.right(), (495, face.right()[1]), judge_d.top())
    canvas.arrow(source.left(), (18, 61), (18, 721), judge_c.left())
    canvas.arrow(attribute.right(), (622, 61), (622, 721), judge_d.right())
    canvas.arrow(judge_c.bottom(), (145, loss_c.y))
    canvas.arrow(judge_d.bottom(), (495, loss_d.y))
    return canvas.finish(
        "open-set-faces",
        "Open-set identity preserving face synthesis and its losses",
        """
        The identity encoder I reads the photo x^s and learns with the softmax loss L_I to say who
        it is; the attribute encoder A reads the photo x^a, and L_KL keeps its code near N(0, I).
        The generator G makes the new face x′ from both codes; the reconstruction loss L_R pulls
        x′ towards x^a, ten times weaker if the two photos show different people. The classifier C
        sees x^s and x′: L_C trains it to name the person, L_GC makes the features of x′ in C
        match those of x^s. The discriminator D sees x^a and x′: L_D trains it to tell them apart,
        L_GD makes the features of x′ in D match those of x^a.
        """,
    )


def _paired_cyclegan() -> Picture:
    canvas = Canvas(1000)
    left, right, wide = 50, 370, 220
    x = canvas.box(left, 20, wide, 82, "*x", "bare face", kind="given")
    y = canvas.box(right, 20, wide, 82, "*y", "wears make-up", kind="given")
    first_g = canvas.box(left, 158, wide, 82, "*G", "puts make-up on", kind="network")
    first_f = canvas.box(right, 158, wide, 82, "*F", "takes it off", kind="network")
    made_up = canvas.box(left, 296, wide, 82, "*G(x, y)", "x, made up like y")
    bare = canvas.box(right, 296, wide, 82, "*F(y)", "y, bare")
    second_f = canvas.box(left, 434, wide, 82, "*F", "takes it off", kind="network")
    second_g = canvas.box(right, 434, wide, 82, "*G", "puts make-up on", kind="network")
    same = canvas.box(30, 572, 260, 114, "*identity loss", "F(G(x, y)) ≈ x", kind="loss")
    style = canvas.box(350, 572, 260, 114, "*style loss", "G(F(y), G(x, y))", "≈ y", kind="loss")
    for column in ((x, first_g, made_up, second_f, same), (y, first_f, bare, second_g, style)):
        for upper, lower in zip(column, column[1:], strict=False):
            canvas.arrow(upper.bottom(), lower.top())
    canvas.arrow(y.left(), (320, 61), (320, 199), first_g.right())
    canvas.arrow(made_up.right(), (320, 337), (320, 475), second_g.left())
    canvas.label(320, 736, "*Three discriminators judge too")
    for at, text in enumerate(
        (
            "D_Y: G(x, y), or a real made-up face?",
            "D_X: F(y), or a real bare face?",
            "D_S: same make-up on y and G(x, y)?",
        )
    ):
        canvas.box(30, 764 + 74 * at, 580, 58, text, kind="network")
    return canvas.finish(
        "paired-cyclegan",
        "PairedCycleGAN: make-up on and off",
        """
        G puts the make-up of the reference photo y on the bare face x and gives G(x, y); F takes
        make-up off and turns y into F(y). A second round closes two cycles: F(G(x, y)) must be x
        again, the identity loss, and G(F(y), G(x, y)) must be y again, the style loss, since G(x,
        y) wears the make-up of y. Three discriminators judge too: D_Y whether G(x, y) looks like
        a real face with make-up, D_X whether F(y) looks like a real bare face, D_S whether y and
        G(x, y) wear the same make-up.
        """,
    )


def _de_expression() -> Picture:
    canvas = Canvas(1030)
    canvas.label(20, 36, "*1. Learn to take the expression off", anchor="start")
    query = canvas.box(20, 64, 160, 82, "face with", "expression")
    generator = canvas.box(230, 64, 180, 82, "*Generator", "of a cGAN", kind="network")
    neutral = canvas.box(460, 64, 160, 82, "neutral face", "generated")
    judge = canvas.box(20, 214, 290, 82, "*discriminator loss", "a true pair?", kind="loss")
    distance = canvas.box(330, 214, 290, 82, "*L1 loss", "like the true neutral", kind="loss")
    canvas.arrow(query.right(), generator.left())
    canvas.arrow(generator.right(), neutral.left())
    canvas.arrow((100, 146), (100, judge.y))
    canvas.arrow((490, 146), (490, 180), (250, 180), (250, judge.y))
    canvas.arrow((560, 146), (560, distance.y))

    canvas.label(20, 350, "*2. Freeze it and read its layers", anchor="start")
    face = canvas.box(20, 382, 150, 52, "new face")
    calm = canvas.box(204, 382, 150, 52, "neutral")
    canvas.draw(
        '<path d="M26 482 H348 L242 842 H132 Z" fill="#e6e9ec" stroke="#5a6672"'
        ' stroke-width="3" stroke-dasharray="9 6"/>'
    )
    canvas.arrow(face.bottom(), (95, 482))
    canvas.arrow((279, 482), calm.bottom())
    readers = []
    for row in range(4):
        y = 500 + 70 * row
        wide = 128 - 21 * row
        canvas.box(182 - wide, y, wide, 46, *(("encoder",) if row == 0 else ()))
        layer = canvas.box(192, y, wide, 46, *(("decoder",) if row == 0 else ()))
        canvas.arrow((182, y + 23), (192, y + 23), head=False)
        reader = canvas.box(410, y - 3, 150, 52, "local CNN", kind="network")
        canvas.arrow(layer.right(), reader.left())
        readers.append(reader)
    code = canvas.box(145, 780, 84, 46, "code")
    canvas.label(22, 868, "generator, frozen", anchor="start")
    joint = canvas.box(300, 866, 320, 52, "*joint classifier", kind="network")
    verdict = canvas.box(300, 962, 320, 52, "happiness, anger, …")
    for reader in readers:
        canvas.arrow(reader.right(), (596, reader.right()[1]), (596, joint.y))
    canvas.arrow(code.right(), (330, 803), (330, joint.y))
    canvas.arrow(joint.bottom(), verdict.top())
    return canvas.finish(
        "de-expression",
        "De-expression residue learning in two stages",
        """
        First stage: the generator of a conditional GAN turns a face with an expression into the
        neutral face of the same person; a discriminator judges the pair of input and output, and
        an L1 loss compares the output with the true neutral photo. Second stage: the generator is
        frozen. What it removes from a new face, the residue of the expression, remains in its
        layers: encoder and decoder layers of equal size go together into a local CNN each, and a
        joint classifier reads the four CNNs and the code in the middle and names the expression.
        """,
    )


PICTURES = [_open_set_faces(), _paired_cyclegan(), _de_expression()]
