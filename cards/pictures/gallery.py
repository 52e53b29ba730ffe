"""The registry: every picture of every module in this folder."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from drawing import Picture


def pictures() -> list[Picture]:
    """Return all pictures, by name.

    Raises:
        ValueError: Two pictures have the same name.
    """
    found: dict[str, Picture] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem.startswith("__"):
            continue
        for picture in getattr(import_module(path.stem), "PICTURES", []):
            if picture.name in found:
                raise ValueError(f"two pictures are called {picture.name}")
            found[picture.name] = picture
    return [found[name] for name in sorted(found)]
