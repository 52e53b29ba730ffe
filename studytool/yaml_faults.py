"""Tells an author what YAML could not read, and masks escapes so that reading can go on."""

from __future__ import annotations

import re
from typing import Any

from studytool.located import BankFile

QUOTE_HELP = "quote the text in '…', or put it into a `|` block"

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_ESCAPED = re.compile(r"""\\(?:([^"\\\n])|.)""", re.DOTALL)
_KEY = re.compile(r" +['\"]?[a-z]+['\"]?")


def masked(file: BankFile, error: Any, text: str) -> str:
    """Return a text as long without the escapes of the quoted text in which one was the error."""
    problem = str(error.problem)
    if "escape" not in problem and "hexdecimal" not in problem:
        return text
    mark = error.context_mark
    begin = sum(len(row) + 1 for row in file.lines[: mark.line]) + mark.column
    quoted = _QUOTED.match(file.text, begin)
    if not quoted:
        return text
    meant = _ESCAPED.sub(lambda found: f"?{found[1]}" if found[1] else found[0], quoted.group())
    return text[:begin] + meant + text[quoted.end() :]


def grammar(file: BankFile, error: Any, bracket: tuple[int, int]) -> int:
    """Complain, in an author's words, about what YAML could not read; return the line.

    `bracket` is where the innermost open bracket stands, for the parser blames what comes behind.
    """
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem)
    last = len(file.lines) - 1
    line: int = min(mark.line, last if file.lines[last] else max(0, last - 1))
    column = mark.column if line == mark.line else len(file.lines[line])
    shown = file.lines[line]
    at = shown[column : column + 1]
    advice = QUOTE_HELP
    if "escape" in problem or "hexdecimal" in problem:
        start = error.context_mark
        begin = sum(len(row) + 1 for row in file.lines[: start.line]) + start.column
        quoted = _QUOTED.match(file.text, begin)
        file.check_escapes(begin, quoted.end() if quoted else len(file.text))
        return line
    if "mapping values" in problem and _KEY.fullmatch(shown[:column]):
        column = len(shown) - len(shown.lstrip(" "))
        message, advice = "this key does not line up with those above", "check the indentation"
    elif "mapping values" in problem:
        message = "a colon and a blank begin a new key here"
    elif at == "\t":
        message, advice = "a tab cannot indent", "indent with blanks"
    elif "cannot start any token" in problem or "not allowed in this context" in problem:
        message = f"text cannot begin with {'a backquote' if at == '`' else f'`{at}`'}"
    elif shown.startswith("%"):
        column, message = 0, "text cannot begin with `%`"
    elif "flow" in str(error.context) and error.context_mark:
        line, column = error.context_mark.line, error.context_mark.column
        if "flow node" in error.context and -1 < bracket[0] < line:
            line, column = bracket
        message = "this bracket is never closed, or a comma is missing behind it"
        advice = "text that begins with `[` or `{` must be quoted"
    elif "end of stream" in problem and error.context_mark:
        line, column = error.context_mark.line, error.context_mark.column
        message, advice = "this quote is never closed", "close it, or use a `|` block"
    elif re.search(r":\s*\{\{c\d", shown):
        column = shown.index("{{c")
        message = "text that begins with `{` must be quoted"
    elif begun := re.search(r"(?:: +|- +)([!&*])", shown):
        column = begun.start(1)
        message = f"text that begins with `{begun.group(1)}` must be quoted"
    elif re.search(r"^[^'\"]*: *'[^']*'\w", shown):
        message, advice = "a quote inside single quotes ends the text", "write it twice: ''"
    elif "expected ':'" in problem:
        line = error.context_mark.line if error.context_mark else line
        column = error.context_mark.column if error.context_mark else column
        message, advice = "this line is no key and no list item", "a key ends with `: `"
        if re.search(r"[:-] *[|>][-+]?$", file.lines[max(0, line - 1)]):
            advice += "; the text below `|` is indented more than its key"
    else:
        message = "this does not fit here"
        advice = "check the indentation and brackets; " + QUOTE_HELP
    file.complain("yaml", message, line, column, 1, advice)
    return line
