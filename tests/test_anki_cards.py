"""How cards look in Anki, rendered by Anki itself, and how a newer look reaches it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_profile import FULL, Anki, notes, paths, run, sides, visible
from textual.color import Color

from studytool.anki.notetypes import NOTETYPES, TEMPLATES_CHANGED, template
from studytool.notes import Kind, guid
from studytool.tui.themes import DARK, LIGHT, contrast
from studytool.values import replace

NIGHT = ".card.nightMode, .nightMode .card, .card.night_mode, .night_mode .card"


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


# ------------------------------------------------------------------ the style sheet


def colors(selector: str) -> dict[str, str]:
    """Return the colours to which a rule of the style sheet gives names."""
    body = template("card.css").split(f"{selector} {{\n")[1].split("\n}")[0]
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", body))


@pytest.mark.parametrize(("selector", "theme"), [(".card", LIGHT), (NIGHT, DARK)])
def test_cards_have_the_colours_of_the_terminal(selector, theme):
    found = colors(selector)
    assert {
        name: found[name].upper() for name in ("ground", "ink", "accent", "right", "wrong")
    } == {
        "ground": theme.background,
        "ink": theme.foreground,
        "accent": theme.accent,
        "right": theme.success,
        "wrong": theme.error,
    }
    assert found["line"].upper() == theme.variables["card-rule"]


@pytest.mark.parametrize("selector", [".card", NIGHT])
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_every_colour_of_text_can_be_read(selector, ground):
    found = {name: Color.parse(value) for name, value in colors(selector).items()}
    for name in found.keys() - {"ground", "panel", "line"}:
        assert contrast(found[name], found[ground]) >= 4.5, name


def test_the_night_knows_every_colour_of_the_day():
    assert colors(NIGHT).keys() == colors(".card").keys()


# ------------------------------------------------------------------ what Anki makes of it


@pytest.mark.parametrize("kind", Kind)
def test_no_side_is_empty_or_left_unfilled(kind, anki, tmp_path):
    for question, answer in sides(anki, tmp_path, FULL[kind]):
        for side in (question, answer):
            shown = visible(side)
            assert shown
            assert not re.search(r"\{\{|\}\}", re.sub(r"(?s)<style>.*?</style>", "", side))
        assert '<a href="https://x.org">Title</a>' in answer
        assert "Title" not in question
        assert question.count("<details") <= 1


def test_anki_takes_nothing_in_the_style_sheet_for_a_file(anki, tmp_path):
    sides(anki, tmp_path, *FULL.values())
    for notetype in NOTETYPES.values():
        assert not anki.col.media.extract_static_media_files(notetype.id)


def test_without_scripts_the_options_keep_one_order_and_the_right_letter(anki, tmp_path):
    ((question, answer),) = sides(anki, tmp_path, FULL[Kind.CHOICE])
    asked, answered = (re.findall(r"<li.*?</li>", side) for side in (question, answer))
    assert asked == answered
    letter = "ABCD"[answered.index('<li class="right">r</li>')]
    assert f'<span class="right-letters">{letter}</span>' in answer


# ------------------------------------------------------------------ updates


def notetype_of(anki: Anki) -> dict:
    return anki.col.models.get(NOTETYPES[Kind.BASIC].id)


def test_a_newer_style_sheet_comes_with_an_update_and_keeps_the_schedule(anki, tmp_path):
    first = run(notes()[:1], tmp_path, tmp_path / "old")
    anki.take(*paths(first))
    old = notetype_of(anki)
    old["css"] = "/* of an older release */"
    anki.col.models.update_dict(old)
    anki.col.db.execute("update notetypes set mtime_secs = ?", TEMPLATES_CHANGED - 1)
    anki.col.models._clear_cache()
    card = anki.col.get_card(anki.ids()[0])
    card.start_timer()
    anki.col.sched.answerCard(card, 4)
    card.set_user_flag(3)
    anki.col.update_card(card)
    columns = "select ivl, factor, reps, flags from cards"
    before = anki.col.db.all(columns)
    edited = [replace(notes()[0], answer="new")]
    second = run(edited, tmp_path, tmp_path / "new", first.manifest)
    assert anki.take(*paths(second)) == (0, 1, 0, 0)
    assert notetype_of(anki)["css"] == template("card.css")
    assert anki.col.db.all(columns) == before
    anki.sound()


def test_a_style_sheet_that_the_user_edited_survives_an_update(anki, tmp_path):
    first = run(notes()[:1], tmp_path, tmp_path / "old")
    anki.take(*paths(first))
    theirs = notetype_of(anki)
    theirs["css"] += "\n.card { font-size: 30px; }"
    anki.col.models.update_dict(theirs)
    edited = [replace(notes()[0], answer="new")]
    second = run(edited, tmp_path, tmp_path / "new", first.manifest)
    assert anki.take(*paths(second)) == (0, 1, 0, 0)
    assert anki.note(guid("", notes()[0]))["Back"] == "new"
    assert notetype_of(anki)["css"] == theirs["css"]
