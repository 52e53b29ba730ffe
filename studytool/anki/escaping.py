"""Makes foreign text and LaTeX safe inside an Anki field: HTML, cloze, math and sound syntax."""

from __future__ import annotations

import html
import re

from studytool import cloze
from studytool.texmath.insertions import Need, Surroundings

_CONTROL = [*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]
_VISIBLE = dict.fromkeys([*_CONTROL, 0xFFFE, 0xFFFF], "\ufffd")
_ENTITIES = _VISIBLE | {ord(sign): f"&#{ord(sign)};" for sign in "\"'{}["}
_ENTITIES |= {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}

_DELIMITER = re.compile(r"\\(?=[()\]]|&#91;)")
_COLON = re.compile(r"^:|:(?=:|$)|(?<=image-occlusion):")
_SPECIAL = re.compile(r"[^\w ,.;!?()=+*/#%@-]")

_TEX = re.compile(r"\\(?:[A-Za-z]+|[\s\S])?|[{}]|[^\\{}]+")
_NAMED = re.compile(r"(?<!\\)(?:\\\\)*\\[A-Za-z]+$")
_ACTIVE = re.compile(
    r"\\(?:bbox|class|cssId|data|href|html\w*|includegraphics|mmlToken|require|style)"
)
"""LaTeX commands with which MathJax leaves mathematics: links, styles, pictures, extensions."""

_ROUND: dict[Need, tuple[str, str]] = {
    **{"argument": ("{ ", " }"), "words": ("&#123;", "&#125;"), "option": ("{}", "")},
    **{"blank": (" ", ""), "": ("", "")},
}
"""What stands round a hole, for Anki puts its text or `[…]` there as they are."""

MAX_DEPTH = 20
"""Holes nested deeper than this inside a formula or code are shown open."""


def text(raw: str) -> str:
    """Return words as HTML that shows exactly them, in any field and inside any hole.

    Braces and `[` become entities, so that no field reference, cloze or `[sound:…]` can arise;
    an empty element parts `\\` from a bracket, because MathJax reads what entities stand for.
    """
    if raw.isascii() and not _SPECIAL.search(raw):
        return raw
    escaped = raw.translate(_ENTITIES)
    if "\\" in escaped:
        escaped = _DELIMITER.sub(r"\\<span></span>", escaped)
    return _COLON.sub("&#58;", escaped) if ":" in escaped else escaped


def attribute(raw: str) -> str:
    """Return words as the value of an HTML attribute in double quotes."""
    return _COLON.sub("&#58;", raw.translate(_ENTITIES)).replace("\\", "&#92;")


def opening(number: int) -> str:
    """Return what opens a hole."""
    return f"{{{{c{number}::"


def closing(hint: str) -> str:
    """Return what closes a hole, its hint included; the hint is HTML or LaTeX made safe."""
    return f"::{hint}}}}}" if hint else "}}"


def math(tex: str, display: bool, holes: bool) -> str:
    """Return a formula between Anki's delimiters, its raw holes as Anki's holes.

    Args:
        tex: LaTeX.
        display: Whether it stands on a line of its own.
        holes: Whether `{{c1::…}}` in it is a hole.
    """
    body = _tex(tex, 0 if holes else MAX_DEPTH)
    return rf"\[{body}\]" if display else rf"\({body}\)"


def _tex(tex: str, depth: int) -> str:
    """Return LaTeX with balanced braces, in which only our own holes have a double brace."""
    pieces = cloze.segments(tex) if depth < MAX_DEPTH else (tex,)
    balance = _Balance()
    surroundings = Surroundings()
    result = ""
    for piece in pieces:
        if isinstance(piece, str):
            plain = cloze.unescape(piece) if depth < MAX_DEPTH else piece
            surroundings.follow(plain)
            result = _join(result, balance.take(plain))
        else:
            content = _tex(piece.text, depth + 1)
            if content.startswith("image-occlusion:"):
                content = " " + content
            hint = _tex_hint(piece.hint) if piece.hint else ""
            # What follows the hole must not lengthen the command at its end: \alpha}}x.
            apart = content.endswith((":", "}")) or bool(_NAMED.search(content))
            closed = content + " " * apart + closing(hint)
            before, behind = _ROUND[surroundings.needs()]
            result = _join(result, before + opening(piece.number) + closed + behind)
    return _join(result, balance.rest())


def _join(left: str, right: str) -> str:
    """Put two stretches of LaTeX together; a space keeps braces and colons from pairing up."""
    pairs = left[-1:] == right[:1] and left[-1:] in ("{", "}", ":")
    return f"{left} {right}" if pairs else left + right


def _tex_hint(hint: str) -> str:
    """Return a hint as LaTeX words, with a space behind the brace that would end the hole."""
    words = re.sub(r"([\\${}])", r"\\\1", hint)
    balance = _Balance()
    return balance.take(rf"\text{{{words}}}") + " "


class _Balance:
    """Rewrites LaTeX as HTML text, keeping count of its braces."""

    def __init__(self) -> None:
        self.open = 0

    def take(self, tex: str) -> str:
        """Return a stretch of LaTeX made safe; a closing brace without its opening is left out."""
        pieces = []
        after_newline = False
        for token in _TEX.findall(tex):
            piece = self._token(token)
            if after_newline and piece[:1] in ("(", ")", "]"):
                # `\\)` holds the delimiter `\)`, and Anki's engine does not count backslashes.
                piece = f"&#{ord(piece[0])};" + piece[1:]
            after_newline = token == r"\\"
            pieces.append(piece)
        joined = re.sub(r"(?<=\{)(?=\{)|(?<=\})(?=\})", " ", "".join(pieces))
        return re.sub(":(?=:)", ": ", joined)

    def _token(self, token: str) -> str:
        """Return one control sequence, brace or stretch of other signs as HTML text."""
        if token == "{":
            self.open += 1
        elif token == "}":
            if not self.open:
                return ""
            self.open -= 1
        elif token[0] == "\\":
            name = token[1:]
            if not name:
                return ""
            if name in ("(", ")", "[", "]"):
                return _plain(name)
            if _ACTIVE.fullmatch(token):
                return rf"\text{{{token}}}"
        return _plain(token)

    def rest(self) -> str:
        """Return the closing braces that are missing."""
        return " ".join("}" * self.open)


def _plain(tex: str) -> str:
    """Return LaTeX as HTML text; `[` as an entity, for it opens Anki's sound and TeX tags."""
    escaped = html.escape(tex.translate(_VISIBLE), quote=False)
    return escaped.replace("[", "&#91;")
