"""`studytool paths`: where everything is."""

from __future__ import annotations

import os

import click

from studytool import config
from studytool.cli import chosen
from studytool.cli.console import emit
from studytool.cli.examples import Command
from studytool.cli.places import cards_choice, place_options
from studytool.screen_text import clean_line


@click.command(
    cls=Command,
    examples={
        "studytool paths": "all places",
        "studytool paths --json": "for a script",
    },
)
@click.option("--json", "as_json", is_flag=True, help="Print the places as JSON.")
@place_options
def paths(as_json: bool, cards: str | None, home: str | None) -> None:
    """Print where settings, progress, backups and banks are, whether they are there or not."""
    folder = config.home(home, os.environ)
    choice = cards_choice(cards)
    places = {
        "config": chosen.settings_path(),
        "data": folder,
        "database": folder / "studytool.db",
        "backups": folder / "backups",
        "cards": choice.root,
        "shipped": config.shipped_cards(),
    }
    if as_json:
        import json

        document: dict[str, object] = {"schema_version": 1}
        document |= {name: str(path) for name, path in places.items()}
        document["cards_from"] = {"source": choice.source.kind, "name": choice.source.name}
        emit(json.dumps(document, ensure_ascii=True, indent=2))
        return
    for name, path in places.items():
        notes = [f"by {choice.source.name}"] if name == "cards" else []
        notes += [] if path.exists() else ["not there"]
        line = f"{name:<9} {path}" + (f"  ({', '.join(notes)})" if notes else "")
        emit(clean_line(line))
