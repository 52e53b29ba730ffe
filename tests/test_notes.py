"""Identity: the id grammar, the GUID recipe and the key, fixed for ever; notes as JSON."""

from __future__ import annotations

import hashlib
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import basic

from studytool.notes import (
    MAX_ID_LENGTH,
    Kind,
    Note,
    Source,
    fold,
    guid,
    holds,
    note_key,
    valid_id,
)


@pytest.mark.parametrize(
    "name",
    [
        "gp-posterior-mean",
        "a",
        "7",
        "-",
        "x_1.2-b",
        "Größe",
        "naïve-bayes",
        "λόγος",
        "вероятность",
        "機械学習",
        "머신러닝",
        "احتمال",
        "संभावना",
        "ความน่าจะเป็น",
        "יחס",
        "x²",
        "Ⅳ",
        "a" * 80,
    ],
)
def test_an_id_is_letters_and_digits_of_any_script(name: str) -> None:
    assert valid_id(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a b",
        "a/b",
        "a:b",
        "a,b",
        "a\n",
        "a#b",
        "a+b",
        "a'b",
        "“a”",
        "a–b",
        "a\x00",
        "\u200ba",
        "a\u200d",
        "\ud800",
        "🎉",
        "€",
        "\u0301a",
        unicodedata.normalize("NFD", "Größe"),
        "a" * 81,
    ],
)
def test_nothing_else_is_an_id(name: str) -> None:
    assert not valid_id(name)


def test_ids_are_compared_without_case() -> None:
    assert MAX_ID_LENGTH == 80
    assert fold("GP-Mean") == fold("gp-mean") == "gp-mean"
    assert fold("STRASSE") == fold("Straße") == "strasse"
    assert fold("ΛΌΓΟΣ") == fold("λόγος") == "λόγοσ"
    assert fold("Größe") == fold(unicodedata.normalize("NFD", "GRÖSSE").replace("SS", "ß"))


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def by_hand(library: str, oldest: str, kind: str) -> str:
    """The recipe, written out once more."""
    return hashlib.sha256(f"{library}\x1f{oldest}\x1f{kind}".encode()).hexdigest()[:20]


@pytest.mark.parametrize(
    "library, note, written, expected",
    [
        (
            "",
            Note("gp-mean", Kind.BASIC, "D", "q"),
            ("", "gp-mean", "basic"),
            "bb8e427f1a6bd39e1070",
        ),
        (
            "Studytool-ML",
            Note("GP-Mean", Kind.CLOZE, "D", "q"),
            ("studytool-ml", "gp-mean", "cloze"),
            "29dcdb485298ffa6ecb9",
        ),
        (
            "l",
            Note("new", Kind.CHOICE, "D", "q", was=("mid", "Old")),
            ("l", "old", "choice"),
            "ea06ed4075771334934a",
        ),
        (
            "",
            Note("機械学習", Kind.STEPS, "E", "other"),
            ("", "機械学習", "steps"),
            "21102a1356b9b305ddaa",
        ),
    ],
    ids=["plain", "folded", "renamed", "script"],
)
def test_the_guid_is_fixed_for_ever(
    library: str, note: Note, written: tuple[str, str, str], expected: str
) -> None:
    assert guid(library, note) == by_hand(*written) == expected


def test_a_note_from_anki_keeps_its_guid() -> None:
    assert guid("l", basic("a", guid="Ab{c~1")) == "Ab{c~1"


def test_the_guid_hangs_on_identity_alone() -> None:
    first = Note("a", Kind.BASIC, "D", "one", "two", tags=("x",))
    other = Note("A", Kind.BASIC, "E::F", "three", "four", extra="five", derived=True)
    assert guid("l", first) == guid("L", other)
    assert len({guid("l", Note("a", kind, "D", "q")) for kind in Kind}) == 4
    assert guid("l", first) != guid("m", first) != guid("", first)


def test_the_key_names_the_progress() -> None:
    assert note_key("", basic("GP-Mean")) == "gp-mean"
    assert note_key("Studytool-ML", basic("new", was=("Old",))) == "studytool-ml/old"


def test_the_kinds_are_fixed_for_ever() -> None:
    assert list(map(str, Kind)) == ["basic", "cloze", "choice", "steps"]


def test_parts() -> None:
    assert basic("a").parts() == ("front",)
    assert basic("a", reverse="Which?").parts() == ("front", "reverse")
    assert Note("a", Kind.CHOICE, "D", "q", right=("x",), wrong=("y",)).parts() == ("front",)
    assert Note("a", Kind.STEPS, "D", "q", steps=("x", "y", "z")).parts() == ("s1", "s2", "s3")
    text = "{{c2::a {{c10::b}}}} {{c1::c}} {{c2::d}}"
    assert Note("a", Kind.CLOZE, "D", text).parts() == ("c1", "c2", "c10")
    assert Note("a", Kind.CLOZE, "D", "no hole").parts() == ()


def test_json_leaves_out_what_is_empty() -> None:
    assert json.loads(basic("ä").to_json()) == {
        "id": "ä",
        "kind": "basic",
        "deck": "D",
        "question": "What is ä?",
        "answer": "It is ä.",
    }
    assert "ä" in basic("ä").to_json()


texts = st.text(max_size=8)
lists = st.lists(texts, max_size=3).map(tuple)
notes = st.builds(
    Note,
    id=texts,
    kind=st.sampled_from(Kind),
    deck=texts,
    question=texts,
    answer=texts,
    reverse=texts,
    right=lists,
    wrong=lists,
    steps=lists,
    accept=lists,
    extra=texts,
    hint=texts,
    tags=lists,
    source=st.builds(Source, *[texts] * 6),
    was=lists,
    guid=texts,
    suspended=st.booleans(),
    macros=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    derived=st.booleans(),
)


@given(notes)
def test_json_there_and_back(note: Note) -> None:
    assert Note.from_json(note.to_json()) == note


def test_decks_are_compared_in_any_case_and_spelling_of_accents() -> None:
    assert holds("Cafe\u0301", "CAFÉ::Eggs")
    assert holds(" ml::gans: ", "ML::GANs")
    assert not holds("ML::GAN", "ML::GANs")
