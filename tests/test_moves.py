"""Where history goes when a note changes."""

from hypothesis import given
from hypothesis import strategies as st

from studytool.moves import followed_ids, orphan_part, step_moves
from studytool.notes import Kind, Note


def basic(name: str, question: str, answer: str = "one") -> Note:
    return Note(name, Kind.BASIC, "D", question, answer, derived=True)


def test_a_step_added_in_front_moves_all_histories() -> None:
    moves = step_moves(("boil", "salt"), ("fill", "boil", "salt"), ["s1", "s2"])
    assert moves == {"s1": "s2", "s2": "s3"}


def test_swapped_steps_swap_their_histories() -> None:
    assert step_moves(("a", "b"), ("b", "a"), ["s1", "s2"]) == {"s1": "s2", "s2": "s1"}


def test_only_studied_parts_are_moved() -> None:
    assert step_moves(("a", "b"), ("x", "a", "b"), ["s2"]) == {"s2": "s3"}


def test_a_step_reworded_in_its_place_keeps_its_history() -> None:
    assert step_moves(("boil watr", "salt"), ("boil water", "salt"), ["s1", "s2"]) == {}


def test_a_step_that_has_gone_waits_and_comes_back() -> None:
    gone = step_moves(("a", "b", "c"), ("a", "c"), ["s1", "s2", "s3"])
    assert gone == {"s2": orphan_part("b"), "s3": "s2"}
    back = step_moves(("a", "c"), ("a", "b", "c"), ["s1", "s2", orphan_part("b")])
    assert back == {"s2": "s3", orphan_part("b"): "s2"}


texts = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6).map(tuple)


@given(texts, texts)
def test_no_two_histories_ever_meet(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    studied = [f"s{number}" for number in range(1, len(old) + 1)]
    moves = step_moves(old, new, studied)
    after = [moves.get(part, part) for part in studied]
    kept = [part for part in after if not part.startswith("s~")]
    assert len(kept) == len(set(kept))
    for part, target in moves.items():
        if not target.startswith("s~"):
            assert new[int(target[1:]) - 1] == old[int(part[1:]) - 1]


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
