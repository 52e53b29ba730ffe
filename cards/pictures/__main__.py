"""Write the pictures into `cards/media`, or print their descriptions."""

from __future__ import annotations

import sys
from pathlib import Path

from gallery import pictures

USAGE = "usage: python cards/pictures [--describe]"
MEDIA = Path(__file__).resolve().parents[1] / "media"


def main(arguments: list[str]) -> int:
    """Write the pictures, or do what the arguments ask for; return the exit code."""
    if arguments == ["--describe"]:
        for picture in pictures():
            print(f"{picture.name}\t{picture.description}")
        return 0
    if arguments:
        asked = arguments in (["--help"], ["-h"])
        print(USAGE, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    for picture in pictures():
        (MEDIA / f"{picture.name}.svg").write_bytes(picture.svg.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
