"""The language of searches: what it means, what it refuses, and that it survives any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import UsageError
from studytool.search_query import (
    EVERYTHING,
    AnyOf,
    Every,
    Has,
    Not,
    Property,
    Rated,
    Words,
    leaves,
    parse,
)

TERMS = st.sampled_from(
    [
        *'()"-*: ',
        "or",
        "and",
        "gan",
        "deck:",
        "is:due",
        "prop:ease<2",
        "flag:",
        "rated:1",
        "x:y",
        "é",
    ]
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", EVERYTHING),
        ("  ", EVERYTHING),
        ("gan", Words("gan")),
        ("gan loss", Every((Words("gan"), Words("loss")))),
        ("a or b -c", AnyOf((Words("a"), Every((Words("b"), Not(Words("c"))))))),
        ("(a or b) c", Every((AnyOf((Words("a"), Words("b"))), Words("c")))),
        ("-(a b)", Not(Every((Words("a"), Words("b"))))),
        ('"two words"', Words("two words", exact=True)),
        ('"two wor', Words("two wor")),
        ("gan*", Words("gan")),
        ("well-known", Words("well-known")),
        ("1:30", Words("1:30")),
        ("deck:ML::GANs", Has("deck", "ML::GANs")),
        ('deck:"Two words"', Has("deck", "Two words")),
        ("IS:DUE", Has("is", "due")),
        ("note:cloze", Has("note", "cloze")),
        ("prop:ivl>=30", Property("ivl", ">=", 30)),
        ("prop:ease<2.05", Property("ease", "<", 205)),
        ("prop:due=-1", Property("due", "=", -1)),
        ("rated:7:1", Rated(7, 1)),
        ("or", EVERYTHING),
        ("- a", Not(Words("a"))),
        ("--a", Words("a")),
        ("((a", Words("a")),
    ],
)
def test_what_a_query_means(text: str, meaning: object) -> None:
    assert parse(text) == meaning


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("dek:ML", "no key `dek:`", "did you mean `deck`?"),
        ("http://x", "no key `http:`", "quotation marks"),
        ("is:dew", "no `is:dew`", "did you mean `new`?"),
        ("is:", "`is:` needs a word", "suspended"),
        ("is:d", "`is:` needs a word", "due"),
        ("note:clozee", "no `note:clozee`", "did you mean `cloze`?"),
        ("deck:", "`deck:` needs a name", "deck:ML::GANs"),
        ("flag:9", "needs a digit", "0 to 7"),
        ("flag:²", "needs a digit", "0 to 7"),
        ("prop:lapse>3", "needs one of", "did you mean `lapses`?"),
        ("prop:ivl", "needs a sign and a number", "prop:ivl>=2"),
        ("rated:0", "needs days", "seven"),
        ("a)", "not opened", ""),
        ("(" * 30 + "a", "too many brackets", ""),
        ("a" * 1001, "longer than 1000", ""),
    ],
)
def test_what_a_query_refuses(text: str, message: str, advice: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(text)
    assert message in error.value.message
    assert advice in error.value.help


@given(st.one_of(st.text(max_size=60), st.lists(TERMS, max_size=12).map("".join)))
def test_any_text_is_a_query_or_a_usage_error(text: str) -> None:
    try:
        node = parse(text)
    except UsageError as error:
        assert error.message
        return
    for leaf in leaves(node):
        assert not isinstance(leaf, Words) or leaf.text.strip()


@given(st.lists(st.text("abcé", min_size=1, max_size=5).map(lambda w: "x" + w), max_size=6))
def test_words_are_all_asked_for(words: list[str]) -> None:
    assert list(leaves(parse(" ".join(words)))) == [Words(word) for word in words]
