"""One line of Unicode for a formula, with a role for every piece of it."""

from studytool.texmath.letters import SUPERSCRIPTS
from studytool.texmath.marks import accented, struck
from studytool.texmath.nodes import (
    Accent,
    Atom,
    Binomial,
    Classed,
    Environment,
    Fenced,
    Fraction,
    Group,
    Marked,
    Negated,
    Node,
    Nodes,
    Raw,
    Root,
    Scripted,
    Space,
    Stack,
)
from studytool.texmath.parse import parse
from studytool.texmath.quotients import bare_bottom, bare_radicand, bare_top
from studytool.texmath.runs import Run as Run
from studytool.texmath.runs import (
    Runs,
    bracketed,
    in_small,
    is_enclosed,
    named,
    plain,
    tell_fonts_apart,
    tidy,
    with_extra,
)
from studytool.texmath.scripts import attach, script
from studytool.texmath.spacing import Form, Item, Mode, depths, join
from studytool.texmath.symbols import BIG_OPERATORS, ENVIRONMENTS
from studytool.texmath.tables import CASES, case_rows, line_after_line, table_rows, whole_lines

_ROOT_SIGNS = {"": "√", "3": "∛", "4": "∜"}


def line(tex: str) -> tuple[Run, ...]:
    """Set a formula on one line.

    The text alone carries the meaning; a role only says how a piece may be drawn. What the parser
    does not know is shown as it was written.
    """
    return tidy(tell_fonts_apart(row_runs(parse(tex).nodes, Mode.NORMAL)))


def row_runs(nodes: Nodes, mode: Mode) -> Runs:
    """Set a row on one line."""
    return join(set_items(nodes, mode), mode)


def set_items(nodes: Nodes, mode: Mode) -> list[Item]:
    """Set the parts of a row; what a group holds becomes part of the row round it."""
    return [item for node in nodes for item in _parts(node, mode)]


def _parts(node: Node, mode: Mode) -> list[Item]:
    match node:
        case Space(width=width):
            return [Item((), "space", "row", width)] if width else []
        case Group(body=(only,)):
            return [_as_ordinary(item) for item in _parts(only, mode)]
        case Group(body=()):
            return [Item((), "ord")]
        case Group(body=body):
            return set_items(body, mode)
        case Marked(name=name, body=body):
            parts = set_items(body.body, mode)
            return [item._replace(runs=with_extra(item.runs, name)) for item in parts]
    return [_item(node, mode)]


def _as_ordinary(item: Item) -> Item:
    """Return a lone item in braces: TeX spaces it like a letter, unless it is an operator."""
    return item._replace(kind="ord") if item.kind in ("bin", "rel", "punct", "bar") else item


def _item(node: Node, mode: Mode) -> Item:
    match node:
        case Atom():
            return _atom(node)
        case Scripted():
            return _scripted(node, mode)
        case Fraction():
            inner = Mode.TIGHT if mode is Mode.NORMAL else mode
            return Item(_quotient(node, inner), "ord", "fraction")
        case Binomial(top=top, bottom=bottom):
            inner = Mode.TIGHT if mode is Mode.NORMAL else mode
            word = (Run(" choose ", "function"),)
            runs = (*row_runs(top.body, inner), *word, *row_runs(bottom.body, inner))
            return Item(bracketed(runs), "ord", "fenced")
        case Root():
            return _root(node, mode)
        case Accent():
            return _accent(node, mode)
        case Fenced():
            return _fenced(node, mode)
        case Stack():
            return _stack(node, mode)
        case Environment():
            return _environment(node, mode)
        case Classed(kind=kind, body=body):
            form: Form = "word" if kind == "op" else "row"
            return Item(row_runs(body.body, mode), kind, form)
        case Negated(body=body):
            return _negated(body, mode)
        case Raw(text=text, args=args):
            return Item((Run(text, "error"), *_written(args, mode)), "ord")
    return Item((), "ord")


def _atom(atom: Atom) -> Item:
    role = f"{atom.role} {atom.font}" if atom.font else atom.role
    runs = (Run(atom.text, role),) if atom.text else ()
    big = atom.text in BIG_OPERATORS
    named_atom = atom.kind == "op" or atom.role == "function"
    form: Form = "big" if big else "word" if named_atom else "simple"
    return Item(runs, atom.kind, form)


def _written(args: tuple[Group, ...], mode: Mode) -> Runs:
    runs: list[Run] = []
    for arg in args:
        body = row_runs(arg.body, mode)
        runs.extend(bracketed(body, "{", "}") if arg.braced else body)
    return tuple(runs)


def _quotient(node: Fraction, mode: Mode) -> Runs:
    top, bottom = set_items(node.top.body, mode), set_items(node.bottom.body, mode)
    upper, lower = join(top, mode), join(bottom, mode)
    upper = upper if bare_top(top, upper) else bracketed(upper)
    lower = lower if bare_bottom(bottom, lower, top) else bracketed(lower)
    return (*upper, Run("/", "operator"), *lower)


def _root(node: Root, mode: Mode) -> Item:
    inner = Mode.TIGHT if mode is Mode.NORMAL else mode
    body = set_items(node.body.body, inner)
    runs = join(body, inner)
    runs = runs if bare_radicand(body, runs) or is_enclosed(runs) else bracketed(runs)
    index = row_runs(node.index.body, Mode.SCRIPT) if node.index else ()
    sign = _ROOT_SIGNS.get(plain(index))
    if sign:
        return Item((Run(sign, "operator"), *runs), "ord", "root")
    small = in_small(index, SUPERSCRIPTS)
    if small:
        return Item((*small, Run("√", "operator"), *runs), "ord", "root")
    if runs[0].text != "(":
        runs = bracketed(runs)
    name = (Run("root", "function"), *bracketed(index, "[", "]"))
    return Item((*name, *runs), "ord", "root")


def _accent(node: Accent, mode: Mode) -> Item:
    inner = Mode.TIGHT if mode is Mode.NORMAL else mode
    return accented(node.name, node.mark, row_runs(node.body.body, inner))


def _negated(body: Group, mode: Mode) -> Item:
    items = set_items(body.body, mode)
    if len(items) == 1 and len(items[0].text) == 1:
        return struck(items[0])
    return Item(named("not", join(items, mode)), "ord")


def _core(nodes: Nodes) -> Nodes:
    """Return what braces alone surround."""
    while len(nodes) == 1 and isinstance(nodes[0], Group):
        nodes = nodes[0].body
    return nodes


def _fenced(node: Fenced, mode: Mode) -> Item:
    body = set_items(node.body, mode)
    runs = join(body, mode)
    match _core(node.body):
        case (Environment(_, _, "substack"),):
            runs = runs[1:-1] if node.left and is_enclosed(runs) else runs
        case (Environment(start, end, "matrix" | "array" | "smallmatrix", rows),):
            if (node.left, node.right) == ("{", ""):
                return _environment(Environment(start, end, "cases", rows), mode)
            if node.left and node.right:
                runs = runs[1:-1]
    if not node.left:
        # An invisible bracket still groups: without brackets the other end would be lost.
        whole = ("simple", "script", "fenced") if node.right else ("simple",)
        runs = runs if len(body) == 1 and body[0].form in whole else bracketed(runs)
    left = (Run(node.left, "bracket"),) if node.left else ()
    right = (Run(node.right, "bracket"),) if node.right else ()
    return Item((*left, *runs, *right), "ord", "fenced")


def _scripted(node: Scripted, mode: Mode) -> Item:
    items = _parts(node.base, mode) if node.base else []
    base = items[0] if len(items) == 1 else Item(join(items, mode), "ord", _form(node.base, items))
    sub = script(set_items(node.sub.body, Mode.SCRIPT), "_") if node.sub else ()
    sup = script(set_items(node.sup.body, Mode.SCRIPT), "^") if node.sup else ()
    return attach(base, node.primes, sub, sup)


def _form(node: Node | None, items: list[Item]) -> Form:
    """Return how a base of several parts takes a script: letters in a font need no brackets."""
    in_font = isinstance(node, Group) and not node.braced
    letters = all(item.kind == "ord" and item.form in ("simple", "script") for item in items)
    return "simple" if in_font and letters else "row"


def _is_name(item: Item) -> bool:
    """Tell whether a part is a name that can take a script, such as argmax."""
    written = item.runs[:1] and item.runs[0].role in ("function", "text") and item.text.isalpha()
    return item.form == "word" and item.kind == "op" or bool(written)


def _stack(node: Stack, mode: Mode) -> Item:
    """Set what stands over or under an operator like its scripts, anything else by name."""
    items = set_items(node.base.body, mode)
    if items and all(_is_name(item) for item in items):
        base: Node = Classed(node.base.start, node.base.end, "op", node.base)
        return _scripted(Scripted(node.start, node.end, base, node.under, node.over, 0), mode)
    if len(items) == 1 and items[0].kind in ("op", "rel", "bin"):
        base = node.base.body[0]
        scripted = Scripted(node.start, node.end, base, node.under, node.over, 0)
        return _scripted(scripted, mode)
    runs = join(items, mode)
    for group in (node.under, node.over):
        if group:
            runs = (*row_runs(group.body, Mode.TIGHT), Run(", ", "operator"), *runs)
    return Item(named(node.name, runs), "ord")


def _environment(node: Environment, mode: Mode) -> Item:
    left, right = ENVIRONMENTS.get(node.name, ("", ""))
    if not left:
        return _lines(node, mode)
    rows = [[_cell(cell, mode, left) for cell in row] for row in node.rows]
    if left == CASES:
        body, ending = case_rows(rows)
        return Item((*bracketed(body, left, right), *ending), "ord", "fenced")
    return Item(bracketed(table_rows(rows), left, right), "ord", "fenced")


def _cell(cell: Nodes, mode: Mode, left: str) -> Runs:
    inner = mode if left == CASES or mode is Mode.SCRIPT else Mode.TIGHT
    items = set_items(cell, inner)
    runs = join(items, inner)
    places = zip(items, depths(items), strict=True)
    cut = left != CASES and any(item.kind == "punct" and depth <= 0 for item, depth in places)
    return bracketed(runs) if cut else runs


def _lines(node: Environment, mode: Mode) -> Item:
    """Set the lines of an equation one after the other."""
    cells = [[set_items(cell, mode) for cell in row] for row in node.rows]
    lines = whole_lines(cells, going_on=node.name.startswith("multline"))
    runs = line_after_line([join(items, mode) for items in lines])
    if node.name == "substack" and mode is not Mode.SCRIPT and len(lines) > 1:
        return Item(bracketed(runs), "ord", "fenced")
    return Item(runs, "ord", "row")
