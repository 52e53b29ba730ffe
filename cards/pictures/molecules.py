"""The funnel of drug discovery, and the two stacks of GROVER."""

from __future__ import annotations

from drawing import COPY, FLOW, Box, Canvas, Picture

# The candidates that enter each stage of the sketch, in rows; the last is the drug.
STAGES = ((9, 8, 7, 6, 5), (4, 3), (2,), (1,))

_GOES_ON = 'fill="#1f4f82" stroke="#1f4f82" stroke-width="2.5"'
_FAILS = 'fill="#ffffff" stroke="#7f8c99" stroke-width="2.5"'
_SEGMENT = 'fill="#e3ebf3" stroke="#8496a8" stroke-width="2"'
_COST = 'fill="#fdeedd" stroke="#b4540a" stroke-width="2.5"'


def _candidate(x: float, y: float, look: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" {look}/>'


def _stage(canvas: Canvas, top: float, halves: tuple[float, float], number: int) -> float:
    """Draw a slice of the funnel with its candidates; return its height."""
    middle, (upper, lower) = 165.0, halves
    rows, going = STAGES[number], sum(STAGES[number + 1])
    tall = 31.0 * len(rows) + 8
    canvas.draw(
        f'<path d="M{middle - upper:.1f} {top:.1f}H{middle + upper:.1f}'
        f'L{middle + lower:.1f} {top + tall:.1f}H{middle - lower:.1f}Z" {_SEGMENT}/>'
    )
    chosen = {int((part + 0.5) * sum(rows) / going) for part in range(going)}
    candidate = 0
    for row, count in enumerate(rows):
        for place in range(count):
            x = middle + 29 * (place - (count - 1) / 2)
            look = _GOES_ON if candidate in chosen else _FAILS
            canvas.draw(_candidate(x, top + 19.5 + 31 * row, look))
            candidate += 1
    return tall


def _funnel() -> Picture:
    canvas = Canvas(750)
    wanted = canvas.box(20, 20, 290, 52, "wanted properties", kind="given")
    model = canvas.box(20, 120, 290, 82, "*generative model", "proposes molecules", kind="network")
    canvas.arrow(wanted.bottom(), model.top())
    canvas.arrow(model.bottom(), (165, 252))
    top = 256.0
    for number, (halves, names) in enumerate(
        (
            ((145.0, 84.0), ("*laboratory", "pre-clinical")),
            ((80.0, 54.0), ("*people", "clinical trials")),
            ((50.0, 34.0), ("*approval",)),
        )
    ):
        tall = _stage(canvas, top, halves, number)
        canvas.label(330, top + tall / 2, *names, anchor="start")
        top += tall + 10
    drug = canvas.box(85, 600, 160, 52, "*new drug")
    canvas.arrow((165, top - 10), drug.top())
    canvas.draw(f'<path d="M566 256L616 499H516Z" {_COST}/>')
    canvas.label(566, 540, "*cost of", "*each test")
    canvas.draw(_candidate(350, 56, _GOES_ON))
    canvas.label(372, 56, "goes on", anchor="start")
    canvas.draw(_candidate(350, 94, _FAILS))
    canvas.label(372, 94, "fails", anchor="start")
    canvas.label(320, 702, "1 to 2.6 billion dollars per drug,", "failures included")
    return canvas.finish(
        "drug-discovery-funnel",
        "The funnel of drug discovery",
        """
        A funnel, not to scale. From the wanted properties a generative model proposes molecules,
        which enter at the wide end. In the laboratory, in clinical trials on people and before
        approval candidates fail, most of them in the laboratory, and the funnel narrows until a
        single new drug is left. A wedge beside it widens downwards: a test on people costs far
        more than one in the laboratory. All in all a new drug costs about 1 to 2.6 billion
        dollars by different estimates, the failures included.
        """,
    )


def _stack(canvas: Canvas, x: float, what: str) -> tuple[Box, Box]:
    """Draw the stack that works on atoms or on bonds; return its input and its end."""
    middle = x + 118
    features = canvas.box(x, 122, 236, 52, f"*{what}")
    canvas.group(x, 222, 236, 122)
    canvas.label(middle, 250, "message passing")
    attention = canvas.box(x, 400, 236, 82, "*attention", f"{what} to {what}", kind="network")
    canvas.arrow(features.bottom(), (middle, 222))
    for number, letter in enumerate("QKV"):
        passing = canvas.box(x + 14 + 72 * number, 276, 64, 52, f"*{letter}", kind="network")
        canvas.arrow(passing.bottom(), (passing.bottom()[0], attention.y))
    return features, attention


def _grover() -> Picture:
    canvas = Canvas(950)
    graph = canvas.box(66, 20, 508, 52, "graph of a molecule", kind="given")
    canvas.group(16, 572, 608, 106)
    canvas.label(320, 598, "*four sets of embeddings")
    for x, what, side, shares in (
        (66, "atoms", 32, (0.35, 0.8)),
        (338, "bonds", 608, (0.2, 0.65)),
    ):
        features, attention = _stack(canvas, x, what)
        canvas.arrow((features.top()[0], graph.y + graph.h), features.top())
        for share, target in zip(shares, ("atoms", "bonds"), strict=True):
            at, _ = attention.bottom(share)
            canvas.arrow((at, 482), (at, 572))
            canvas.box(at - 50, 618, 100, 46, target)
        begin = features.left() if side < x else features.right()
        canvas.arrow(begin, (side, begin[1]), (side, 572), kind="copy")
        anchor, shift = ("start", 12) if side < x else ("end", -12)
        canvas.label(side + shift, 520, "residual", anchor=anchor, colour=COPY)
    local = canvas.box(
        16, 782, 296, 144, "*local task", "each atom and bond:", "what surrounds it?", kind="loss"
    )
    whole = canvas.box(
        328, 782, 296, 144, "*global task", "which of 85", "functional groups?", kind="loss"
    )
    canvas.arrow((local.top()[0], 678), local.top())
    canvas.arrow((whole.top()[0], 678), whole.top())
    canvas.label(whole.top()[0] + 18, 724, "pooled", anchor="start", colour=FLOW)
    return canvas.finish(
        "grover-stacks",
        "The two stacks of GROVER and its two pre-training tasks",
        """
        The graph of a molecule enters two stacks side by side, one that works on atoms and one
        that works on bonds. In each, three message passing networks compute the queries Q, keys K
        and values V of an attention, of atoms to atoms or of bonds to bonds, and a single long
        residual connection leads from the input to the end. Each stack puts out embeddings of
        atoms and of bonds, four sets in all. From these two pre-training tasks are solved: the
        local one asks for each atom and bond what surrounds it, the global one, after pooling,
        which of 85 functional groups the molecule contains.
        """,
    )


PICTURES = [_funnel(), _grover()]
