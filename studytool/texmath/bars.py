"""Which vertical bars open, close or separate."""

from collections import Counter

from studytool.texmath.nodes import Atom, Classed, Group, Node, Nodes, Scripted, Space, Stack
from studytool.texmath.symbols import Kind
from studytool.values import replace

_BEFORE_OPENING = frozenset(("bin", "rel", "open", "op", "punct", "bar"))


def kind_of(node: Node) -> Kind:
    """Return the atom class of a node."""
    if type(node) is Atom:
        return node.kind
    match node:
        case Classed():
            return node.kind
        case Scripted(base=base) if base is not None:
            return kind_of(base)
        case Stack(base=Group(body=(only,))) if kind_of(only) in ("bin", "rel", "op"):
            return kind_of(only)
    return "ord"


def _bar(node: Node) -> str:
    """Return the text of a bar, or nothing for another node."""
    core = node.base if type(node) is Scripted else node
    return core.text if isinstance(core, Atom) and core.kind == "bar" else ""


def _with_kind(node: Node, kind: Kind) -> Node:
    if isinstance(node, Scripted) and isinstance(node.base, Atom):
        return replace(node, base=_with_kind(node.base, kind))
    if isinstance(node, Atom):
        return type(node)(node.start, node.end, node.text, kind, node.role, node.font)
    return node


def resolve_bars(nodes: Nodes) -> Nodes:
    """Give every bar in a row the class its place suggests.

    A bar after an operator opens; one with an opener at the same bracket level closes; one that
    has no partner stands between two things. Only blanks depend on it, never the text.
    """
    texts = [_bar(node) for node in nodes]
    if not any(texts):
        return nodes
    levels: list[int] = []
    current, used = [0], 0
    for node in nodes:
        kind = kind_of(node)
        if kind == "open":
            used += 1
            current.append(used)
        elif kind == "close" and len(current) > 1:
            current.pop()
        levels.append(current[-1])
    left = Counter(zip(levels, texts, strict=True))
    pending: Counter[tuple[int, str]] = Counter()
    before: Kind | None = None
    out: list[Node] = []
    for level, text, node in zip(levels, texts, nodes, strict=True):
        if text:
            key = (level, text)
            left[key] -= 1
            after_operator = before is None or before in _BEFORE_OPENING
            if left[key] > pending[key] and (after_operator or left[key] % 2 and not pending[key]):
                kind = "open"
                pending[key] += 1
            elif pending[key]:
                kind = "close"
                pending[key] -= 1
            else:
                kind = "rel" if len(text) == 2 or text == "‖" else "bar"
            node = _with_kind(node, kind)
        if not isinstance(node, Space):
            before = kind_of(node)
        out.append(node)
    return tuple(out)
