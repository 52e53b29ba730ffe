"""The words of a marked-up text: without its markup, counted, and cut to their stems."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from studytool import cloze, markup
from studytool.values import Value, fields

FORMULA = "\ufffc"
"""Stands for a formula in plain text, and counts as one word."""
GAP = "\ufffb"
"""Stands for a hole whose content is hidden; it is no word."""

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(
    r"(?<![\s.]al\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\svs\.)(?<=[.?!])[\"'”’)]*\s+(?=\S)"
)
_BLOCKS = (markup.Paragraph, markup.Heading, markup.CodeBlock, markup.MathBlock, markup.Break)
_ENDINGS = tuple(
    sorted(
        (
            "isations izations isation ization ations ation ities ingly ments ings ised ized ises "
            "izes ising izing ment ness edly able ity ing ied ies ise ize ion ions ors ers ed es "
            "ly er or al s e y ate ates ated ating ator ators"
        ).split(),
        key=lambda ending: -len(ending),
    )
)
_SHORTEST_STEM = 3
STOP_WORDS = frozenset(
    (
        "a about after again all alone also although always among an and any are as at away "
        "be because been before being below both but by can cannot could did do does done "
        "down each either else even ever every few first for from gets give given gives go "
        "goes had has have having he her here his how however i if in instead into is it its "
        "itself just less let like made make makes many may might more most much must need "
        "needs never no none nor not nothing now of off on once one only or other others our "
        "out over own per put rather same say see shall she should since so some such take "
        "takes than that the their them themselves then there these they this those though "
        "through thus to together too two under until up upon us use used uses using very "
        "was way we well were what when where which while who whole whom whose why will with "
        "within without would yet you your"
    ).split()
)


class Reading(Value):
    """A text as a reader sees it.

    Attributes:
        text: Its words, with `FORMULA` for each formula and `GAP` for each hidden hole.
        titles: Words in italics or bold, which name something.
        formulas: The LaTeX of its formulas, in order.
        holes: The content of the holes that are hidden, without its markup, in order.
    """

    text: str
    titles: tuple[str, ...]
    formulas: tuple[str, ...]
    holes: tuple[str, ...]


class _Reader:
    """Collects what a tree shows."""

    def __init__(self, hidden: frozenset[int]) -> None:
        self.hidden = hidden
        self.pieces: list[str] = []
        self.titles: list[str] = []
        self.formulas: list[str] = []
        self.holes: list[str] = []

    def visit(self, node: Any) -> None:
        """Collect a node and what is in it."""
        if isinstance(node, tuple):
            for part in node:
                self.visit(part)
        elif isinstance(node, markup.Math | markup.MathBlock):
            self.formula(node.tex)
        elif isinstance(node, markup.Text | markup.Code | markup.CodeBlock):
            self.pieces.append(node.text)
        elif isinstance(node, markup.Hole):
            self.hole(node)
        elif not isinstance(node, markup.Image | str | int | None):
            start = len(self.pieces)
            for name in fields(node):
                self.visit(getattr(node, name))
            if isinstance(node, markup.Span) and node.style != "strike":
                self.titles.append("".join(self.pieces[start:]))
        if isinstance(node, _BLOCKS):
            self.pieces.append("\n")

    def formula(self, tex: str) -> None:
        """Collect a formula; it may have holes of its own."""
        shown = ""
        for piece in cloze.segments(tex) if "{{c" in tex else (tex,):
            if isinstance(piece, str):
                shown += piece
            elif piece.number in self.hidden:
                self.holes.append(FORMULA)
            else:
                shown += piece.text
        self.formulas.append(shown)
        self.pieces.append(FORMULA)

    def hole(self, hole: markup.Hole) -> None:
        """Collect a hole: its content if it is shown, else a gap."""
        if hole.number not in self.hidden:
            self.visit(hole.children)
            return
        inner = _Reader(frozenset())
        inner.visit(hole.children)
        self.holes.append("".join(inner.pieces).strip())
        self.pieces.append(GAP)


def read(tree: markup.Blocks, hidden: frozenset[int] = frozenset()) -> Reading:
    """Return what a parsed text shows when the holes with some numbers are hidden."""
    reader = _Reader(hidden)
    reader.visit(tree)
    text = "".join(reader.pieces).strip()
    return Reading(text, tuple(reader.titles), tuple(reader.formulas), tuple(reader.holes))


def loose_dollars(tree: markup.Blocks) -> int:
    """Return how many dollar signs a parsed text shows outside code."""
    count = 0
    pending: list[Any] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, tuple):
            pending.extend(node)
        elif isinstance(node, markup.Text):
            count += node.text.count("$")
        elif not isinstance(node, markup.Code | markup.CodeBlock | markup.Image | str | int | None):
            pending.extend(getattr(node, name) for name in fields(node))
    return count


def words(text: str) -> list[str]:
    """Return the tokens of plain text that hold a letter or a digit; a formula is one."""
    return [
        token
        for token in _TOKEN.findall(text)
        if FORMULA in token or any(character.isalnum() for character in token)
    ]


def sentences(text: str) -> list[str]:
    """Return the sentences of plain text."""
    return [part.strip() for part in _SENTENCE.split(" ".join(text.split())) if part.strip()]


def bare(text: str) -> list[str]:
    """Return the words of plain text in small letters, without what stands around them."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word in small letters with its ending cut, so that kindred words are alike."""
    if word.endswith("'s"):
        word = word[:-2]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeious"
    return word[:-1] if doubled else word


def stems(text: str) -> list[str]:
    """Return the stems of plain text, in order, without stop words."""
    return [stem(word) for word in bare(text) if word not in STOP_WORDS]
