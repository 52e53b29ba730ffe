"""Two ways to make an autoencoder generate: the reparametrised sample and the judged code."""

from __future__ import annotations

from drawing import GRADIENT, Canvas, Picture


def _node(canvas: Canvas, x: float, y: float, sign: str) -> None:
    canvas.draw(
        f'<circle cx="{x:g}" cy="{y:g}" r="22" fill="#ffffff" stroke="#3d5a78" stroke-width="2"/>'
    )
    canvas.label(x, y, f"*{sign}")


def _reparametrisation() -> Picture:
    canvas = Canvas(900)
    x = canvas.box(130, 20, 200, 52, "x")
    encoder = canvas.box(80, 116, 300, 60, "*Encoder", kind="network")
    both = canvas.group(66, 222, 328, 84)
    mean = canvas.box(80, 238, 140, 52, "μ(x)")
    spread = canvas.box(240, 238, 140, 52, "σ(x)")
    divergence = canvas.box(436, 214, 184, 100, "*KL loss", "near N(0, I)", kind="loss")
    noise = canvas.box(436, 352, 184, 82, "*ε", "from N(0, I)", kind="given")
    _node(canvas, 310, 393, "×")
    plus = canvas.box(80, 466, 300, 44, "*+")
    z = canvas.box(80, 558, 300, 52, "z = μ + σ · ε")
    decoder = canvas.box(80, 660, 300, 60, "*Decoder", kind="network")
    rebuilt = canvas.box(80, 806, 300, 52, "x′")
    likeness = canvas.box(436, 782, 184, 100, "*loss", "x′ like x", kind="loss")
    canvas.arrow(x.bottom(), encoder.top())
    canvas.arrow((150, 176), mean.top())
    canvas.arrow((310, 176), spread.top())
    canvas.arrow(both.right(), divergence.left())
    canvas.arrow(mean.bottom(), (150, plus.y))
    canvas.arrow(spread.bottom(), (310, 371))
    canvas.arrow(noise.left(), (332, 393))
    canvas.label(528, 460, "no gradient", colour=GRADIENT)
    canvas.arrow((310, 415), (310, plus.y))
    canvas.arrow(plus.bottom(), z.top())
    canvas.arrow(z.bottom(), decoder.top())
    canvas.arrow(decoder.bottom(), rebuilt.top())
    canvas.arrow(rebuilt.right(), likeness.left())
    canvas.arrow((104, rebuilt.y), (104, encoder.y + encoder.h), kind="gradient")
    canvas.arrow((264, plus.y), (264, encoder.y + encoder.h), kind="gradient")
    canvas.label(118, 764, "gradient", anchor="start", colour=GRADIENT)
    return canvas.finish(
        "vae-reparametrisation",
        "The reparametrisation trick of the variational autoencoder",
        """
        The encoder gives mean μ(x) and standard deviation σ(x); a KL loss keeps N(μ, σ²) near
        N(0, I). Random ε from N(0, I) enters from the side: it is multiplied elementwise by σ, μ
        is added, and this is z, from which the decoder makes x′, which a second loss compares
        with x. The gradient of that loss runs back through decoder and z along both μ and σ into
        the encoder; ε is a mere input and needs none, so the random draw does not block the
        gradient.
        """,
    )


def _adversarial() -> Picture:
    canvas = Canvas(840)
    x = canvas.box(70, 20, 200, 52, "object x")
    encoder = canvas.box(30, 118, 280, 60, "*Encoder", kind="network")
    code = canvas.box(30, 250, 280, 60, "code z")
    decoder = canvas.box(30, 440, 280, 60, "*Decoder", kind="network")
    rebuilt = canvas.box(70, 552, 200, 52, "x′")
    likeness = canvas.box(30, 660, 280, 82, "*reconstruction", "x′ like x", kind="loss")
    prior = canvas.box(400, 96, 210, 82, "*prior", "N(0, I)", kind="given")
    drawn = canvas.box(400, 250, 210, 60, "drawn code")
    judge = canvas.box(330, 440, 290, 82, "*Discriminator D", "judges codes", kind="network")
    game = canvas.box(
        330,
        628,
        290,
        114,
        "*adversarial loss",
        "D tells them apart,",
        "encoder fools D",
        kind="loss",
    )
    canvas.arrow(x.bottom(), encoder.top())
    canvas.arrow(encoder.bottom(), code.top())
    canvas.arrow(code.bottom(), decoder.top())
    canvas.arrow(decoder.bottom(), rebuilt.top())
    canvas.arrow(rebuilt.bottom(), likeness.top())
    canvas.arrow(prior.bottom(), drawn.top())
    canvas.arrow(drawn.bottom(0.55), (drawn.bottom(0.55)[0], judge.y))
    canvas.arrow((280, 310), (280, 346), (434, 346), (434, judge.y))
    canvas.arrow(judge.bottom(), game.top())
    canvas.arrow((352, game.y + 11), (352, 388), (238, 388), (238, 178), kind="gradient")
    canvas.label(294, 414, "gradient", colour=GRADIENT)
    canvas.label(320, 788, "To generate afterwards:", "decode a code drawn from the prior")
    return canvas.finish(
        "adversarial-autoencoder",
        "The adversarial autoencoder",
        """
        The encoder turns an object x into a code z, the decoder turns z into x′, and the
        reconstruction loss makes x′ like x. A discriminator sees codes only, never objects: codes
        z from the encoder and codes drawn from a prior such as N(0, I), and learns to tell which
        is which. The gradient of the adversarial loss runs back through the discriminator and z
        into the encoder, which learns to make codes that look drawn from the prior. Afterwards a
        code drawn from the prior is decoded into a new object.
        """,
    )


PICTURES = [_reparametrisation(), _adversarial()]
