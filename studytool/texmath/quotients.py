"""When the parts of a fraction and of a root can do without brackets."""

from studytool.texmath.letters import SUBSCRIPTS
from studytool.texmath.runs import Runs, is_loose
from studytool.texmath.spacing import Item, closing, resolved
from studytool.texmath.symbols import SIGNS

_WHOLE = frozenset(("simple", "script", "word", "fenced"))


def _solid(items: list[Item]) -> list[Item]:
    return [item for item in resolved(items) if item.kind != "space"]


def bare_top(items: list[Item], runs: Runs) -> bool:
    """Tell whether a numerator reads as a whole before a slash: a product without blanks."""
    solid = _solid(items)
    signed = len(solid) > 1 and solid[0].text in SIGNS
    solid = solid[1:] if signed else solid
    if not solid or is_loose(runs[1:] if signed else runs):
        return False
    place = 0
    while place < len(solid):
        item = solid[place]
        following = solid[place + 1] if place + 1 < len(solid) else None
        if item.kind == "open":
            place = closing(solid, place)
            if place < 0:
                return False
        elif item.kind == "op":
            applied = following and (following.kind == "open" or following.form == "fenced")
            if item.form != "word" or not applied:
                return False
        elif item.kind != "ord" or item.form in ("fraction", "row"):
            return False
        place += 1
    return True


def bare_bottom(items: list[Item], runs: Runs, top: list[Item]) -> bool:
    """Tell whether a denominator reads as a whole after a slash."""
    solid = _solid(items)
    if not solid or is_loose(runs):
        return False
    first = solid[0]
    if len(solid) == 1:
        return first.form in _WHOLE | {"root"} and first.kind == "ord"
    if first.kind == "open":
        return closing(solid, 0) == len(solid) - 1
    if len(solid) == 2 and solid[1].text == "!":
        return first.form in ("simple", "fenced")
    is_differential = first.text in ("∂", "d")
    if is_differential and len(solid) == 2 and _starts_with(top, first.text):
        return solid[1].form in ("simple", "script") and solid[1].kind == "ord"
    if first.form not in _WHOLE or not first.runs[0].role.startswith(("variable", "function")):
        return False
    rest = solid[1:]
    whole = len(rest) == 1 and rest[0].form == "fenced"
    whole = whole or rest[0].kind == "open" and closing(rest, 0) == len(rest) - 1
    # `f(x)` is an application; `n(n+1)` is more likely a product.
    simple = not set("+−±∓·×/ ") & set("".join(item.text for item in rest))
    return whole and (simple or first.runs[0].role.startswith("function"))


def _starts_with(items: list[Item], text: str) -> bool:
    return bool(items) and items[0].text[:1] == text


def bare_radicand(items: list[Item], runs: Runs) -> bool:
    """Tell whether what is under a root needs no brackets: one letter or number."""
    solid = _solid(items)
    if len(solid) != 1 or solid[0].form not in ("simple", "script") or is_loose(runs):
        return False
    item = solid[0]
    lowered = item.form == "script" and set(item.text[1:]) <= set(SUBSCRIPTS.values())
    return (item.form == "simple" or lowered) and item.kind == "ord" and "(" not in item.text
