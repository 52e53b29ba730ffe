"""Pieces in two dimensions with something round them: roots, accents, arrows, strokes."""

from __future__ import annotations

import unicodedata
from typing import Protocol

from studytool.texmath.box import beside, sign, text_box
from studytool.texmath.letters import SUPERSCRIPTS
from studytool.texmath.line import row_runs
from studytool.texmath.nodes import Accent, Group, Nodes, Root, Stack
from studytool.texmath.parts import Part, Row, spaced
from studytool.texmath.pieces import is_bare
from studytool.texmath.raised import Script
from studytool.texmath.runs import Run, in_small, plain
from studytool.texmath.shapes import BRACES, accented, arrow, enclosed, root, stacked
from studytool.texmath.spacing import Mode

_ROOT_SIGNS = {"3": "∛", "4": "∜"}


class _Setter(Protocol):
    def row(self, nodes: Nodes, display: bool) -> Row:
        """Set a row."""

    def parts(self, nodes: Nodes, display: bool) -> list[Part]:
        """Set the parts of a row."""

    def script(self, group: Group, mark: str) -> Script:
        """Set a script."""


def set_root(node: Root, setter: _Setter) -> Part:
    """Set a root, with a line over anything longer than a letter."""
    row = setter.row(node.body.body, False)
    body = row.box()
    bare = len(row.parts) == 1 and is_bare(row.parts[0])
    index = row_runs(node.index.body, Mode.SCRIPT) if node.index else ()
    small = in_small(index, SUPERSCRIPTS) or ()
    known = _ROOT_SIGNS.get(plain(index))
    if bare and known:
        return Part(beside([sign(known), body]), "ord", "root")
    if bare and small:
        return Part(beside([text_box(small), sign("√"), body]), "ord", "root")
    return Part(root(body, small or index, bool(small), bare), "ord", "root")


def set_accent(node: Accent, display: bool, setter: _Setter) -> Part:
    """Set an accent as a mark on a letter, or as a line over anything longer."""
    box = setter.row(node.body.body, display).box()
    if len(box.rows) == 1 and node.mark:
        text = unicodedata.normalize("NFD", plain(box.rows[0]))
        letters = [char for char in text if not unicodedata.combining(char)]
        if len(letters) == 1 and letters[0].isalnum():
            marked = unicodedata.normalize("NFC", text + node.mark)
            return Part(text_box([Run(marked, box.rows[0][0].role)]), "ord")
    drawn = accented(node.name, box)
    if drawn is None:
        name = sign(node.name, "function")
        return Part(beside([name, enclosed(box, "(", ")")]), "ord")
    lined = node.name in ("bar", "overline", "underline", "underbar") or node.name in BRACES
    return Part(drawn, "ord", "root" if lined else "simple")


def set_stack(node: Stack, display: bool, setter: _Setter) -> Part:
    """Set what stands over and under something."""
    over = setter.script(node.over, "^").box if node.over else None
    under = setter.script(node.under, "_").box if node.under else None
    parts = setter.parts(node.base.body, display)
    base = parts[0] if len(parts) == 1 else Part(spaced(parts).box(), "ord")
    box = base.box
    if node.name.startswith("x"):
        width = max(part.width for part in (over, under, box) if part) + 2
        box = arrow(base.text, width)
    kind = base.kind if base.kind in ("op", "rel", "bin") else "ord"
    return Part(stacked(over, box, under), kind, base.form if kind == "op" else "simple")


def set_negated(body: Group, display: bool, setter: _Setter) -> Part:
    """Strike out a sign; anything longer is negated by name."""
    parts = setter.parts(body.body, display)
    if len(parts) == 1 and parts[0].box.width == 1 and len(parts[0].box.rows) == 1:
        run = parts[0].box.rows[0][0]
        struck = unicodedata.normalize("NFC", run.text + "\u0338")
        return parts[0]._replace(box=text_box([Run(struck, run.role)]))
    name = sign("not", "function")
    return Part(beside([name, enclosed(spaced(parts).box(), "(", ")")]), "ord")
