"""Words meant to break a card, and random ones: the real Anki shows them as words."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki_payloads import HOSTILE
from anki_profile import SVG, Anki, paths, run, visible
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.anki.notetypes import template
from studytool.markup import hole_numbers
from studytool.notes import Kind, Note, Source, guid
from studytool.parsed_notes import parse_note


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "x.svg").write_bytes(SVG)
    return folder


OURS = [
    script
    for name in ("choice.front.html", "choice.back.html", "steps.back.html")
    for script in re.findall(r"<script>.*?</script>", template(name), re.DOTALL)
]
"""The scripts of our own templates."""


def literal(words: str) -> str:
    """Return Markdown that shows exactly these words."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)


def of_kind(kind: Kind, number: int, words: str, literal: Callable[[str], str] = literal) -> Note:
    """Return a note that shows the words in every text that it has."""
    asked = literal(words)
    if kind is Kind.CLOZE:
        asked = f"say {asked} {{{{c1::hide {asked} x::h}}}} {{{{c2::{asked}}}}}"
    return Note(
        f"{kind}-{number}",
        kind,
        "D",
        asked,
        answer=literal(words) if kind is Kind.BASIC else "",
        reverse=literal(words) if kind is Kind.BASIC else "",
        accept=(words,) if kind is Kind.BASIC else (),
        right=(literal(words),) if kind is Kind.CHOICE else (),
        wrong=("w",) if kind is Kind.CHOICE else (),
        steps=(literal(words), "last") if kind is Kind.STEPS else (),
        extra=literal(words),
        hint=literal(words),
        source=Source(title=words, url="https://x.org/" + words),
    )


@pytest.mark.parametrize("kind", Kind)
def test_hostile_words_stay_words(kind, anki, bank, tmp_path):
    found = [of_kind(kind, number, words) for number, words in enumerate(HOSTILE)]
    anki.take(*paths(run(found, bank, tmp_path)))
    anki.sound()
    assert len(anki.ids()) == sum(len(note.parts()) for note in found)
    allowed = re.compile(r"</?(?:style|div|details|summary|span|ol|li|a|hr|br|p)(?: [^<>]*)?>")
    for words, note in zip(HOSTILE, found, strict=True):
        shown = " ".join(words.replace("e\u0301", "é").split())
        for card in anki.note(guid("", note)).cards():
            asked, answered = card.question(), card.answer()
            assert shown in visible(asked)
            assert visible(answered).count(shown) >= 3
            for side in (asked, answered):
                side = re.sub(r"<style>.*?</style>", "", side, flags=re.DOTALL)
                for script in OURS:
                    side = side.replace(script, "")
                assert "<" not in allowed.sub("", side)
                assert not re.search(r"\\[()\[\]]|\[(?:sound|anki|latex|\$)", side)
            assert not card.question_av_tags() + card.answer_av_tags()


@pytest.mark.parametrize("words", ["a\x1fb", "a\x00b", "a\x08b", "a\ud800b", "a\ufffeb", "a\rb"])
def test_signs_that_no_text_may_hold_do_not_break_the_import(words, anki, bank, tmp_path):
    found = [
        Note("b", Kind.BASIC, "D", words, words, accept=(words,), tags=("t",)),
        Note("c", Kind.CLOZE, "D", f"{{{{c1::{words}::{words}}}}} `{words}` ${words}$"),
        Note("s", Kind.STEPS, "D", words, steps=(words,), source=Source(quote=words)),
    ]
    assert anki.take(*paths(run(found, bank, tmp_path))) == (3, 0, 0, 0)
    anki.sound()


def test_a_text_that_shows_nothing_still_makes_a_card(anki, bank, tmp_path):
    found = [
        Note("a", Kind.BASIC, "D", "[](https://x.org)", "a", reverse="---"),
        Note("b", Kind.CLOZE, "D", "{{c1::}}"),
        Note("c", Kind.BASIC, "D", "", "a"),
    ]
    anki.take(*paths(run(found, bank, tmp_path)))
    anki.sound()
    assert len(anki.ids()) == 4


SIGNS = [*"ab1 (){}[]$`*_<>&:|#-!~'é漢", "\n", "\\", "\x1f", "{{c1::", "{{c2::", "}}", "::", "$$"]
plain = st.lists(st.sampled_from(SIGNS), max_size=20).map("".join)


@st.composite
def any_note(draw) -> tuple[Note, str]:
    """Return a note of random words, and a word that must show."""
    kind = draw(st.sampled_from(list(Kind)))
    word = draw(st.sampled_from(["zebra", "Straße", "漢字"]))
    question = f"{word}\n\n{draw(plain)}"
    if kind is Kind.CLOZE:
        question = f"{word} {{{{c1::x}}}}\n\n{draw(plain)}"
    return Note(
        f"id-{draw(st.integers(0, 10**12))}",
        kind,
        "D",
        question,
        answer=draw(plain) if kind is Kind.BASIC else "",
        reverse=draw(st.sampled_from(["", "rev"])) if kind is Kind.BASIC else "",
        accept=(draw(plain),) if kind is Kind.BASIC else (),
        right=(f"r{draw(plain)}",) if kind is Kind.CHOICE else (),
        wrong=(draw(plain), draw(plain)) if kind is Kind.CHOICE else (),
        steps=(f"s{draw(plain)}", "t") if kind is Kind.STEPS else (),
        extra=draw(plain),
        hint=draw(plain),
    ), word


@settings(max_examples=40)
@given(st.lists(any_note(), min_size=1, max_size=6, unique_by=lambda each: each[0].id))
def test_any_words_arrive_as_the_cards_they_are_here(found):
    with tempfile.TemporaryDirectory() as folder:
        anki = Anki(Path(folder))
        try:
            exported = [note for note, _ in found]
            anki.take(*paths(run(exported, Path(folder), Path(folder) / "out")))
            anki.sound()
            for note, word in found:
                cards = anki.note(guid("", note)).cards()
                if note.kind is Kind.CLOZE:  # a hole that Markdown cuts in two does not show
                    shown = hole_numbers(parse_note(note).question)
                    assert [card.ord + 1 for card in cards] == sorted(shown)
                else:
                    assert len(cards) == len(note.parts())
                assert word in visible(cards[0].question())
        finally:
            anki.col.close()


TAGS = re.compile(
    r"</?(?:p|em|strong|s|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|hr|br|h[1-6]"
    r"|div|details|summary|span|sup|style)"
    r"(?: (?:class|start|style|dir|data-[a-z-]+)=\"[^\"<>]*\"| open)*>"
    r"|<a href=\"(?:https?://|mailto:)[^\"<>]*\">|</a>"
)


@pytest.mark.parametrize("kind", Kind)
def test_hostile_words_in_markdown_do_nothing_either(kind, anki, bank, tmp_path):
    found = [of_kind(kind, number, f"x {words}", str) for number, words in enumerate(HOSTILE)]
    anki.take(*paths(run(found, bank, tmp_path)))
    anki.sound()
    for note in found:
        arrived = anki.note(guid("", note))
        for card in arrived.cards():
            assert not card.question_av_tags() + card.answer_av_tags()
        for field in arrived.fields:
            assert "<" not in TAGS.sub("", field), (note.question, TAGS.sub("", field))
            assert not re.search(r"\[(?:sound|anki|latex|\$)", field)
            for formula in re.findall(r"\\\(.*?\\\)|\\\[.*?\\\]", field, flags=re.DOTALL):
                assert r"\href" not in formula
