"""The Markdown parser of notes: CommonMark with our own rules for holes, math and footnotes."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from studytool import cloze

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

MAX_NESTING = 20
"""Blocks and spans nested deeper than this are read as plain text."""


@lru_cache(maxsize=8)
def _scan(text: str) -> dict[int, cloze.Hole]:
    """Return the outermost holes of a text by where they start."""
    return {hole.start: hole for hole in cloze.scan(text)[0]}


def _hole_rule(state: StateInline, silent: bool) -> bool:
    """Inline rule: a hole, whose content is parsed as Markdown of its own."""
    if state.src[state.pos] != "{" or (hole := _scan(state.src).get(state.pos)) is None:
        return False
    if not silent:
        token = state.push("hole", "", 0)
        token.meta = {"number": hole.number, "hint": hole.hint}
        token.children = []
        state.md.inline.parse(hole.text, state.md, state.env, token.children)
    state.pos = hole.end
    return True


def _deep_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: what is nested too deep is a paragraph; markdown-it itself would drop it."""
    if state.level < MAX_NESTING - 2:  # an item of a list is two levels below what holds the list
        return False
    state.push("paragraph_open", "p", 1)
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, end, state.blkIndent, False).strip()
    token.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


@cache
def parser(holes: bool) -> MarkdownIt:
    """Return the Markdown parser; made at the first text that needs one."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    made.enable(["table", "strikethrough"]).disable(["html_block", "html_inline", "reference"])
    dollarmath_plugin(
        made, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    footnote_plugin(made, inline=False)
    made.block.ruler.before("table", "deep", _deep_rule)
    if holes:
        made.inline.ruler.before("math_inline", "hole", _hole_rule)
    return made
