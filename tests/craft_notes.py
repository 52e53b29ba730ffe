"""A library that asks for the craft, and what its rules say of some notes."""

from __future__ import annotations

from pathlib import Path

from studytool.check import check
from studytool.craft.rules import NAMES
from studytool.craft.words import bare
from studytool.diagnostics import Diagnostic
from studytool.library import load_library

SUBJECTS = "id\tname\talso\nfedavg\tFedAvg\tfederated averaging\nswa\tStochastic weights (SWA)\n"
SETTINGS = '[craft]\ntopics = ["training"]\nsurnames = ["Zhang"]\n'
SOURCE = "source: {title: A post, date: '2019'}\n"


def write(folder: Path, text: str, top: str = "") -> Path:
    """Write a library of one bank that asks for the craft."""
    (folder / "library.toml").write_text(SETTINGS)
    (folder / "subjects.tsv").write_text(SUBJECTS)
    bank = folder / "bank.yaml"
    bank.write_text(f"deck: D\n{top}notes:\n{text}", "utf-8")
    return bank


def findings(folder: Path, text: str, top: str = SOURCE, sources: str = "") -> list[Diagnostic]:
    """Return what the rules of the craft say of notes, the derived ids left aside."""
    write(folder, text, top)
    found = check(load_library(folder), folder, [bare(sources)] if sources else [])
    assert not [each for each in found if each.code not in (*NAMES, "derived-id", "exceptions")]
    return [each for each in found if each.code != "derived-id"]


def rules(folder: Path, text: str, top: str = SOURCE) -> set[str]:
    """Return the names of the rules that complain of notes, but for their lack of tags."""
    return {each.code for each in findings(folder, text, top)} - {"no-tag", "no-subject", "lonely"}
