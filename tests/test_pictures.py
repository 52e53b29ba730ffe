"""The pictures of the banks: as their source makes them, legible, described, harmless."""

from __future__ import annotations

import importlib
import itertools
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "cards" / "pictures"
MEDIA = ROOT / "cards" / "media"
SVG = "{http://www.w3.org/2000/svg}"
BY_HAND = {"fedavg-round", "videopose3d-dilation"}
DRAWINGS = ("g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon")
WORDS = ("title", "desc", "text", "tspan")
# At 360 pixels less the margins of a card, 640 units are about 344 pixels.
LEAST = 20

sys.path.insert(0, str(SOURCE))
drawing = importlib.import_module("drawing")
lettering = importlib.import_module("lettering")
PICTURES = {picture.name: picture for picture in importlib.import_module("gallery").pictures()}
FILES = sorted(path.stem for path in MEDIA.glob("*.svg"))


def tree(name: str) -> ElementTree.Element:
    return ElementTree.fromstring((MEDIA / f"{name}.svg").read_bytes())


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-X", "utf8", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


def copy_of_source(folder: Path) -> Path:
    (folder / "media").mkdir()
    ignore = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(SOURCE, folder / "pictures", ignore=ignore)


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_committed_file_is_what_the_source_makes(name: str) -> None:
    assert (MEDIA / f"{name}.svg").read_bytes() == PICTURES[name].svg.encode()


def test_every_file_has_a_source() -> None:
    assert set(FILES) == set(PICTURES) | BY_HAND


def test_command_writes_the_same_files_into_the_media_beside_it(tmp_path: Path) -> None:
    done = run(copy_of_source(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = {path.stem: path.read_bytes() for path in (tmp_path / "media").iterdir()}
    assert written == {name: picture.svg.encode() for name, picture in PICTURES.items()}


def test_command_prints_the_descriptions() -> None:
    lines = run(SOURCE, "--describe").stdout.splitlines()
    assert lines == [f"{name}\t{PICTURES[name].description}" for name in sorted(PICTURES)]


def test_command_explains_itself_when_asked_for_something_else() -> None:
    done = run(SOURCE, "--paint")
    assert done.returncode == 2
    assert done.stderr == "usage: python cards/pictures [--describe]\n"
    helped = run(SOURCE, "--help")
    assert (helped.returncode, helped.stdout) == (0, done.stderr)


def test_two_pictures_of_one_name_are_refused(tmp_path: Path) -> None:
    folder = copy_of_source(tmp_path)
    shutil.copy(folder / "gan_loop.py", folder / "twin.py")
    assert "two pictures are called gan-loop" in run(folder).stderr


@pytest.mark.parametrize("name", FILES)
def test_title_and_description_are_there_and_referred_to(name: str) -> None:
    root = tree(name)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_description_is_two_to_five_sentences_without_markup(name: str) -> None:
    description = PICTURES[name].description
    assert 2 <= len(re.findall(r"[.!?](?= [A-Z]|$)", description)) <= 5
    assert not re.search(r"[\[\]\\*`$<>\n\t]", description)
    found = tree(name).find(f"{SVG}desc")
    assert found is not None
    assert found.text == description


@pytest.mark.parametrize("name", FILES)
def test_picture_holds_nothing_that_acts_or_loads(name: str) -> None:
    text = (MEDIA / f"{name}.svg").read_text(encoding="utf-8")
    assert "<!" not in re.sub(r"<!--.*?-->", "", text)
    assert "<?" not in text
    assert "&#" not in text
    allowed = {f"{SVG}{tag}" for tag in ("svg", *DRAWINGS, *WORDS)}
    for element in tree(name).iter():
        assert element.tag in allowed
        for key, value in element.attrib.items():
            assert not key.startswith("on")
            assert "href" not in key
            assert "url(" not in value
            assert ":" not in value


@pytest.mark.parametrize("name", FILES)
def test_letters_are_legible_on_a_narrow_phone(name: str) -> None:
    root = tree(name)
    assert (root.get("viewBox") or "").startswith("0 0 640 ")
    sizes = [element.get("font-size") for element in root.iter()]
    assert all(float(size) >= LEAST for size in sizes if size)
    assert root.get("font-size")


@pytest.mark.parametrize("name", FILES)
def test_panel_of_its_own_covers_the_picture(name: str) -> None:
    root = tree(name)
    panel = root.find(f"{SVG}rect")
    width, height = (root.get("viewBox") or "").split()[2:]
    assert panel is not None
    assert float(panel.get("width", 0)) >= float(width) - 2
    assert float(panel.get("height", 0)) >= float(height) - 2
    assert panel.get("fill") == drawing.PANEL


def texts(root: ElementTree.Element) -> list[tuple[str, drawing.Box]]:
    found = []
    for text in root.iter(f"{SVG}text"):
        words = "".join(text.itertext())
        size = int(text.get("font-size", drawing.SIZE))
        wide = lettering.width(words, size, bold=text.get("font-weight") == "bold")
        share = {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        left, base = float(text.get("x", 0)) - wide * share, float(text.get("y", 0))
        found.append((words, drawing.Box(left, base - 0.76 * size, wide, size)))
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_text_stays_in_the_rectangle_it_lies_on(name: str) -> None:
    root = tree(name)
    boxes = [
        drawing.Box(*(float(rect.get(key, 0)) for key in ("x", "y", "width", "height")))
        for rect in root.iter(f"{SVG}rect")
    ]
    for words, text in texts(root):
        middle = drawing.Box(text.x + text.w / 2, text.y + text.h / 2, 1, 1)
        inner = [box for box in boxes if box.meets(middle)][-1]
        assert inner.x < text.x, words
        assert text.x + text.w < inner.x + inner.w, words
        assert inner.y < text.y, words
        assert text.y + text.h < inner.y + inner.h, words


@pytest.mark.parametrize("name", FILES)
def test_no_two_texts_overlap(name: str) -> None:
    for (words, text), (others, other) in itertools.combinations(texts(tree(name)), 2):
        assert not text.meets(other), (words, others)


def too_wide(canvas: drawing.Canvas) -> None:
    canvas.box(20, 20, 80, 60, "a long line")


def too_high(canvas: drawing.Canvas) -> None:
    canvas.box(20, 20, 200, 60, "one", "two", "three")


def on_a_box(canvas: drawing.Canvas) -> None:
    canvas.box(20, 20, 200, 60)
    canvas.label(200, 70, "words")


def on_a_text(canvas: drawing.Canvas) -> None:
    canvas.label(200, 70, "words")
    canvas.label(220, 80, "others")


def on_an_arrow(canvas: drawing.Canvas) -> None:
    canvas.label(200, 70, "words")
    canvas.arrow((20, 40), (400, 100))


def off_the_panel(canvas: drawing.Canvas) -> None:
    canvas.label(620, 70, "words")


def below_the_panel(canvas: drawing.Canvas) -> None:
    canvas.label(200, 195, "words")


@pytest.mark.parametrize(
    "mistake",
    [too_wide, too_high, on_a_box, on_a_text, on_an_arrow, off_the_panel, below_the_panel],
)
def test_text_that_does_not_fit_is_an_error(mistake: Callable[[drawing.Canvas], None]) -> None:
    canvas = drawing.Canvas(200)
    with pytest.raises(drawing.DoesNotFit):
        mistake(canvas)
        canvas.finish("name", "Title", "Description.")


def test_text_that_fits_is_drawn() -> None:
    canvas = drawing.Canvas(200)
    canvas.box(20, 20, 200, 90, "*x^s & y_{12}", "two")
    canvas.arrow((240, 20), (240, 150), (400, 150))
    canvas.label(320, 80, "words")
    root = ElementTree.fromstring(canvas.finish("name", "Title", "Description.").svg)
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts == ["xs & y12", "two", "words"]


def test_scripts_return_to_the_line() -> None:
    for text in ("x^s", "D_Y: F(y)", "a_1^2b", "L_{KL} of x^a"):
        moves = re.findall(r'dy="(-?\d+)"', lettering.spans(text))
        ends_raised = text.endswith("^s") or text.endswith("^a")
        assert sum(map(int, moves)) == (-9 if ends_raised else 0), text
