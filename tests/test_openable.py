"""What a card offers to open, and how it is opened."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Event

import pytest
from mirror_rows import Clock, cloze, put
from payloads import PAYLOADS, as_written, marked
from terminal_stream import controls

from studytool.errors import StudytoolError
from studytool.notes import Kind, Note, Source
from studytool.openable import Offer, offer
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.viewer import launch, viewer

LINK = "https://example.org/a?b=1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library's folder with some pictures."""
    (tmp_path / "media").mkdir()
    for name in "abcd":
        (tmp_path / "media" / f"{name}.png").write_bytes(b"x")
    return tmp_path


def offered(
    note: Note, store: Store, folder: Path, clock: Clock, revealed: bool = True, hint: bool = False
) -> Offer:
    put(store, [note], root="/o")
    session = Session(store, Selection("/o"), Sm2(), clock, Limits())
    assert session.current is not None
    return offer(session.current, folder, revealed, hint)


def names(found: Offer) -> list[str]:
    return [thing.name for thing in found.things]


def basic(question: str, answer: str = "A", **values: object) -> Note:
    return Note("x", Kind.BASIC, "D", question, answer, **values)  # type: ignore[arg-type]


def test_only_what_is_seen_is_offered(store: Store, folder: Path, clock: Clock) -> None:
    note = basic(
        "![A](media/a.png)",
        "> - ![B](media/b.png)",
        hint="![C](media/c.png)",
        extra="|![D](media/d.png)|\n|-|\n",
        source=Source(title="T", url=LINK),
    )
    question = offered(note, store, folder, clock, revealed=False)
    assert names(question) == ["media/a.png"]
    assert question.things[0].target == str(folder / "media/a.png")
    with_hint = offered(note, store, folder, clock, revealed=False, hint=True)
    assert names(with_hint) == ["media/a.png", "media/c.png"]
    answer = offered(note, store, folder, clock)
    assert names(answer) == ["media/a.png", "media/b.png", "media/d.png", LINK]
    assert [thing.words for thing in answer.things][-2:] == ["picture  D", f"source  {LINK}"]


def test_the_source_is_offered_with_a_question_that_has_no_picture(
    store: Store, folder: Path, clock: Clock
) -> None:
    note = basic("Q", "![B](media/b.png)", source=Source(url=LINK))
    assert names(offered(note, store, folder, clock, revealed=False)) == [LINK]
    assert names(offered(basic("Q", source=Source(title=LINK)), store, folder, clock)) == [LINK]


def test_a_sound_is_offered_like_a_picture(store: Store, folder: Path, clock: Clock) -> None:
    (folder / "media" / "s.mp3").write_bytes(b"x")
    note = basic(
        "[say](media/s.mp3)", "[gone](<media/gone.mp3>) [x](media/../a.png) ![A](media/a.png)"
    )
    question = offered(note, store, folder, clock, revealed=False)
    assert [(thing.target, thing.words) for thing in question.things] == [
        (str(folder / "media/s.mp3"), "file  say")
    ]
    answer = offered(note, store, folder, clock)
    assert names(answer) == ["media/s.mp3", "media/a.png"]
    assert len(answer.refused) == 2


def test_a_picture_in_a_hole_comes_with_the_answer(
    store: Store, folder: Path, clock: Clock
) -> None:
    note = cloze("c", "{{c1::![A](media/a.png)}} ![B](media/b.png)")
    assert names(offered(note, store, folder, clock, revealed=False)) == ["media/b.png"]
    assert names(offered(note, store, folder, clock)) == ["media/a.png", "media/b.png"]


def test_steps_options_and_reverse_offer_what_they_show(
    store: Store, folder: Path, clock: Clock
) -> None:
    pictures = [f"![{name}](media/{name}.png)" for name in "abc"]
    steps = Note("s", Kind.STEPS, "D", "Q", steps=tuple(pictures))
    assert names(offered(steps, store, folder, clock, revealed=False)) == []
    assert names(offered(steps, store, folder, clock)) == ["media/a.png"]


def test_options_are_not_told_apart_by_their_order(
    store: Store, folder: Path, clock: Clock
) -> None:
    first = set()
    for number in range(8):
        note = Note(
            f"x{number}",
            Kind.CHOICE,
            "D",
            "Q",
            right=("![a](media/a.png)",),
            wrong=("![b](media/b.png)", "![c](media/c.png)"),
        )
        put(store, [note], root=f"/{number}")
        session = Session(store, Selection(f"/{number}"), Sm2(), clock, Limits())
        assert session.current is not None
        found = names(offer(session.current, folder, False, False))
        assert sorted(found) == ["media/a.png", "media/b.png", "media/c.png"]
        first.add(found[0])
    assert len(first) > 1


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "javascript:alert(1)", "ftp://x.example/", "//x.example", "-x"),
        *("http://", "https:///x", "http://a b", "http://x/\u202ea", "https://x.example/\n-y"),
        *(f"http://x.example/{payload}" for payload in PAYLOADS if payload == as_written(payload)),
    ],
)
def test_only_plain_web_addresses_are_opened(
    url: str, store: Store, folder: Path, clock: Clock
) -> None:
    found = offered(basic("Q", source=Source(url=url)), store, folder, clock)
    assert found.things == ()
    (complaint,) = found.refused
    assert "is no http or https address" in complaint
    assert controls(complaint.encode()) == set()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("media/none.png", "is not there"),
        ("../secret.png", "is not in"),
        ("https://x.example/a.png", "is on the net"),
        ("media/link.png", "is a link"),
    ],
)
def test_pictures_outside_of_media_are_not_opened(
    path: str, why: str, store: Store, folder: Path, clock: Clock
) -> None:
    (folder / "media" / "link.png").symlink_to("/etc/passwd")
    found = offered(basic(f"![x]({path})"), store, folder, clock)
    assert found.things == ()
    assert why in found.refused[0]


def test_the_program_is_that_of_the_system() -> None:
    assert viewer("linux", lambda name: f"/bin/{name}") == "/bin/xdg-open"
    assert viewer("darwin", lambda name: f"/bin/{name}") == "/bin/open"
    with pytest.raises(StudytoolError, match="there is no xdg-open"):
        viewer("linux", lambda name: None)


def script(path: Path, text: str) -> str:
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return str(path)


def test_a_viewer_has_no_terminal_and_nobody_waits_for_it(tmp_path: Path) -> None:
    done = tmp_path / "done"
    program = script(
        tmp_path / "view",
        f"test -t 0 || test -t 1 || echo loud; cat; ps -o sid= -p $$ > '{done}.tmp'\n"
        f"printf '%s' \"$1\" > '{tmp_path}/target'; mv '{done}.tmp' '{done}'; sleep 2\n",
    )
    begun = time.monotonic()
    launch(program, "a b; $(touch x)", lambda code: None)
    assert time.monotonic() - begun < 2
    while not done.exists():
        time.sleep(0.02)
    assert int(done.read_text()) != os.getsid(0)
    assert (tmp_path / "target").read_text() == "a b; $(touch x)"


def test_a_viewer_that_fails_is_told(tmp_path: Path) -> None:
    failed, codes = Event(), []

    def tell(code: int) -> None:
        codes.append(code)
        failed.set()

    launch(script(tmp_path / "view", "exit 3\n"), "x", tell)
    assert failed.wait(30)
    assert codes == [3]
    with pytest.raises(StudytoolError, match="cannot be started"):
        launch(str(tmp_path / "none"), "x", tell)
    with pytest.raises(StudytoolError, match="cannot be started"):
        launch(program=str(tmp_path / "view"), target="a\0b", failed=tell)


def test_no_payload_acts_from_the_words(store: Store, folder: Path, clock: Clock) -> None:
    text = as_written(marked(*PAYLOADS)).replace("]", "")
    for description in text.split("\n"):
        note = basic(f"![{description}](media/a.png) ![x](<media/{description}>)")
        found = offered(note, store, folder, clock)
        for words in (*(thing.words for thing in found.things), *found.refused):
            assert controls(words.encode()) == set()
