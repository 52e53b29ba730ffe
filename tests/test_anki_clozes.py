"""Which cards a note has: the same as Anki finds in its fields, for random cloze texts."""

from __future__ import annotations

import os
import random
from pathlib import Path

from anki_profile import Anki

from studytool.anki.fields import fields, ordinals
from studytool.markup import hole_numbers
from studytool.notes import Kind, Note
from studytool.parsed_notes import parse_note

COUNT = int(os.environ.get("STUDYTOOL_CLOZES", "400"))
"""How many texts are tried; 20,000 before a release."""
PIECES = [
    *["{{c1::", "{{c2::", "{{c3::", "{{c12::", "{{c0::", "{{c1,2::", "{{c", "{{c1:", "{{c499::"],
    *["}}", "}}", "}}", "}}"],
    *["}", "{", "{{", "::", ":", "::hint", r"\{{", r"\::", "\\"],
    *["a", "b ", " ", "\n", "\n\n", "漢", "é", "<b>", "&", "|", "- ", "> ", "# ", "[x]", "(", ")"],
    *["$", "$$", "`", "```", "```python\n", "*", "**", "_", r"\frac{a}{b}", r"x_{1}", r"\(", r"\)"],
]


def text(rng: random.Random) -> str:
    """Return pieces at random, about half of them ends of holes."""
    return "".join(
        rng.choice(PIECES[:13] if rng.random() < 0.5 else PIECES) for _ in range(rng.randint(1, 20))
    )


def test_a_random_cloze_text_has_the_cards_that_anki_gives_it(tmp_path: Path) -> None:
    from studytool.anki.notetypes import NOTETYPES
    from studytool.anki.package import PackedNote, members, write_package

    rng = random.Random(int(os.environ.get("STUDYTOOL_SEED", "1")))
    anki = Anki(tmp_path)
    sample = ("{{c1::a}}", "", "", "", "x", "", "")
    packed = PackedNote("g", Kind.CLOZE, "D", sample, (), (0,), 1_700_000_000, ())
    with (tmp_path / "a.apkg").open("wb") as target:
        write_package(target, members([packed], {}, 1_700_000_000))
    anki.take(tmp_path / "a.apkg")
    notetype = anki.col.models.by_name(NOTETYPES[Kind.CLOZE].name)
    assert notetype is not None
    note = anki.col.new_note(notetype)
    several = 0
    for number in range(COUNT):
        written = Note(f"n{number}", Kind.CLOZE, "D", text(rng))
        parsed = parse_note(written)
        note.fields = list(fields(written, parsed, lambda path: "x.png"))
        ours = [ordinal + 1 for ordinal in ordinals(Kind.CLOZE, tuple(note.fields))]
        assert ours == sorted(anki.col._backend.cloze_numbers_in_note(note._to_backend_note())), (
            written.question
        )
        assert ours == sorted(hole_numbers(parsed.question)), written.question
        several += len(ours) > 1
    assert several > COUNT // 50
    anki.col.close()
