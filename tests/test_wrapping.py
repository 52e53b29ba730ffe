"""Runs are broken into rows: no word lost, no row too wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from studytool.wrapping import NO_BREAK, Rows, Run, join_roles, plain, row_width, wrap


def with_role(rows: Rows, role: str) -> str:
    """Return the characters that have a role."""
    return "".join(run.text for row in rows for run in row if role in run.roles.split())


def test_words_are_broken_at_blanks() -> None:
    assert plain(wrap([Run("one two three four")], 9)) == "one two\nthree\nfour"
    assert plain(wrap([Run("one two three")], 5, hanging=2)) == "one\n  two\n  thr\n  ee"
    assert plain(wrap([Run("ab"), Run("cd", "em"), Run(" ef")], 5)) == "abcd\nef"
    assert plain(wrap([Run("abcdefgh")], 3)) == "abc\ndef\ngh"
    assert plain(wrap([Run("機械学習")], 5)) == "機械\n学習"
    assert plain(wrap([Run("a"), Run("\n"), Run("b")], 5)) == "a\nb"
    assert wrap([], 5) == [()]
    assert plain(wrap([Run("ab cd")], 2, hanging=4)) == "ab\ncd"


def test_a_word_too_wide_is_cut_at_its_own_blanks_whatever_its_runs() -> None:
    runs = [Run(text) for text in ("(", "a", "₁₁", NO_BREAK, "a", "₁₂", f";{NO_BREAK}", "b", "₁₁)")]
    assert plain(wrap([Run("x "), *runs], 20)) == "x (a₁₁ a₁₂; b₁₁)"
    for width in (9, 10, 11):
        assert plain(wrap(runs, width)) == "(a₁₁ a₁₂;\nb₁₁)", width
    for width in (5, 6, 7, 8):
        assert plain(wrap(runs, width)) == "(a₁₁\na₁₂;\nb₁₁)", width
    assert plain(wrap([*runs, Run(" = "), Run("y")], 10, hanging=2)) == "(a₁₁ a₁₂;\n  b₁₁) = y"


def test_roles_stay_with_their_words() -> None:
    rows = wrap([Run("one "), Run("two three", "em"), Run(" four")], 7)
    assert with_role(tuple(rows), "em") == "twothree"
    assert join_roles("em", "", "strong em") == "em strong"


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1)
odd = st.sampled_from(
    [
        "機械",
        "👩\u200d🔬",
        "e\u0301",
        "\u0301",
        "\u200d",
        "☁\ufe0f",
        "🏳\ufe0f\u200d🌈",
        "가",
        "น้ำ",
        "a" * 90,
    ]
)


@given(
    st.lists(st.tuples(words | odd, st.sampled_from(["", "em", "code"])), max_size=12),
    st.integers(2, 80),
    st.integers(0, 12),
)
def test_wrapping_loses_no_word(sequence: list[tuple[str, str]], width: int, hanging: int) -> None:
    runs = [Run(text + " ", roles) for text, roles in sequence]
    rows = wrap(runs, width, hanging)
    assert all(row_width(row) <= width for row in rows)
    assert all(cell_len("".join(run.text for run in row)) <= width for row in rows)
    kept = "".join(run.text for row in rows for run in row).replace(" ", "")
    assert kept == "".join(text for text, _ in sequence)
    if all(
        cell_len(text) <= width - (hanging if hanging <= width - 2 else 0) for text, _ in sequence
    ):
        assert plain(rows).split() == [text for text, _ in sequence]
