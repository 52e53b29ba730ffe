"""The two networks of a GAN and the two gradients that train them."""

from __future__ import annotations

from drawing import GRADIENT, Canvas, Picture


def _gan_loop() -> Picture:
    canvas = Canvas(850)
    noise = canvas.box(105, 20, 190, 52, "noise z")
    generator = canvas.box(35, 122, 330, 82, "*Generator G", "noise to image", kind="network")
    fake = canvas.box(105, 262, 190, 52, "fake image")
    data = canvas.box(405, 122, 200, 82, "training", "images", kind="given")
    real = canvas.box(405, 262, 200, 52, "real image")
    judge = canvas.box(35, 378, 570, 82, "*Discriminator D", "real or fake?", kind="network")
    verdict = canvas.box(190, 516, 260, 82, "*D(x)", "chance of real")
    loss_g = canvas.box(
        30, 700, 270, 126, "*loss of G", "low if D calls", "the fakes real", kind="loss"
    )
    loss_d = canvas.box(
        340, 700, 270, 126, "*loss of D", "low if D tells", "real from fake", kind="loss"
    )
    canvas.arrow(noise.bottom(), (noise.bottom()[0], generator.y))
    canvas.arrow((fake.top()[0], 204), fake.top())
    canvas.arrow(fake.bottom(), (fake.bottom()[0], judge.y))
    canvas.arrow(data.bottom(), real.top())
    canvas.arrow(real.bottom(), (real.bottom()[0], judge.y))
    canvas.arrow((verdict.top()[0], 460), verdict.top())
    canvas.arrow(verdict.bottom(0.25), (verdict.bottom(0.25)[0], loss_g.y))
    canvas.arrow(verdict.bottom(0.75), (verdict.bottom(0.75)[0], loss_d.y))
    canvas.arrow((68, loss_g.y), (68, generator.y + generator.h), kind="gradient")
    canvas.arrow((572, loss_d.y), (572, judge.y + judge.h), kind="gradient")
    canvas.label(82, 648, "gradient,", "through D", "to G", anchor="start", colour=GRADIENT)
    canvas.label(558, 648, "gradient", "to D", anchor="end", colour=GRADIENT)
    return canvas.finish(
        "gan-loop",
        "The training loop of a GAN",
        """
        Noise z enters the generator G, which makes a fake image. The discriminator D receives
        fake images and real training images and gives for each the chance D(x) that it is real.
        From this follow two losses: that of D is low if it tells real from fake, and its gradient
        changes D; that of G is low if D calls the fakes real, and its gradient runs back through
        D, which it leaves as it is, to change G.
        """,
    )


PICTURES = [_gan_loop()]
