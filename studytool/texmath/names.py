"""Words, names and other pieces that several nodes make together."""

from studytool.texmath.nodes import Atom, Classed, Group, Node, Nodes, Space
from studytool.texmath.symbols import CHARACTERS


def merged(nodes: list[Node]) -> Nodes:
    """Join neighbouring pieces of text in one font."""
    out: list[Node] = []
    run: list[Atom] = []
    for node in [*nodes, None]:
        is_text = isinstance(node, Atom) and node.role == "text"
        if run and not (is_text and isinstance(node, Atom) and node.font == run[-1].font):
            text = "".join(atom.text for atom in run)
            out.append(Atom(run[0].start, run[-1].end, text, "ord", "text", run[0].font))
            run = []
        if isinstance(node, Atom) and is_text:
            run.append(node)
        elif node is not None:
            out.append(node)
    return tuple(out)


def joined(nodes: Nodes) -> Nodes:
    """Join neighbouring letters and digits to names, as upright fonts show them."""
    out: list[Node] = []
    for node in nodes:
        last = out[-1] if out else None
        if (
            isinstance(node, Atom) and isinstance(last, Atom)
            and node.role in ("variable", "number") and last.role in ("variable", "function")
            and (node.text + last.text).isalnum() and node.font == last.font
            and last.kind == node.kind == "ord"
        ):  # fmt: skip
            name = last.text + node.text
            out[-1] = Atom(last.start, node.end, name, "ord", "function", node.font)
        else:
            out.append(node)
    return tuple(out)


def operator_name(start: int, end: int, body: Group) -> Node:
    """Return the node of `\\operatorname`: one name if it is plain, else a formula."""
    parts: list[str] = []
    for node in body.body:
        match node:
            case Space(width=width):
                parts.append(" " if width else "")
            case Atom(text=text):
                # A hyphen in a name was read as a minus sign.
                parts.append("-" if text == CHARACTERS["-"].text else text)
            case _:
                return Classed(start, end, "op", body)
    return Atom(start, end, " ".join("".join(parts).split()), "op", "function")


def modulo(start: int, end: int, body: Group) -> Node:
    """Return the node of `\\pmod`."""
    word = Atom(start, start, "mod", "op", "function")
    left, right = (
        Atom(start, start, "(", "open", "bracket"),
        Atom(end, end, ")", "close", "bracket"),
    )
    return Group(start, end, (Space(start, start, 2), left, word, *body.body, right))


def one(start: int, end: int, nodes: Nodes) -> Node:
    """Return several nodes as one."""
    return nodes[0] if len(nodes) == 1 else Group(start, end, nodes)
