"""What searches find in a library, and that the index of words follows the notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT, basic, cloze, put, review
from session_steps import AGAIN
from year_of_reviews import write

from studytool import search_index
from studytool.errors import UsageError
from studytool.notes import Kind, Note
from studytool.search import Search
from studytool.search_query import parse
from studytool.standings import Standing
from studytool.store import Store

NOTES = [
    Note("gan", Kind.BASIC, "ML::GANs", "Who trains a *generator*?", "A critic.", tags=("gan::x",)),
    Note("cafe", Kind.BASIC, "ML::GANs::Deep", "Où est le café?", "Là-bas.", suspended=True),
    cloze("hole", "A {{c1::small::size}} hole, a {{c2::large}} one.", deck="Other"),
    basic("jp", deck="Other", extra="機械学習とは何か"),
    Note("like", Kind.BASIC, "Other", "100 % \\theta → a_b", 'Say "hi".'),
]


@pytest.fixture
def library(store: Store) -> Store:
    """Five notes more, in decks of their own, some of them answered, some with a standing."""
    put(store, NOTES, bank="more.yaml")
    write(
        store,
        [
            review(1, note="gan", day=DAY - 1),
            review(2, AGAIN, "hole", "c1", day=DAY - 1),
            review(50, note="n0", day=DAY),
        ],
    )
    store.connection.execute("UPDATE cards SET lapses = 8 WHERE note = 'hole'")
    store.standings.add({"n1": {"front": Standing(flag=3)}, "n2": {"": Standing(marked=1)}})
    store.standings.add({"n3": {"front": Standing(suspended=1)}, "jp": {"": Standing(0, DAY + 1)}})
    return store


def found(store: Store, query: str) -> list[str]:
    """Return the cards that a query finds, `front` left out."""
    cards = Search(store, ROOT).cards(parse(query), DAY)
    return [key if part == "front" else f"{key} {part}" for key, part in cards]


@pytest.mark.parametrize(
    ("query", "cards"),
    [
        ("gener", ["gan"]),
        ("trains GENERATOR critic", ["gan"]),
        ("cafe la", ["cafe"]),
        ('"small hole"', []),
        ('"est le cafe"', ["cafe"]),
        ('"est le caf"', []),
        ('"est le caf', ["cafe"]),
        ("small -c2", ["hole c1", "hole c2"]),
        ("c1", []),
        ("学習", ["jp"]),
        ("→", ["like"]),
        ('"→ a_b"', ["like"]),
        ("%", ["like"]),
        ("gener or cafe", ["gan", "cafe"]),
        ("deck:ml::gans", ["gan", "cafe"]),
        ("deck:ML -deck:*deep", ["gan"]),
        ("deck:GAN*", []),
        ("tag:gan", ["gan"]),
        ("tag:GAN::x", ["gan"]),
        ("tag:ga", []),
        ("note:cloze", ["hole c1", "hole c2"]),
        ("id:GAN", ["gan"]),
        ("id:n* -is:new", ["n0"]),
        ("is:leech", ["hole c1"]),
        ("is:learn", ["hole c1"]),
        ("is:due", ["gan", "hole c1"]),
        ("is:suspended", ["n3", "cafe"]),
        ("is:buried", ["jp"]),
        ("is:flagged", ["n1"]),
        ("flag:3", ["n1"]),
        ("flag:2", []),
        ("is:marked", ["n2"]),
        ("flag:0 id:n*", ["n0", "n2", "n3", "n4"]),
        ("is:new deck:Other", ["hole c2", "jp", "like"]),
        ("prop:lapses=0 -is:new", ["n0", "gan"]),
        ("prop:ivl>=1 prop:ease>=2.5 deck:ML", ["gan"]),
        ("prop:due=1", ["n0"]),
        ("rated:1", ["n0"]),
        ("rated:9:3", ["n0", "gan"]),
    ],
)
def test_a_query_finds(library: Store, query: str, cards: list[str]) -> None:
    assert found(library, query) == cards


@pytest.mark.parametrize(
    "query", ["generator", "學", '"a critic"', "theta", "→", "%", '"say \\"hi"']
)
def test_without_full_text_search_the_notes_themselves_are_read(library: Store, query: str) -> None:
    library.connection.execute("DROP TABLE words")
    known = {"generator": ["gan"], '"a critic"': ["gan"], "學": []}
    assert found(library, query) == known.get(query, ["like"] if query[0] != '"' else [])


def test_a_new_database_without_the_module_is_made_all_the_same(
    home,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    from datetime import date

    from studytool import migrations

    monkeypatch.setattr(migrations, "WORDS", "CREATE VIRTUAL TABLE words USING no_such_module (x)")
    store = Store.open(home, date(2024, 10, 4))
    put(store, NOTES)
    assert not search_index.available(store.connection)
    assert found(store, "generator") == ["gan"]
    store.close()


def test_the_index_follows_the_notes(library: Store) -> None:
    assert search_index.keep_up(library.connection) == 10
    assert search_index.keep_up(library.connection) == 0
    put(library, [Note("gan", Kind.BASIC, "ML", "Reworded entirely?", "Yes.")], bank="more.yaml")
    assert found(library, "reworded") == ["gan"]
    assert found(library, "generator") == []
    assert search_index.keep_up(library.connection) == 0


def test_an_index_that_is_mostly_stale_is_made_anew(store: Store) -> None:
    for turn in range(4):
        put(store, [basic(f"n{n}", extra=f"turn{turn}") for n in range(5)])
        assert found(store, f"turn{turn}") == [f"n{n}" for n in range(5)]
    assert store.connection.execute("SELECT count(*) FROM indexed").fetchone()[0] <= 10
    assert found(store, "turn0") == []


def test_orphans_are_found_only_when_they_are_asked_for(library: Store) -> None:
    write(library, [review(90, note="lost", day=DAY), review(91, note="gan", part="reverse")])
    library.connection.execute("UPDATE notes SET removed_at = 1 WHERE id = 'n0'")
    assert "lost" not in found(library, "")
    assert found(library, "is:orphan") == ["gan reverse", "lost", "n0"]
    assert found(library, "is:orphan id:n0") == ["n0"]
    assert found(library, "-is:orphan") == found(library, "")
    put(library, [basic("lost")], root="/another", bank="x.yaml")
    assert found(library, "is:orphan") == ["gan reverse", "n0"]


def test_a_deck_or_a_tag_that_is_none_is_told(library: Store) -> None:
    looked = Search(library, ROOT)
    assert looked.hint(parse("deck:ML::GAN")) == (
        "there is no deck `ML::GAN`; did you mean `ML::GANs`?"
    )
    assert "tag `gann`" in looked.hint(parse("x tag:gann"))
    assert looked.hint(parse("deck:ML nothing")) == ""


@given(text=st.text(max_size=30))
def test_any_text_can_be_searched_for(library: Store, text: str) -> None:
    try:
        query = parse(text)
    except UsageError:
        return
    assert set(Search(library, ROOT).cards(query, DAY)) <= set(Search(library, ROOT)._all())


@given(word=st.sampled_from(["what", "is", "n1", "generator", "café", "theta"]), cut=st.integers(1))
def test_every_beginning_of_a_word_finds_it(library: Store, word: str, cut: int) -> None:
    whole = Search(library, ROOT).cards(parse(f'"{word}"'), DAY)
    begin = word[: 1 + cut % len(word)]
    assert whole
    assert set(whole) <= set(Search(library, ROOT).cards(parse(begin), DAY))


def test_keep_up_writes_nothing_when_nothing_changed(library: Store) -> None:
    search_index.keep_up(library.connection)
    before = library.connection.total_changes
    search_index.keep_up(library.connection)
    assert library.connection.total_changes == before
