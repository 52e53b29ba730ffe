"""Finds what Anki gives a meaning of its own inside HTML: holes, formulas, pictures, sounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from studytool.anki.html_tokens import Tag, tokens
from studytool.anki.markdown_lines import (
    HINT,
    HOLE,
    HOLE_END,
    HOLE_NUMBER,
    STASH,
    STASH_END,
    holes,
)
from studytool.cloze import MAX_DEPTH

HIGHEST = 499
"""Anki makes no card of a hole with a higher number."""
_HOLE = re.compile(r"\{\{c([0-9]{1,9}(?:,[0-9]{1,9})*+)::|\}\}|::")
_SPECIAL = re.compile(r"\\\(|\\\[|\[\$\$?\]|\[latex\]|\[sound:", re.IGNORECASE)
_ENDS = {
    r"\(": r"\)",
    r"\[": r"\]",
    "[$]": "[/$]",
    "[$$]": "[/$$]",
    "[latex]": "[/latex]",
    "[sound:": "]",
}
_SCRIPT = re.compile(r"<su([bp])>([\w+-]{1,3})</su\1>", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[a-z]+/[a-z0-9+.-]+;base64,[A-Za-z0-9+/=\s]{100,}+", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_WRAPPERS = (("$$", "$$", True), ("$", "$", False), (r"\[", r"\]", True), (r"\(", r"\)", False))


class Reader:
    """Reads the special marks of one field.

    Attributes:
        stashed: Markdown that stands for what was found, by number.
        words: What of it is seen as text.
    """

    def __init__(self, stashed: list[str], media: Callable[[str], str]) -> None:
        """Take where Markdown is kept, and what gives the path of a picture or sound."""
        self.stashed = stashed
        self.media = media
        self.words: list[str] = []

    def kept(self, text: str) -> str:
        """Keep Markdown as it is, and return the mark that stands for it."""
        self.stashed.append(text)
        return f"{STASH}{len(self.stashed) - 1}{STASH_END}"

    def marked(self, field: str, cloze: bool) -> str:
        """Return the HTML of a field with marks in place of holes, formulas and sounds."""
        field = _EMBEDDED.sub("data:,", field) if ";" in field else field
        field = _SCRIPT.sub(lambda m: ("_" if m[1] in "bB" else "^") + m[2], field)
        if cloze:
            field = self._holes(field)
        pieces: list[str] = []
        at = 0
        missing: set[str] = set()
        for match in _SPECIAL.finditer(field):
            start = match.start()
            end_mark = _ENDS[match[0].lower()]
            if start < at or end_mark in missing:
                continue
            end = field.find(end_mark, match.end())
            if end < 0 and end_mark == "[/latex]":
                end = field.find("[/LATEX]", match.end())
            if end < 0:
                missing.add(end_mark)
                continue
            inside = field[match.end() : end]
            if match[0].lower() == "[sound:":
                found = self.sound(plain(inside)) if HOLE not in inside else ""
            else:
                found = self._formula(plain(inside), match[0].lower())
            if found:
                pieces += [field[at:start], found]
                at = end + len(end_mark)
        return "".join([*pieces, field[at:]])

    def _formula(self, tex: str, begin: str) -> str:
        """Return the mark of a formula; nothing if it cannot stand between dollars."""
        display = begin in (r"\[", "[$$]")
        if begin == "[latex]":
            for opening, closing, block in _WRAPPERS:
                if (
                    tex.startswith(opening)
                    and tex.endswith(closing)
                    and len(tex) > 2 * len(opening)
                ):
                    tex, display = tex[len(opening) : -len(closing)].strip(), block
                    break
            else:
                display = tex.startswith(r"\begin")
        backslashes = len(tex) - len(tex.rstrip("\\"))
        whole = tex.count(HOLE) == tex.count(HOLE_END)
        if not tex or "$" in tex or backslashes % 2 or STASH in tex and HINT not in tex:
            return ""
        if not whole or tex.find(HOLE_END) < tex.find(HOLE):
            return ""
        tex = re.sub(r"\x02(\d+)\x03", lambda m: self.stashed[int(m[1])], holes(tex))
        self.words.append(tex)
        return self.kept(f"$${tex}$$" if display else f"${tex}$")

    def _holes(self, field: str) -> str:
        """Return a field with marks in place of the holes that Anki finds."""
        pieces: list[str] = []
        open_at: list[tuple[int, str, int]] = []
        at = 0
        for match in _HOLE.finditer(field):
            pieces.append(field[at : match.start()])
            at = match.end()
            if match[1]:
                deep = len(open_at) >= MAX_DEPTH
                open_at.append((len(pieces), "0" if deep else match[1], -1))
            elif match[0] == "::" and open_at and open_at[-1][2] < 0:
                open_at[-1] = (*open_at[-1][:2], len(pieces))
            elif match[0] == "}}" and open_at:
                begin, numbers, hint_at = open_at.pop()
                pieces[begin:] = [self._hole(pieces[begin:], numbers, hint_at - begin)]
                continue
            pieces.append(match[0])
        return "".join([*pieces, field[at:]])

    def _hole(self, pieces: list[str], numbers: str, hint_at: int) -> str:
        """Return a hole, or its text if it is none; the first piece is its opening."""
        names = list(dict.fromkeys(int(number) for number in numbers.split(",")))
        if not all(1 <= number <= HIGHEST for number in names):
            return "".join(pieces) + "}}"
        hidden, hint = pieces[1:], ""
        if hint_at > 0:
            said = plain("".join(pieces[hint_at + 1 :]))
            if not {HOLE, STASH} & set(said):
                hidden, hint = pieces[1:hint_at], said
        text = "".join(hidden)
        shown = "<img" in text.lower() or plain(text)
        if not shown:
            return "".join(pieces) + "}}"
        if hint:
            self.words.append(hint)
            raw = hint.replace("{", "(").replace("}", ")") if _unbalanced(hint) else hint
            self.words[-1] = raw
            text += HINT + self.kept(raw.replace("::", r"\::"))
        for number in reversed(names):
            text = f"{HOLE}{number}{HOLE_NUMBER}{text}{HOLE_END}"
        return text

    def sound(self, name: str) -> str:
        """Return a link to a sound, a video or a page; words if there is no such file."""
        path = self.media(name) or self.media(unquote(name))
        if not path and _WEB.fullmatch(name):
            path = name
        label = name if path else f"[sound:{name}]"
        self.words.append(label)
        shown = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", label)
        return self.kept(f"[{shown}](<{path}>)" if path else shown)

    def image(self, attributes: dict[str, str]) -> str:
        """Return a picture; words, or a link to the net, if it is not in the package."""
        source = attributes.get("src", "")
        path = self.media(source) or self.media(unquote(source))
        stem = "picture" if source.startswith("data:") else PurePosixPath(source).stem
        said = " ".join(attributes.get("alt", "").split()) or " ".join(stem.split()) or "picture"
        shown = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", said)
        if path:
            description = re.sub(r"[\\\[\]{}`$<>*_~&!|]", " ", said)
            return self.kept(f"![{' '.join(description.split()) or 'picture'}]({path})")
        self.words.append(said)
        return self.kept(f"[{shown}](<{source}>)" if _WEB.fullmatch(source) else shown)


def plain(html: str) -> str:
    """Return the text of HTML in one line; marks of holes stay."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    parts = (
        (" " if token.name in ("br", "div", "p", "li", "tr") else "")
        if isinstance(token, Tag)
        else token
        for token in tokens(html)
    )
    return " ".join("".join(parts).split())


def _unbalanced(text: str) -> bool:
    """Tell whether braces in a text would end a hole too early, or too late."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return True
    return depth != 0
