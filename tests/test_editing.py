"""What becomes of the card being asked when its bank is edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from editing_banks import BANK, change, library
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import Clock, basic
from session_steps import AGAIN, GOOD, name

from studytool.edited_notes import changes
from studytool.editing import editable, reread
from studytool.errors import StudytoolError
from studytool.notes import Kind, Note, Source
from studytool.scheduling import Act
from studytool.session import Session
from studytool.values import fields, replace


def test_a_change_is_said_and_the_card_asked_again(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        change(bank, "a: First answer.", "a: Better.\n  extra: More.")
        found = reread(session)
        assert (found.said, found.same, found.wrong) == ("Answer and extra changed.", True, ())
        assert session.current is not None
        assert session.current.stored.note.answer == "Better."
        assert session.current.parsed.extra
        assert session.done == 0


def test_a_formula_of_this_note_that_cannot_be_read_is_said(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        change(bank, "Second answer.", r"Another $\frac{a}$.")
        assert reread(session).said == "Nothing changed in this note."
        change(bank, "First answer.", r"It is $x + \frac{a}$.")
        said = reread(session).said
        line = bank.read_text().split("\n").index(r"  a: It is $x + \frac{a}$.") + 1
        assert said == rf"Answer changed. Line {line}, column 25: missing argument of \frac."


def test_nothing_changed_is_said_too(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        assert reread(session).said == "Nothing changed in this note."
        change(bank, "Second answer.", "Another.")
        assert reread(session).said == "Nothing changed in this note."
        session.grade(GOOD)
        assert session.current is not None
        assert session.current.stored.note.answer == "Another."


def test_progress_and_undo_are_kept(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (opened, session, bank):
        session.grade(AGAIN)
        change(bank, "Second answer.", "Another.")
        assert reread(session).same
        assert session.done == 1
        assert session.counts().learning == 1
        session.grade(GOOD)
        assert session.undo()
        assert name(session) == "second"
        acts = [row.act for row in opened.store.log.rows()]
        assert acts == [Act.REVIEW, Act.REVIEW, Act.UNDO]


def test_a_drilled_card_stays_in_its_drill(tmp_path: Path, clock: Clock) -> None:
    bank_of_one = BANK[: BANK.index("- id: second")]
    with library(tmp_path, clock, bank_of_one) as (_, session, bank):
        session.grade(AGAIN)
        change(bank, "First answer.", "Another.")
        assert reread(session).same
        assert session.current is not None
        assert session.current.act is Act.DRILL


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- id: first\n", "- id: other\n", "The id `first` is `other` now: a new note."),
        ("- id: first\n", "- id: other\n  was: [nobody]\n", "The id `first` is `other` now"),
        (BANK[BANK.index("- id: first") : BANK.index("- id: second")], "", "has gone from bank"),
        ("a: First answer.", "a: First answer.\n  suspended: true", "suspended now."),
    ],
)
def test_a_note_that_has_gone_makes_room_for_the_next(
    old: str, new: str, said: str, tmp_path: Path, clock: Clock
) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        change(bank, old, new)
        found = reread(session)
        assert said in found.said
        assert not found.same
        assert name(session) not in ("first", "")


def test_the_last_card_that_goes_ends_the_session(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock, BANK[: BANK.index("- id: second")]) as (_, session, bank):
        bank.write_text("deck: D\nnotes: []\n")
        assert "has gone" in reread(session).said
        assert session.current is None


def test_an_id_that_is_changed_with_its_former_one_keeps_the_card(
    tmp_path: Path, clock: Clock
) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        change(bank, "- id: first\n", "- id: other\n  was: [first]\n")
        found = reread(session)
        assert (found.said, found.same) == ("Id and former ids changed.", True)
        assert name(session) == "first"


def test_a_note_out_of_the_selection_is_not_asked(tmp_path: Path, clock: Clock) -> None:
    from studytool.opening import review_session

    with library(tmp_path, clock) as (opened, _, bank):
        session = review_session(opened, "D::E", (), None, clock, False)
        change(bank, "a: First answer.", "a: First answer.\n  deck: F")
        found = reread(session)
        assert "not among those that this review asks" in found.said
        assert name(session) == "second"


def test_a_part_that_has_gone_is_said(tmp_path: Path, clock: Clock) -> None:
    text = "deck: D\nnotes:\n- {id: a, cloze: '{{c1::x}} {{c2::y}}'}\n- {id: b, q: B, a: B}\n"
    with library(tmp_path, clock, text) as (_, session, bank):
        change(bank, "{{c1::x}}", "x")
        found = reread(session)
        assert found.said == "Text changed. The note has no card c1 now."
        assert name(session) == "a/c2"


def test_a_step_is_followed_to_where_it_stands(tmp_path: Path, clock: Clock) -> None:
    steps = "deck: D\nnotes:\n- {id: a, q: Q?, steps: [alpha, beta]}\n"
    with library(tmp_path, clock, steps) as (_, session, bank):
        change(bank, "[alpha, beta]", "[before, alpha, beta]")
        assert reread(session).same
        assert name(session) == "a/s2"


@pytest.mark.parametrize("studied", [True, False])
def test_a_note_without_an_id_is_followed(studied: bool, tmp_path: Path, clock: Clock) -> None:
    text = "deck: D\nnotes:\n- {q: An old question?, a: A.}\n- {id: z, q: Z, a: Z}\n"
    with library(tmp_path, clock, text) as (opened, session, bank):
        if studied:
            session.grade(AGAIN)
            session.grade(GOOD)
        change(bank, "An old question?", "One that is new?")
        assert reread(session).said == "Question changed."
        assert session.current is not None
        assert session.current.stored.note.question == "One that is new?"
        assert (session.current.before.last != "") is studied


def test_history_that_could_not_follow_is_said(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock, "deck: D\nnotes:\n- {q: Old?, a: A.}\n") as (_, session, bank):
        session.grade(AGAIN)
        change(bank, "{q: Old?, a: A.}", "{q: New?, a: B.}")
        assert "counts as new" in reread(session).said


def test_a_broken_bank_asks_its_last_good_text(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        change(bank, "  a: First answer.", "  nope: First answer.")
        found = reread(session)
        assert found.same
        assert found.said == "bank.yaml: 1 error; its last good text is asked."
        assert [(one.line, one.code) for one in found.wrong] == [(7, "unknown-key")]
        assert session.current is not None
        assert session.current.stored.note.answer == "First answer."
        change(bank, "  nope: First answer.", "  a: Mended.")
        assert reread(session).said == "Answer changed."


def test_a_clash_with_another_bank_is_an_error_too(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        (bank.parent / "another.yaml").write_text("deck: D\nnotes:\n- {id: twin, q: Q, a: A}\n")
        reread(session)
        change(bank, "id: second", "id: twin")
        (bank.parent / "another.yaml").touch()
        found = reread(session)
        assert [one.code for one in found.wrong] == ["duplicate-id"]
        assert found.same


def test_a_bank_that_is_deleted_keeps_its_notes(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (opened, session, bank):
        bank.unlink()
        found = reread(session)
        assert found.same
        assert "cannot be read" in found.wrong[0].message
        assert session.current is not None
        with pytest.raises(StudytoolError, match="is gone"):
            editable(opened.store, str(opened.root), session.current.stored)


def test_the_place_is_that_of_the_file_as_it_is_now(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (opened, session, bank):
        assert session.current is not None
        stored = session.current.stored
        assert editable(opened.store, str(opened.root), stored).line == 5
        bank.write_text("# one\n# two\n" + BANK)
        assert editable(opened.store, str(opened.root), stored).line == 7
        bank.write_text("nonsense")
        assert editable(opened.store, str(opened.root), stored).line == 5
        assert editable(opened.store, str(bank), stored).file == bank


def test_banks_that_should_not_be_written_are_not_opened(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (opened, session, bank):
        assert session.current is not None
        stored = session.current.stored
        with pytest.raises(StudytoolError, match="came with studytool") as caught:
            editable(opened.store, str(opened.root), stored, installed=bank.parent)
        assert "--cards" in caught.value.help
        bank.chmod(0o444)
        with pytest.raises(StudytoolError, match="is read-only"):
            editable(opened.store, str(opened.root), stored)


def test_a_card_that_was_graded_in_another_window_is_not_asked_twice(
    tmp_path: Path, clock: Clock
) -> None:
    with library(tmp_path, clock) as (opened, session, bank):
        other = Session(opened.store, session.selection, session.scheduler, clock, session.limits)
        other.grade(GOOD)
        change(bank, "First answer.", "Another.")
        assert reread(session).said == "Answer changed. The card was graded in another window."
        assert name(session) == "second"


def test_every_field_of_a_note_has_a_word() -> None:
    before = basic("a")
    other = {
        **{"kind": Kind.CLOZE, "suspended": True, "derived": True, "source": Source("T")},
        **{"macros": (("a", "b"),)},
        **dict.fromkeys(("right", "wrong", "steps", "accept", "tags", "was"), ("x",)),
    }
    for field in fields(Note):
        after = replace(before, **{field: other.get(field, "x")})
        assert len(changes(before, after)) == 1
    assert changes(before, before) == ()


NOTES = st.builds(
    Note,
    id=st.sampled_from("ab"),
    kind=st.sampled_from(Kind),
    deck=st.sampled_from("DE"),
    question=st.sampled_from("qr"),
    right=st.tuples(st.sampled_from("xy")),
    wrong=st.tuples(st.sampled_from("xy")),
    derived=st.booleans(),
)


@settings(max_examples=60)
@given(NOTES, NOTES)
def test_something_is_said_if_and_only_if_something_changed(one: Note, other: Note) -> None:
    said = changes(one, other)
    assert len(set(said)) == len(said)
    both = one.derived and other.derived
    assert bool(said) == (one != (replace(other, id=one.id) if both else other))
    assert changes(one, one) == ()
