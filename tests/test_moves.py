"""Where history goes when a note changes."""

from hypothesis import given
from hypothesis import strategies as st

from studytool.moves import followed_ids, orphan_part, present_texts, step_moves
from studytool.notes import Kind, Note


def basic(name: str, question: str, answer: str = "one") -> Note:
    return Note(name, Kind.BASIC, "D", question, answer, derived=True)


def parts(*texts: str) -> dict[str, str]:
    return {f"s{number}": text for number, text in enumerate(texts, 1)}


def test_a_step_added_in_front_moves_all_histories() -> None:
    moves = step_moves(parts("boil", "salt"), ("fill", "boil", "salt"), reworded=False)
    assert moves == {"s1": "s2", "s2": "s3"}


def test_swapped_steps_swap_their_histories() -> None:
    assert step_moves(parts("a", "b"), ("b", "a"), reworded=True) == {"s1": "s2", "s2": "s1"}


def test_a_move_that_was_made_is_not_made_again() -> None:
    assert step_moves(parts("b", "a"), ("b", "a"), reworded=True) == {}


def test_only_parts_with_history_are_moved() -> None:
    assert step_moves({"s2": "b"}, ("x", "a", "b"), reworded=False) == {"s2": "s3"}


def test_a_step_reworded_in_its_place_keeps_its_history() -> None:
    learned = parts("boil watr", "salt")
    assert step_moves(learned, ("boil water", "salt"), reworded=True) == {}


def test_a_step_reworded_and_moved_later_keeps_its_history() -> None:
    learned = present_texts(parts("boil watr", "salt"), ("boil water", "salt"))
    assert learned == parts("boil water", "salt")
    moves = step_moves(learned, ("salt", "boil water"), reworded=True)
    assert moves == {"s1": "s2", "s2": "s1"}
    assert present_texts(parts("b", "a"), ("a", "b")) == parts("b", "a")


def test_a_step_that_has_gone_waits_and_comes_back() -> None:
    gone = step_moves(parts("a", "b", "c"), ("a", "c"), reworded=False)
    assert gone == {"s2": orphan_part("b"), "s3": "s2"}
    waiting = {"s1": "a", "s2": "c", orphan_part("b"): "b"}
    back = step_moves(waiting, ("a", "b", "c"), reworded=False)
    assert back == {"s2": "s3", orphan_part("b"): "s2"}
    assert step_moves(waiting, ("a", "c"), reworded=True) == {}


texts = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6).map(tuple)


@given(texts, texts, st.booleans())
def test_no_two_histories_ever_meet(
    old: tuple[str, ...], new: tuple[str, ...], reworded: bool
) -> None:
    learned = parts(*old)
    moves = step_moves(learned, new, reworded)
    after = [moves.get(part, part) for part in learned]
    kept = [part for part in after if not part.startswith("s~")]
    assert len(kept) == len(set(kept))
    for part, target in moves.items():
        if not target.startswith("s~"):
            assert new[int(target[1:]) - 1] == learned[part]


def test_a_reworded_question_without_id_is_followed() -> None:
    assert followed_ids(
        [basic("what-is-x", "What is x?")], [basic("what-is-an-x", "What is an x?")]
    ) == {"what-is-x": "what-is-an-x"}


def test_an_unclear_successor_is_not_guessed() -> None:
    vanished = [basic("a", "A?")]
    assert followed_ids(vanished, [basic("b", "B?"), basic("c", "C?")]) == {}
    assert followed_ids(vanished, [basic("b", "B?", "two")]) == {}
    assert followed_ids([basic("a", "A?"), basic("d", "D?")], [basic("b", "B?")]) == {}


def test_a_cloze_text_has_no_answer_to_be_known_by() -> None:
    old = Note("a", Kind.CLOZE, "D", "{{c1::a}}", derived=True)
    assert followed_ids([old], [Note("b", Kind.CLOZE, "D", "{{c1::b}}", derived=True)]) == {}
