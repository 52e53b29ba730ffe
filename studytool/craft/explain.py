"""Tells what rules ask for, those of the craft and those about formulas, alone or as a list."""

from __future__ import annotations

import textwrap

from studytool.craft.rules import NAMES, Explanation, explanations
from studytool.errors import UsageError
from studytool.formula_check import RULES
from studytool.near_names import meant

EXPLAINED = (*RULES, *NAMES)
"""The names of all rules that can be explained."""
_WIDEST = 88
"""Prose is not set wider than this, in columns."""


def listed(width: int) -> str:
    """Return all rules with what they ask for, a line or two each."""
    widest = max(map(len, EXPLAINED)) + 2
    rows = [
        textwrap.fill(
            _explanation(name).asks,
            min(width, _WIDEST),
            initial_indent=name.ljust(widest),
            subsequent_indent=" " * widest,
        )
        for name in EXPLAINED
    ]
    return "\n".join((*rows, "", "studytool check --explain RULE tells why, with examples."))


def explained(name: str, width: int) -> str:
    """Return what a rule asks for, why, when it complains, and examples.

    Raises:
        UsageError: If there is no such rule.
    """
    if name not in EXPLAINED:
        advice = meant(name, EXPLAINED) or "studytool check --explain, at the end, lists the rules"
        raise UsageError(f"there is no rule `{name}`", advice)
    rule = _explanation(name)
    parts = [
        f"{name} ({rule.level})",
        f"Asks for {rule.asks}.",
        rule.why,
        f"Complains: {rule.when}",
        *([f"May stand: {rule.fine}"] if rule.fine else []),
    ]
    text = "\n\n".join(textwrap.fill(part, min(width, _WIDEST)) for part in parts)
    examples = [
        f"{label}:\n\n{textwrap.indent(notes.strip(), '  ')}"
        for label, notes in (("Not", rule.bad), ("But", rule.good))
        if notes
    ]
    return "\n\n".join((text, *examples))


def _explanation(name: str) -> Explanation:
    """Return the explanation of a rule."""
    return explanations("formula_rules.toml" if name in RULES else "rules.toml")[name]
