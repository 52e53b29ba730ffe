"""Accents and strokes on a single letter or sign."""

import unicodedata

from studytool.texmath.runs import Run, Runs, named, plain
from studytool.texmath.spacing import Item


def accented(name: str, mark: str, runs: Runs) -> Item:
    """Put an accent on one letter; over anything longer its name stands like a function's."""
    text = unicodedata.normalize("NFD", plain(runs))
    letters = [char for char in text if not unicodedata.combining(char)]
    if mark and len(letters) == 1 and letters[0].isalnum() and len(runs) == 1:
        return Item((Run(unicodedata.normalize("NFC", text + mark), runs[0].role),), "ord")
    if not text.strip() and name == "tilde":
        # Over nothing it stands for the sign that is so hard to type.
        return Item((Run("∼", "operator"),), "rel")
    return Item(named(name, runs), "ord")


def struck(item: Item) -> Item:
    """Strike out a single sign."""
    text = unicodedata.normalize("NFC", item.text + "\u0338")
    return Item((Run(text, item.runs[0].role),), item.kind)
