"""Draws one picture to a size, as a program of its own: what it eats or breaks is lost with it."""

from __future__ import annotations

import base64
import io
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.picture_rows import fitted

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 20_000_000
"""The largest file that is drawn."""
MAX_PIXELS = 50_000_000
"""The most pixels that a picture may have."""
MAX_MEMORY = 1_500_000_000
"""Bytes of memory that the drawing may take, where the system can limit them."""
SECONDS = 8
"""The longest that it may take."""
MAX_RATIO = 40
"""A drawing longer than this many times its other side is not drawn."""
SHARP = (16, 32)
"""Pixels of a cell where the terminal draws pictures itself."""
REFUSED = 3
"""Exit code: what was printed is a reason."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_ROOT = re.compile(rb"<svg\b[^>]{0,20000}>", re.IGNORECASE)
_BOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*([^"']{1,200})["']""")
_SIDE = rb"""\s%s\s*=\s*["']\s*([0-9.]{1,12})(?:px)?\s*["']"""


class PictureError(Exception):
    """A picture that is not drawn, with the reason."""


def drawn(data: bytes, columns: int, rows: int, kind: str, ground: str) -> tuple[int, int, bytes]:
    """Return the columns and rows that a picture takes, and what is shown there.

    Args:
        data: The content of the file.
        columns: The most columns it may take.
        rows: The most rows.
        kind: `blocks` gives red, green and blue of the pixels, two lines a row; `kitty` a PNG.
        ground: The colour behind what is transparent, as `#rrggbb`.

    Raises:
        PictureError: If it is broken, too large or of a kind that cannot be drawn.
    """
    from PIL import Image

    cell = SHARP if kind == "kitty" else (1, 2)
    if root := _ROOT.search(data[:100_000]):
        width, height = _svg_size(root.group())
        columns, rows = fitted(width, height, columns, rows)
        picture = _svg(data, columns * cell[0] * (1 if kind == "kitty" else 8))
    else:
        picture = _opened(data)
        columns, rows = fitted(*picture.size, columns, rows)
    size = (columns * cell[0], rows * cell[1])
    picture.draft("RGB", size)
    picture = picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    if kind == "kitty":
        written = io.BytesIO()
        picture.save(written, "PNG")
        return columns, rows, base64.b64encode(written.getvalue())
    behind = Image.new("RGBA", size, ground)
    behind.alpha_composite(picture)
    return columns, rows, behind.convert("RGB").tobytes()


def _opened(data: bytes) -> Image:
    """Return a picture of pixels, nothing but its head read yet."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise PictureError("it is broken, or no PNG, JPEG, GIF, WebP or SVG") from None
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise PictureError(f"its {width} × {height} pixels are too many")
    if not width * height:
        raise PictureError("it has no pixels")
    return ImageOps.exif_transpose(picture) if picture.getexif().get(0x0112, 1) > 1 else picture


def _svg_size(root: bytes) -> tuple[float, float]:
    """Return the sides of a drawing, in its own units."""
    sides: list[float] = []
    with suppress(ValueError):
        if box := _BOX.search(root):
            sides = [float(side) for side in box[1].replace(b",", b" ").split()[2:]]
        else:
            found = [re.search(_SIDE % name, root) for name in (b"width", b"height")]
            sides = [float(side[1]) for side in found if side]
    if len(sides) != 2 or not all(0 < side < 1e6 for side in sides):
        raise PictureError("it does not say how large it is")
    if max(sides) > MAX_RATIO * min(sides):
        raise PictureError("it is too long for its width")
    return sides[0], sides[1]


def _svg(data: bytes, width: int) -> Image:
    """Return a drawing, so many pixels wide."""
    from PIL import Image

    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise PictureError("nothing here draws SVG; install studytool[images]") from None
    try:
        return Image.open(io.BytesIO(svg_to_bytes(svg_string=data.decode(), width=width)))
    except (ValueError, RuntimeError):
        raise PictureError("it is no right SVG") from None


def _limit() -> None:
    """Take no more memory and time than a picture is worth."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main(path: str, columns: str, rows: str, kind: str, ground: str) -> int:
    """Print what is shown of a picture behind its size, or why it is not; return the exit code."""
    _limit()
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise PictureError(f"the file has more than {MAX_BYTES // 1_000_000} MB")
        wide, high, shown = drawn(data, int(columns), int(rows), kind, ground)
    except PictureError as error:
        reason = str(error)
    except MemoryError:
        reason = "it needs too much memory"
    except (OSError, SyntaxError, ValueError, EOFError):  # what Pillow raises on broken files
        reason = "it is broken"
    else:
        sys.stdout.buffer.write(b"%d %d\n" % (wide, high) + shown)
        return 0
    sys.stdout.buffer.write(reason.encode())
    return REFUSED


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
