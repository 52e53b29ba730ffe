"""What was probably meant by a deck or a tag that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.near_names import meant

DECKS = [
    "ML::Training::Federated learning",
    "ML::GANs::Training techniques",
    "ML::Vision::Human pose",
]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ML::Training::Federated lerning", "ML::Training::Federated learning"),
        ("ml::gan", "ML::GANs"),
        ("gans", "ML::GANs"),
        ("vison", "ML::Vision"),
        ("ML::Federated", "ML::Training::Federated learning"),
        ("training techniqe", "ML::GANs::Training techniques"),
        ("pose", "ML::Vision::Human pose"),
    ],
)
def test_the_name_most_like_it_is_meant(typed: str, name: str) -> None:
    assert meant(typed, DECKS) == f"did you mean `{name}`?"


@pytest.mark.parametrize("typed", ["", "::", " ", "zzz", "x" * 10_000])
def test_nothing_is_meant_by_what_is_like_nothing(typed: str) -> None:
    assert meant(typed, DECKS) == ""
    assert meant(typed, []) == ""


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=8))
def test_only_names_there_are_and_those_above_them_are_meant(names: list[str], typed: str) -> None:
    hint = meant(typed, names)
    if hint:
        name = hint.removeprefix("did you mean `").removesuffix("`?")
        assert any(known == name or known.startswith(name + "::") for known in names)
