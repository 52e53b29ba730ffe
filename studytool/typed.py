"""Compares an answer that was typed with those that count as right; it never grades."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from studytool.values import Value

CHARACTERWISE = 60_000
"""Two texts whose lengths multiply to more are compared word by word; the time is quadratic."""


_SAME = 1 << 17
"""What a piece costs: of ways that cost the same else, one with few pieces is taken."""
_WRONG = (4 << 35) + _SAME + 1
"""What a change costs; the one is for the number of changes, which is to be small at last."""
_UNLIKE = (7 << 35) + _SAME + 1
"""What a change between kinds costs: nearly two others, so that numbers stand by numbers."""


class Mark(StrEnum):
    """What is to be said of a stretch of a typed answer."""

    SAME = "same"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"


class Piece(Value):
    """A stretch of a typed answer beside that of the right one; a blank before it is kept."""

    mark: Mark
    typed: str
    expected: str


class Comparison(Value):
    """A typed answer beside the right one that is nearest to it."""

    expected: str
    pieces: tuple[Piece, ...]

    @property
    def right(self) -> bool:
        """Whether nothing is missing, wrong or too much."""
        return all(piece.mark is Mark.SAME for piece in self.pieces)

    @property
    def distance(self) -> float:
        """The share of pieces that are not the same."""
        differing = sum(piece.mark is not Mark.SAME for piece in self.pieces)
        return differing / max(1, len(self.pieces))


def compare(typed: str, answers: Sequence[str]) -> Comparison:
    """Return a typed answer beside the nearest of those that are right.

    Case, accents, blanks, a full stop at the end, and how dashes, quotes and numbers are written
    make no difference: `1,000`, `1000` and `1 000` are the same, and so are `0.5` and `,5`.

    Args:
        typed: What was typed.
        answers: What counts as right, one at least; the first of two that are as near is taken.
    """
    return min((_compared(typed, answer) for answer in answers), key=lambda found: found.distance)


def _compared(typed: str, answer: str) -> Comparison:
    """Return a typed answer beside a right one."""
    own, other = _tidy(typed), _tidy(answer)
    cut = _words if len(own) * len(other) > CHARACTERWISE else _atoms
    return Comparison(" ".join(answer.split()), tuple(_aligned(list(cut(own)), list(cut(other)))))


def _tidy(text: str) -> str:
    """Return text with single blanks and without a full stop at its end."""
    return re.sub(r"(?<=[^.。…])[.。]$", "", " ".join(text.split())).rstrip()


class _Atom(NamedTuple):
    """The least that is compared: how it is shown, what it can be read as, and its kind."""

    text: str
    keys: frozenset[str]
    kind: str


_NUMBER = (
    r"\d{1,3}(?P<mark>[,.'’ ])\d{3}(?:(?P=mark)\d{3})*(?!\d)(?:(?!(?P=mark))[.,]\d+)?"
    r"|\d+[.,]\d+|(?<!\w)[.,]\d+|\d+"
)
_UNITS = re.compile(rf" ?(?:(?P<number>{_NUMBER})|[^ ])")
_SPELLINGS = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ`´′", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"},
    }
)


def _atoms(text: str) -> Iterator[_Atom]:
    """Yield numbers whole, and all else character by character, with the blank before each."""
    units: list[tuple[str, bool]] = []
    for match in _UNITS.finditer(text):
        unit, number = match.group(), match["number"] is not None
        mark = len(unit) == 1 and unicodedata.category(unit)[0] == "M"
        if mark and units and not units[-1][1]:
            units[-1] = units[-1][0] + unit, False
        else:
            units.append((unit, number))
    for unit, number in units:
        if number:
            yield _Atom(unit, frozenset(_readings(unit.strip())), "number")
            continue
        for index, character in enumerate(_folded(unit.strip()) or unit.strip()):
            kind = "letter" if character.isalpha() else "sign"
            yield _Atom("" if index else unit, frozenset([character]), kind)


def _words(text: str) -> Iterator[_Atom]:
    """Yield words, with the blank before each."""
    for index, word in enumerate(text.split()):
        kind = "number" if word[0].isdigit() else "word"
        yield _Atom(f" {word}" if index else word, frozenset([_folded(word) or word]), kind)


def _folded(text: str) -> str:
    """Return text in the form in which case, accents and spelling of signs make no difference.

    Only accents of the European scripts go; in others a mark makes another letter.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    parted = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    kept = "".join(character for character in parted if not "\u0300" <= character <= "\u036f")
    return kept.translate(_SPELLINGS)


def _readings(number: str) -> Iterator[str]:
    """Yield what a number can mean: `1,234` is a thousand for one writer, a decimal for another."""
    number = "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in number
    )
    parts, marks = re.split(r"\D", number), re.findall(r"\D", number)
    if not marks:
        yield _canonical(number)
    elif len(marks) > 1 or marks[0] not in ".,":
        grouped = len(set(marks)) == 1
        yield _canonical("".join(parts if grouped else parts[:-1]), "" if grouped else parts[-1])
    else:
        whole, fraction = parts
        either = len(fraction) == 3 and whole.strip("0") != "" and whole[0] != "0"
        if either:
            yield f"{whole}.{fraction}"
        if either and marks[0] == ",":
            yield _canonical(whole + fraction)
        else:
            yield _canonical(whole, fraction)


def _canonical(whole: str, fraction: str = "") -> str:
    """Return a number in one form."""
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _aligned(typed: list[_Atom], right: list[_Atom]) -> Iterable[Piece]:
    """Return two texts side by side with as few differences as can be."""
    start = 0
    while start < min(len(typed), len(right)) and typed[start].keys & right[start].keys:
        start += 1
    same = zip(typed[:start], right[:start], strict=True)
    return [
        *(Piece(Mark.SAME, one.text, other.text) for one, other in same),
        *_differing(typed[start:], right[start:]),
    ]


def _cost(one: _Atom, other: _Atom) -> int:
    """Return what it costs to have two atoms below each other."""
    if one.keys & other.keys:
        return _SAME
    return _WRONG if one.kind == other.kind else _UNLIKE


def _differing(typed: list[_Atom], right: list[_Atom]) -> list[Piece]:
    """Return two stretches side by side, by the changes that cost least."""
    costs = [[_WRONG * column for column in range(len(right) + 1)]]
    for row, atom in enumerate(typed, 1):
        above, line = costs[-1], [_WRONG * row]
        for column, answer in enumerate(right, 1):
            paired = above[column - 1] + _cost(atom, answer)
            line.append(min(paired, above[column] + _WRONG, line[-1] + _WRONG))
        costs.append(line)
    pieces: list[Piece] = []
    row, column = len(typed), len(right)
    while row or column:
        cost = costs[row][column]
        one = typed[row - 1] if row else None
        other = right[column - 1] if column else None
        paired = _cost(one, other) if one and other else 0
        # Of ways that cost the same, one that matches early keeps what is typed in one piece.
        if one and other and paired > _SAME and cost == costs[row - 1][column - 1] + paired:
            pieces.append(Piece(Mark.WRONG, one.text, other.text))
            row, column = row - 1, column - 1
        elif one and cost == costs[row - 1][column] + _WRONG:
            pieces.append(Piece(Mark.EXTRA, one.text, ""))
            row -= 1
        elif other and cost == costs[row][column - 1] + _WRONG:
            pieces.append(Piece(Mark.MISSING, "", other.text))
            column -= 1
        elif one and other:
            pieces.append(Piece(Mark.SAME, one.text, other.text))
            row, column = row - 1, column - 1
    return pieces[::-1]
