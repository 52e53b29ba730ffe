"""The smallest parts of a formula on one line, and how a base of scripts holds together."""

from functools import lru_cache

from studytool.texmath.nodes import Group, Node, Nodes
from studytool.texmath.runs import Run
from studytool.texmath.spacing import Form, Item
from studytool.texmath.symbols import BIG_OPERATORS, Kind, Role


def as_ordinary(item: Item) -> Item:
    """Return a lone item in braces: TeX spaces it like a letter, unless it is an operator."""
    return item._replace(kind="ord") if item.kind in ("bin", "rel", "punct", "bar") else item


@lru_cache(1024)
def leaf(text: str, role: Role, font: str, kind: Kind) -> Item:
    """Set a letter, number, sign or name."""
    runs = (Run(text, f"{role} {font}" if font else role),) if text else ()
    named_atom = kind == "op" or role == "function"
    form: Form = "big" if text in BIG_OPERATORS else "word" if named_atom else "simple"
    return Item(runs, kind, form)


def core(nodes: Nodes) -> Nodes:
    """Return what braces alone surround."""
    while len(nodes) == 1 and isinstance(nodes[0], Group):
        nodes = nodes[0].body
    return nodes


def form_of(node: Node | None, items: list[Item]) -> Form:
    """Return how a base of several parts takes a script: letters in a font need no brackets."""
    in_font = isinstance(node, Group) and not node.braced
    letters = all(item.kind == "ord" and item.form in ("simple", "script") for item in items)
    return "simple" if in_font and letters else "row"


def is_name(item: Item) -> bool:
    """Tell whether a part is a name that can take a script, such as argmax."""
    written = item.runs[:1] and item.runs[0].role in ("function", "text") and item.text.isalpha()
    return item.form == "word" and item.kind == "op" or bool(written)
