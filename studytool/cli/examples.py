"""Commands whose `--help` ends with examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

WIDEST = 46
"""Columns of a command beside what it does; a longer one has a line of its own."""


class Command(click.Command):
    """A command that teaches by example.

    Attributes:
        examples: What each of some command lines does.
    """

    def __init__(self, *args: Any, examples: Mapping[str, str], **rest: Any) -> None:
        """Take what a command takes, and examples of its use."""
        super().__init__(*args, **rest)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        with formatter.section("Examples"):
            formatter.write_dl(list(self.examples.items()), col_max=WIDEST)
