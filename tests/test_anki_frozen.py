"""What may never change: Anki splits a notetype in two, or orphans progress, if one of these does.

If a test here fails, mend the code and leave the table.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

from studytool.anki.notetypes import NOTETYPES, TEMPLATES_CHANGED, model
from studytool.notes import Kind

FROZEN = {
    Kind.BASIC: (
        1509160001,
        "Studytool Basic",
        0,
        [
            (1509160101, "Front"),
            (1509160102, "Back"),
            (1509160103, "Reverse"),
            (1509160104, "Accept"),
            (1509160105, "Extra"),
            (1509160106, "Hint"),
            (1509160107, "Source"),
            (1509160108, "Id"),
            (1509160109, "Spare1"),
            (1509160110, "Spare2"),
        ],
        [(1509160201, "Card"), (1509160202, "Reverse")],
    ),
    Kind.CLOZE: (
        1509160002,
        "Studytool Cloze",
        1,
        [
            (1509160301, "Text"),
            (1509160302, "Extra"),
            (1509160303, "Hint"),
            (1509160304, "Source"),
            (1509160305, "Id"),
            (1509160306, "Spare1"),
            (1509160307, "Spare2"),
        ],
        [(1509160401, "Card")],
    ),
    Kind.CHOICE: (
        1509160003,
        "Studytool Choice",
        0,
        [
            (1509160501, "Question"),
            (1509160502, "Options"),
            (1509160503, "Answer"),
            (1509160504, "Extra"),
            (1509160505, "Hint"),
            (1509160506, "Source"),
            (1509160507, "Id"),
            (1509160508, "Spare1"),
            (1509160509, "Spare2"),
            (1509160510, "Spare3"),
        ],
        [(1509160601, "Card")],
    ),
    Kind.STEPS: (
        1509160004,
        "Studytool Steps",
        1,
        [
            (1509160701, "Question"),
            (1509160702, "Steps"),
            (1509160703, "Extra"),
            (1509160704, "Hint"),
            (1509160705, "Source"),
            (1509160706, "Id"),
            (1509160707, "Spare1"),
            (1509160708, "Spare2"),
            (1509160709, "Spare3"),
        ],
        [(1509160801, "Card")],
    ),
}


@pytest.mark.parametrize("kind", Kind)
def test_ids_names_and_order_are_those_of_the_first_release(kind):
    written = model(kind).to_json(12345, None)
    assert (
        int(written["id"]),
        written["name"],
        written["type"],
        [(field["id"], field["name"]) for field in written["flds"]],
        [(template["id"], template["name"]) for template in written["tmpls"]],
    ) == FROZEN[kind]
    assert [field["ord"] for field in written["flds"]] == list(range(len(FROZEN[kind][3])))
    assert written["sortf"] == 0
    assert written["mod"] == TEMPLATES_CHANGED


def test_notetype_ids_lie_where_anki_and_all_its_clients_take_them():
    assert all(2**30 <= notetype.id < 2**31 for notetype in NOTETYPES.values())


def test_templates_and_their_time_of_change_move_together():
    """Anki takes a template over only if `TEMPLATES_CHANGED` is newer: move both lines by hand."""
    folder = files("studytool.anki") / "templates"
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        digest.update(file.name.encode() + b"\0" + file.read_text("utf-8").encode() + b"\0")
    assert (TEMPLATES_CHANGED, digest.hexdigest()[:16]) == (1767312000, "1b773417708af68f")


@pytest.mark.parametrize("kind", Kind)
def test_templates_ask_nothing_of_the_network(kind):
    written = model(kind).to_json(0, None)
    texts = [written["css"]]
    texts += [template[side] for template in written["tmpls"] for side in ("qfmt", "afmt")]
    hazards = ("http", "//", "@import", "url(", "javascript:", "src=", "import(", "fetch", "eval")
    for text in texts:
        for hazard in hazards:
            assert hazard not in text
