"""The smallest parts of a formula in two dimensions: signs, names and words."""

from functools import lru_cache

from studytool.texmath.box import Box, text_box
from studytool.texmath.letters import SUBSCRIPTS
from studytool.texmath.nodes import Atom, Node, Scripted, Sized
from studytool.texmath.parts import Part
from studytool.texmath.runs import Run
from studytool.texmath.spacing import Form
from studytool.texmath.symbols import BIG_OPERATORS, Kind

_LOWERED = frozenset(SUBSCRIPTS.values())


def sized(node: Node) -> Sized | None:
    """Return the sized bracket that a node is, or that its scripts belong to."""
    core = node.base if isinstance(node, Scripted) else node
    return core if isinstance(core, Sized) else None


def atom(node: Atom) -> list[Part]:
    """Set a letter, number, sign or name; words become a part each."""
    role = f"{node.role} {node.font}" if node.font else node.role
    if node.role == "text" and " " in node.text.strip():
        return words(node.text, role)
    return [_leaf(node.text, role, node.kind)]


@lru_cache(1024)
def _leaf(text: str, role: str, kind: Kind) -> Part:
    form: Form = "simple"
    if kind == "op" or role.startswith("function"):
        form = "big" if text in BIG_OPERATORS else "word"
    return Part(text_box((Run(text, role),)), kind, form)


def words(text: str, role: str) -> list[Part]:
    """Set words as parts, so that a long text can be broken between them."""
    lead = " " if text[:1].isspace() else ""
    words = text.split()
    ends = [" "] * (len(words) - 1) + [" " if text[-1:].isspace() else ""]
    out: list[Part] = []
    for word, end in zip(words, ends, strict=True) if words else [(text[1:], "")]:
        out.append(Part(text_box([Run(lead + word + end, role)]), "ord"))
        lead = ""
    return out


def as_ordinary(part: Part) -> Part:
    """Return a lone part in braces: TeX spaces it like a letter, unless it is an operator."""
    return part._replace(kind="ord") if part.kind in ("bin", "rel", "punct", "bar") else part


def is_bare(part: Part) -> bool:
    """Tell whether something under a root needs no line over it: one letter or number."""
    if len(part.box.rows) > 1 or part.kind != "ord":
        return False
    last = part.box.rows[0][-1:]
    lowered = part.form == "script" and part.box.width == 2 and last[0].text in _LOWERED
    return part.form == "simple" and part.box.width > 0 or lowered


def spans(box: Box) -> bool:
    """Tell whether a bar in a box is as wide as the box."""
    return any(
        len(row) == 1 and row[0].role.startswith("rule") and row[0].text[:1] == "─"
        for row, width in zip(box.rows, box.widths, strict=True)
        if width == box.width
    )
