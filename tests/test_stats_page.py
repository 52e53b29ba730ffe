"""The page of the statistics: what it says, at which widths, and its JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT, basic, put, review
from year_of_reviews import SM2, write, year, year_in

from studytool.ansi import paint
from studytool.days import as_date
from studytool.errors import UsageError
from studytool.figures import study, today
from studytool.notes import Card
from studytool.scheduling import Act, CardState, Rating, Schedule, State
from studytool.selection import Selection
from studytool.stats.cards import KnownCard
from studytool.stats.document import GRAPHS, document
from studytool.stats.page import SECTIONS, chosen, page, scope
from studytool.stats.section import duration, percent
from studytool.stats.statistics import Statistics, Study, statistics
from studytool.store import Store
from studytool.wrapping import plain, row_width

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Statistics]:
    """The statistics of a learner's year."""
    store, _ = year_in(tmp_path_factory.mktemp("home"))
    yield statistics(study(store, Selection(ROOT)), SM2, DAY)
    store.close()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_page_at_many_widths(found: Statistics, width: int) -> None:
    """Compared with a snapshot that a person has looked at; UPDATE_SNAPSHOTS=1 writes it anew."""
    rows = page(found, "all decks", width)
    assert max(map(row_width, rows)) <= width
    text = plain(rows) + "\n"
    path = SNAPSHOTS / f"stats_{width}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_first_screenful_holds_the_essentials(found: Statistics, width: int) -> None:
    head = plain(page(found, "all decks", width)[:24])
    for word in ("all due", "again", "streak", "Due, next 30 days", "late", "Calendar"):
        assert word in head


def test_two_columns_say_the_same_as_one(found: Statistics) -> None:
    one, two = (plain(page(found, "all decks", width)) for width in (58, 120))
    assert sorted(one.split()) == sorted(two.split())
    assert len(two.splitlines()) < 0.7 * len(one.splitlines())


def test_roles_never_change_the_text(found: Statistics) -> None:
    rows = page(found, "all decks", 80)
    colored = paint(rows, True)
    assert "\x1b[" in colored
    while "\x1b[" in colored:
        before, _, rest = colored.partition("\x1b[")
        colored = before + rest.partition("m")[2]
    assert [line.rstrip() for line in colored.split("\n")] == plain(rows).split("\n")


@pytest.mark.parametrize("width", [24, 30, 38, 39])
def test_the_bars_of_the_buttons_are_whole_on_a_narrow_page(found: Statistics, width: int) -> None:
    text = plain(page(found, "all decks", width, ["buttons"]))
    assert "…" not in text
    assert "mature" in text.split("again")[0]


def test_some_sections_only(found: Statistics) -> None:
    text = plain(page(found, "all decks", 80, chosen(["EASE", "today", "ease"])))
    assert text.index("Today") < text.index("Ease factors")
    assert "Calendar" not in text
    wide = page(found, "all decks", 120, chosen(["calendar"]))
    assert max(map(row_width, wide)) == 120
    assert "░ ▒ " in plain(wide)


def test_a_wrong_name_is_told_with_the_right_one() -> None:
    with pytest.raises(UsageError) as caught:
        chosen(["retenton"])
    assert caught.value.help == "did you mean `retention`?"
    with pytest.raises(UsageError) as caught:
        chosen(["zzz"])
    assert "today, due, calendar" in caught.value.help
    assert chosen([]) == tuple(SECTIONS)


def test_scope_says_what_is_selected() -> None:
    assert scope(None, ()) == "all decks"
    assert scope("ML\x1b::GANs", ("gan",)) == "ML␛::GANs, tag gan"


def cards(*known: tuple[int | None, int], deck: str = "D", tags: tuple[str, ...] = ()) -> Study:
    """Return a study without answers, of cards with a due day and an interval."""
    return Study(
        (),
        (),
        tuple(
            KnownCard(
                Card(f"n{number}", "front"),
                deck,
                tags,
                False,
                CardState(State.NEW if due is None else State.REVIEW, Schedule(due, interval), "x"),
            )
            for number, (due, interval) in enumerate(known)
        ),
        lambda key: True,
    )


def test_an_empty_log_is_told_kindly_and_the_cards_are_there() -> None:
    text = plain(page(statistics(cards((None, 0), (None, 0)), SM2, DAY), "all decks", 80))
    assert "No card was answered yet" in text
    assert "no card has a date" in text
    assert "·  new        2  100.0 %" in text
    assert "Decks" in text
    assert "Calendar" not in text
    assert "Today" in plain(page(statistics(cards(), SM2, DAY), "all decks", 80, ["today"]))


def test_a_backlog_that_towers_over_all_is_cut_and_named() -> None:
    late = [(DAY - 3, 1)] * 1234
    soon = [(DAY + number % 5, 6) for number in range(20)]
    text = plain(page(statistics(cards(*late, *soon), SM2, DAY), "D", 80, ["due"]))
    assert "▲▲▲▲" in text
    assert "late 1,234   today 4   tomorrow 4   average 41.8 a day" in text
    assert "1,254 in all" in text


def test_names_of_decks_and_tags_are_safe_and_cut_at_their_start() -> None:
    study = cards((DAY, 1), deck="A::\x1b[31m::A very long name of a deck", tags=("\u202egan",))
    text = plain(page(statistics(study, SM2, DAY), "all decks", 40))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "long name of a deck " in text


def test_a_page_of_all_shows_the_tags_with_most_cards() -> None:
    study = cards((DAY, 1), tags=tuple(f"tag-{number}" for number in range(53)))
    found = statistics(study, SM2, DAY)
    text = plain(page(found, "all decks", 80))
    assert "and 33 more: studytool stats --graph tags" in text
    assert text.count("tag-") == 20
    assert plain(page(found, "all decks", 80, ["tags"])).count("tag-") == 53


WIDTHS = st.integers(1, 140)


@settings(max_examples=60)
@given(
    st.integers(0, 10**6),
    st.integers(0, 3),
    st.lists(st.tuples(st.none() | st.integers(-40, 400), st.integers(1, 36_500)), max_size=30),
    st.text(max_size=30),
    WIDTHS,
)
def test_no_row_is_ever_wider_than_the_width(
    seed: int, new: int, known: list[tuple[int | None, int]], deck: str, width: int
) -> None:
    learned = [Card(f"n{number}", "front") for number in range(6)]
    rows = [row for row in year(learned, DAY, seed, new, days=30) if row.act is not Act.UNDO]
    about = cards(*[(due and DAY + due, days) for due, days in known], deck=deck, tags=(deck,))
    found = statistics(Study(rows, (), about.cards, about.counted), SM2, DAY)
    assert max(map(row_width, page(found, scope(deck, ()), width))) <= width
    for name in SECTIONS:
        assert max(map(row_width, page(found, "all decks", width, [name]))) <= width


def test_one_answer_is_enough(store: Store) -> None:
    write(store, [review(1, Rating.AGAIN, duration_ms=4200)])
    found = statistics(study(store, Selection(ROOT)), SM2, DAY)
    text = plain(page(found, "all decks", 60))
    assert "1 answer in a year" in text
    assert "1 card in review" in text
    assert "median 1 day " in text
    assert "no reviews in 90 days" in text


def test_the_day_of_the_last_answer_goes_on_when_the_clock_is_a_day_behind(store: Store) -> None:
    from studytool.days import Moment

    assert today(store, Moment(0, DAY, 0)) == DAY
    write(store, [review(1, day=DAY)])
    assert today(store, Moment(0, DAY - 1, 0)) == DAY
    assert today(store, Moment(0, DAY - 2, 0)) == DAY - 2
    assert today(store, Moment(0, DAY + 2, 0)) == DAY + 2


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 s"),
        (59_400, "59 s"),
        (59_600, "1 min"),
        (3_599_999, "1 h 00"),
        (360_000_000, "100 h 00"),
    ],
)
def test_time_in_words(ms: int, words: str) -> None:
    assert duration(ms) == words


def test_shares_in_words() -> None:
    assert (percent(None), percent(0.9), percent(1.0, 0)) == ("–", "90.0 %", "100 %")


# -- JSON --------------------------------------------------------------------------------------


def test_json_has_all_that_is_documented(found: Statistics) -> None:
    made = json.loads(json.dumps(document(found, "D", ("a",), tuple(SECTIONS))))
    assert list(made) == ["schema_version", "date", "selection", "answers", *SECTIONS]
    assert made["schema_version"] == 1
    assert made["date"] == str(as_date(DAY))
    assert made["selection"] == {"deck": "D", "tags": ["a"]}
    documented = document.__globals__["__doc__"]
    assert all(f"\n    {name}" in documented or f", {name} " in documented for name in made)
    for key in keys_of(made):
        assert key in documented.replace("\n", " "), key
    assert list(GRAPHS) == list(SECTIONS)


def keys_of(made: object) -> set[str]:
    """Return the keys of an object and of all in it, but for dates."""
    if isinstance(made, list):
        return {key for item in made[:1] for key in keys_of(item)}
    if isinstance(made, dict):
        return {*made, *(key for item in made.values() for key in keys_of(item))}
    return set()


def test_json_has_the_numbers_of_the_statistics(found: Statistics) -> None:
    made = json.loads(json.dumps(document(found, None, (), tuple(SECTIONS))))
    assert made["today"] == {
        "cards": found.today.cards,
        "answers": found.today.answers,
        "new": found.today.new,
        "reviews": found.today.reviews,
        "drills": found.today.drills,
        "practice": found.today.practice,
        "again": found.today.again,
        "seconds": found.today.duration_ms / 1000,
    }
    assert made["due"]["days"][1] == {
        "date": str(as_date(DAY) + timedelta(days=1)),
        "cards": made["due"]["tomorrow"],
    }
    assert (
        made["due"]["overdue"] + sum(d["cards"] for d in made["due"]["days"])
        == (made["due"]["total"])
    )
    days = made["calendar"]["days"]
    assert [day["answers"] for day in days] == list(found.calendar.counts)
    assert days[-1]["date"] == made["date"]
    assert date.fromisoformat(days[0]["date"]) == as_date(DAY - 364)
    assert {day["level"] for day in days} == {0, 1, 2, 3, 4}
    assert made["calendar"]["best"]["answers"] == max(found.calendar.counts)
    assert sum(made["cards"].values()) == 2 * made["cards"]["total"]
    month = made["retention"]["periods"]["month"]["all"]
    assert month["share"] == month["passed"] / month["reviews"]
    assert (
        made["retention"]["curve"][-1]["reviews"]
        == (made["retention"]["periods"]["week"]["all"]["reviews"])
    )
    assert made["buttons"]["mature"]["good"] == found.buttons["mature"][2]  # type: ignore[index]
    assert [hour["hour"] for hour in made["hours"]] == list(range(24))
    assert (
        sum(value["cards"] for value in made["intervals"]["values"]) == (made["intervals"]["cards"])
    )
    assert made["ease"]["mean"] == pytest.approx(found.ease.mean / 100)  # type: ignore[operator]
    assert [deck["name"] for deck in made["decks"]] == [deck.name for deck in found.decks]
    assert made["tags"][0]["cards"] == found.tags[0].cards


def test_json_of_nothing_has_nulls() -> None:
    made = json.loads(json.dumps(document(statistics(cards(), SM2, DAY), None, (), ["calendar"])))
    assert made["calendar"]["best"] is made["calendar"]["average"] is None
    assert "today" not in made


def test_put_and_basic_are_as_the_figures_read_them(store: Store) -> None:
    put(store, [basic("t", tags=("a", "b::c"), suspended=True)], bank="z.yaml")
    known = {card.card.key: card for card in study(store, Selection(ROOT)).cards}
    assert known["t"].tags == ("a", "b::c")
    assert known["t"].suspended
    assert known["n0"].tags == ()
