"""A library of generated notes: 25-word answers, one formula in five, no code."""

from __future__ import annotations

import random
from pathlib import Path

WORDS = [
    "model",
    "layer",
    "weight",
    "sample",
    "batch",
    "kernel",
    "mean",
    "noise",
    "graph",
    "node",
    "edge",
    "token",
    "image",
    "pixel",
    "label",
    "loss",
    "term",
    "gradient",
    "step",
    "rate",
    "server",
    "client",
    "round",
    "data",
    "prior",
    "score",
    "class",
    "vector",
    "matrix",
    "attention",
    "network",
    "signal",
    "value",
    "target",
    "error",
    "bound",
    "limit",
]


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))


def write_library(folder: Path, notes: int, files: int) -> None:
    """Write a library of basic notes, three in ten of them cloze, into a folder."""
    rng = random.Random(1)
    folder.mkdir(parents=True)
    a_file = notes // files
    for number in range(files):
        lines = [f"deck: Bench::Deck {number:03d}", "tags: [bench]", "notes:"]
        for index in range(a_file):
            name = f"n{number:03d}-{index:04d}"
            formula = r" $\frac{a_i}{b+1} \le \sum_{k=1}^{K} x_k$" if index % 5 == 0 else ""
            lines.append(f"- id: {name}")
            if index % 10 < 7:
                lines.append(f"  q: Which {sentence(rng, 9)} {name}?")
                lines.append(f"  a: The {sentence(rng, 24)}{formula}.")
            else:
                lines.append(
                    f"  cloze: Note {name} {sentence(rng, 12)} {{{{c1::{rng.choice(WORDS)}}}}}"
                    f" {sentence(rng, 11)}{formula}."
                )
        (folder / f"bank_{number:03d}.yaml").write_text("\n".join(lines) + "\n")
