"""Scalars that YAML would make numbers, dates or nothing of: they stay the text that was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from bank_texts import TOP, named, prove

TEXTS = (
    *("no", "on", "y", "Yes", "true", "False", "null", "~", "1:30", "012", "0o14", "0x1F", "0b1"),
    *(
        "1e3",
        "1_000",
        ".inf",
        "-.INF",
        ".nan",
        "2024-01-01",
        "2024-99-99",
        "3.10",
        "-0",
        "+1",
        "1.",
    ),
    *(".5", "2024-01-01T10:00:00Z", "12:30:45.5", "٣", "½", "00", "5" * 5_000),
)
"""What is a text everywhere, but not always an id."""
STRANGE = (
    "=",
    "<<",
    "-",
    "1,000",
    "a:b",
    "a: b",
    "-1",
    "?x",
    "'no",
    "no'",
    "@",
    "%",
    "|",
    ">",
)
QUOTED = ("''", '""', "'no'", '"1e3"', "'~'", '"\\u0030"')
REFUSED = (
    "!!str no",
    "!!int 1",
    "!!null",
    "!!binary aGk=",
    "!!timestamp 2024-01-01",
    "! no",
    "&a no",
)
REFUSED += (
    "*a",
    "[no]",
    "{no: 1}",
    "!!float .inf",
    "!x y",
    "!!merge <<",
    "!<tag:yaml.org,2002:int> 1",
)
PLACES = {
    "q": "- id: x\n  q: {}\n  a: y\n",
    "a": "- id: x\n  q: y\n  a: {}\n",
    "id": "- id: {}\n  q: x\n  a: y\n",
    "tag": "- id: x\n  q: y\n  a: z\n  tags:\n  - {}\n  - other\n",
    "choice": "- id: x\n  q: y\n  choices:\n    right: {}\n    wrong: [1, 2]\n",
}


def loaded(folder: Path, place: str, scalar: str) -> tuple[str | None, list[str]]:
    """Return the text that a scalar becomes in a place, and all complaints."""
    (folder / "b.yaml").write_text(TOP + PLACES[place].format(scalar), "utf-8")
    library, found = prove(folder)
    notes = [entry.note for entry in library.banks["b.yaml"].notes]
    if not notes:
        return None, [named(complaint) for complaint in found]
    (note,) = notes
    texts = {"q": note.question, "a": note.answer, "id": note.id, "tag": (*note.tags, "")[0]}
    return (*note.right, texts.get(place, ""))[0], [named(complaint) for complaint in found]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("scalar", TEXTS, ids=lambda scalar: ascii(scalar)[:20])
def test_a_scalar_stays_the_text_that_was_typed(tmp_path: Path, scalar: str, place: str) -> None:
    text, complaints = loaded(tmp_path, place, scalar)
    fits = place != "id" or (set(scalar).isdisjoint("~:+") and len(scalar) <= 80)
    if fits:
        assert (text, complaints) == (scalar, [])
    else:
        assert (text, complaints) == (None, ["3:7 id"])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("scalar", STRANGE)
def test_a_strange_scalar_is_text_or_is_refused_in_its_place(
    tmp_path: Path, scalar: str, place: str
) -> None:
    text, complaints = loaded(tmp_path, place, scalar)
    assert text == scalar or complaints
    if complaints:
        assert all(int(complaint.split(":")[0]) >= 3 for complaint in complaints)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("scalar", QUOTED)
def test_a_scalar_in_quotes_is_what_they_hold(tmp_path: Path, scalar: str, place: str) -> None:
    text, complaints = loaded(tmp_path, place, scalar)
    held = scalar[1:-1].replace("\\u0030", "0")
    if held == "" or (place, held) == ("id", "~"):
        assert text is None and len(complaints) == 1
    else:
        assert (text, complaints) == (held, [])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("scalar", REFUSED)
def test_tags_anchors_and_collections_are_no_scalars(
    tmp_path: Path, scalar: str, place: str
) -> None:
    text, complaints = loaded(tmp_path, place, scalar)
    if place == "choice" and scalar == "[no]":
        assert (text, complaints) == ("no", [])
        return
    assert text is None and complaints
    row = PLACES[place].split("\n").index(next(r for r in PLACES[place].split("\n") if "{}" in r))
    assert {complaint.split(":")[0] for complaint in complaints} == {str(row + 3)}
