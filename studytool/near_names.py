"""Which deck or tag was probably meant: names with `::` are alike in whole or in a part."""

from __future__ import annotations

from collections.abc import Iterable

from studytool.diagnostics import nearest
from studytool.notes import deck_key


def meant(wanted: str, names: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the name most like what was typed, or an empty string.

    Args:
        wanted: What was typed, in any case.
        names: The names there are; those above them count too.
    """
    known: dict[str, str] = {}
    for name in names:
        parts = name.split("::")
        above = ("::".join(parts[:end]) for end in range(1, len(parts) + 1))
        known |= {deck_key(name): name for name in above}
    leaves = {folded.rpartition("::")[2]: name for folded, name in known.items()}
    typed = deck_key(wanted)
    leaf = typed.rpartition("::")[2]
    found = known.get(nearest(typed, known)) or leaves.get(nearest(leaf, leaves))
    if not found and leaf:
        found = next((name for folded, name in known.items() if leaf in folded), None)
    return f"did you mean `{found}`?" if found else ""
