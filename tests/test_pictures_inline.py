"""Pictures in a card: how they are fitted and set, drawn and refused, and shown in a review."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from studytool.ansi import paint
from studytool.gallery import FOLDER, Gallery, Picture, Wanted
from studytool.markdown import parse
from studytool.picture_rows import (
    MOST_CELLS,
    block_rows,
    fitted,
    mark,
    marked,
    place_rows,
    sent,
    with_pictures,
)
from studytool.terminal_graphics import graphics
from studytool.typeset import set_blocks
from studytool.wrapping import Rows, Run, plain, row_width

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    '<rect width="100" height="100" fill="#ff0000"/>'
    '<rect x="100" width="100" height="100" fill="#0000ff"/></svg>'
)


def png(width: int, height: int) -> bytes:
    """Return the bytes of a grey PNG that says it has so many pixels, and holds one line."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    line = zlib.compress(b"\0" + b"\x80" * min(width, 1_000))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", line) + chunk(b"IEND", b"")


def shown(folder: Path, name: str, data: bytes, kind: str = "blocks") -> Picture:
    """Return what a gallery makes of a file."""
    (folder / "media").mkdir(exist_ok=True)
    (folder / "media" / name).write_bytes(data)
    wanted = Wanted(str(folder), f"media/{name}", 40, 8, "#000000")
    return Gallery(folder / "home", kind).made(wanted)


@given(st.integers(1, 9_000), st.integers(1, 9_000), st.integers(1, MOST_CELLS), st.integers(1, 60))
def test_a_picture_never_takes_more_than_its_room(w: int, h: int, columns: int, rows: int) -> None:
    wide, high = fitted(w, h, columns, rows)
    assert 1 <= wide <= columns
    assert 1 <= high <= rows
    assert wide == columns or high == rows or (wide, high) >= (columns - 1, rows - 1)


def test_half_blocks_have_two_pixels_a_cell() -> None:
    red, blue = b"\xff\0\0", b"\0\0\xff"
    rows = block_rows(3, red * 2 + blue + blue * 3)
    assert rows == ((Run("▀▀", "cell-ff0000-0000ff"), Run("▀", "cell-0000ff-0000ff")),)
    assert paint(rows, False) == "▀▀▀"
    assert paint(rows, True).startswith("\x1b[38;2;255;0;0;48;2;0;0;255m▀▀\x1b[0m")


def test_places_are_as_wide_as_their_picture_and_carry_its_number() -> None:
    rows = place_rows(0x123456, MOST_CELLS, 3)
    assert [row_width(row) for row in rows] == [MOST_CELLS] * 3
    assert {run.roles for row in rows for run in row} == {"place-123456"}
    cells = rows[2][0].text.split("\U0010eeee")[1:]
    assert len(set(cells)) == MOST_CELLS
    assert {cell[0] for cell in cells} == {"\u030e"}
    assert [cell[1] for cell in cells[:3]] == ["\u0305", "\u030d", "\u030e"]
    assert all(cell_len(cell) == 0 for cell in cells)


@pytest.mark.parametrize("size", [0, 1, 4096, 4097, 9000])
def test_a_picture_is_sent_in_pieces_that_ask_for_no_answer(size: int) -> None:
    pieces = list(sent(7, 4, 2, "A" * size))
    found = [re.fullmatch(r"\x1b_G([^;]*);(A*)\x1b\\", piece) for piece in pieces]
    assert "".join(piece[2] for piece in found if piece) == "A" * size
    assert all(piece and "q=2" in piece[1] and len(piece[2]) <= 4096 for piece in found)
    assert [("m=1" in piece) for piece in pieces] == [True] * (len(pieces) - 1) + [False] * (
        size > 0
    )


def test_pictures_stand_below_their_descriptions() -> None:
    rows = set_blocks(parse("See ![a long description of it](media/a b.png)\n\nafter"), 20)
    assert marked(rows[0]) == ()
    drawn: Rows = ((Run("##"),),)
    with_them = plain(with_pictures(rows, lambda path: drawn * (path == "media/a")))
    assert with_them == plain(rows)
    rows = set_blocks(parse("See ![a long description of it](<media/a b.png>)\n\nafter"), 20)
    seen: list[str] = []

    def find(path: str) -> Rows:
        seen.append(path)
        return drawn

    lines = plain(with_pictures(rows, find)).split("\n")
    assert lines == ["See [picture: a long", "description of it]", "##", "", "after"]
    assert seen == ["media/a%20b.png"]
    assert " " not in mark("media/a b\n.png")


@pytest.mark.parametrize(
    ("environment", "wanted", "kind"),
    [
        ({"TERM": "xterm-kitty"}, "auto", "kitty"),
        ({"TERM": "xterm-ghostty", "COLORTERM": "truecolor"}, "auto", "kitty"),
        ({"TERM": "xterm-256color"}, "auto", "blocks"),
        ({"TERM": "xterm-256color"}, "kitty", "kitty"),
        ({"TERM": "xterm-kitty"}, "blocks", "blocks"),
        ({"TERM": "xterm-kitty", "TMUX": "x"}, "kitty", "blocks"),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "auto", "blocks"),
        ({"TERM": "xterm"}, "auto", "off"),
        ({"TERM": "linux"}, "blocks", "off"),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, "auto", "off"),
        ({"TERM": "xterm-kitty"}, "off", "off"),
    ],
)
def test_the_environment_tells_how_pictures_are_shown(
    environment: dict[str, str], wanted: str, kind: str
) -> None:
    assert graphics(environment, wanted) == kind


def test_a_drawing_is_shown_and_kept(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    pytest.importorskip("resvg_py")
    found = shown(tmp_path, "a.svg", DRAWING.encode())
    assert [row_width(row) for row in found.rows] == [32] * 8
    assert found.rows[4][0].roles == "cell-ff0000-ff0000"
    assert found.rows[4][-1].roles == "cell-0000ff-0000ff"
    kept = list((tmp_path / "home" / FOLDER).iterdir())
    assert len(kept) == 1
    kept[0].write_bytes(b"1 1\n" + b"\xff\xff\xff" * 2)
    assert plain(shown(tmp_path, "a.svg", DRAWING.encode()).rows) == "▀"
    kept[0].write_bytes(b"9 9\ncut")
    assert "not kept whole" in plain(shown(tmp_path, "a.svg", DRAWING.encode()).rows)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_every_kind_of_picture_is_shown(tmp_path: Path, kind: str) -> None:
    image = pytest.importorskip("PIL.Image")
    image.new("RGB", (400, 100), "#20c040").save(tmp_path / "x", kind)
    found = shown(tmp_path, "a.png", (tmp_path / "x").read_bytes())
    assert [row_width(row) for row in found.rows] == [40] * 5
    drawn = shown(tmp_path, "a.png", (tmp_path / "x").read_bytes(), "kitty")
    assert [row_width(row) for row in drawn.rows] == [40] * 5
    data = "".join(re.findall(r";([^\x1b]*)\x1b", drawn.commands))
    assert base64.b64decode(data).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("huge.png", png(20_000, 20_000), "its 20000 × 20000 pixels are too many"),
        ("cut.png", png(900, 900)[:50], "it is broken"),
        ("text.png", b"no picture", "it is broken, or no PNG"),
        ("none.png", b"", "it is broken, or no PNG"),
        ("bare.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "how large it is"),
        ("long.svg", b"<svg viewBox='0 0 1 999999'></svg>", "too long for its width"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_picture_that_cannot_be_drawn_says_why(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    pytest.importorskip("PIL")
    rows = shown(tmp_path, name, data).rows
    assert reason in plain(rows).replace("\n", " ")
    assert {run.roles for row in rows for run in row} == {"muted"}


def test_a_drawing_that_is_no_xml_says_so(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    pytest.importorskip("resvg_py")
    assert "no right SVG" in plain(shown(tmp_path, "a.svg", b"<svg viewBox='0 0 9 9'><g").rows)


def test_only_pictures_beside_the_bank_are_read(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    gallery = Gallery(tmp_path, "blocks")
    for path in ("../x.png", "/etc/hostname", "media/none.png", "http://x/y.png", "media/\0"):
        rows = gallery.made(Wanted(str(tmp_path), path, 40, 8, "#000000")).rows
        assert plain(rows).startswith("not shown here: it ")
